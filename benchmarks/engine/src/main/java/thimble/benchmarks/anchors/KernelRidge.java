package thimble.benchmarks.anchors;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import thimble.backend.Backend;
import thimble.benchmarks.TunedLearner;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.method.Spec;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * Kernel ridge regression with the Gaussian kernel exp(−γ ‖x − y‖²) or the Laplace kernel exp(−γ ‖x − y‖), on examples of length 1 (tables:
 * standardised, divided by √features). The system is solved exactly, which takes n³ / 3 multiplications and 4 n² bytes for n examples.
 *
 * <p>Craig Saunders, Alexander Gammerman, Volodya Vovk, "Ridge Regression Learning Algorithm in Dual Variables", ICML 1998, equation 5.
 * Deviation: classes are regressed as rows of 0 and 1 round their mean; λ is in units of the mean diagonal of the kernel matrix.
 *
 * @param kernel which kernel
 * @param gamma γ &gt; 0
 * @param lambda strength λ ≥ 0 of the penalty
 */
public record KernelRidge(Shape kernel, double gamma, double lambda) implements TunedLearner {
    /** Kernels by name. */
    public enum Shape {
        /** The Gaussian kernel exp(−γ ‖x − y‖²). */
        RBF,
        /** The Laplace kernel exp(−γ ‖x − y‖). */
        LAPLACE
    }

    /** Gaussian, γ = 2, λ = 1e-3. */
    public KernelRidge() {
        this(Shape.RBF, 2, 1e-3);
    }

    /** Checks the ranges. */
    public KernelRidge {
        Checks.positive("kernel-ridge", "gamma", gamma);
        Checks.atLeastZero("kernel-ridge", "lambda", lambda);
    }

    @Override
    public String name() {
        return "kernel-ridge";
    }

    @Override
    public String summary() {
        return "ridge regression with a Gaussian or Laplace kernel; strong on a few hundred examples";
    }

    @Override
    public String source() {
        return "Saunders, Gammerman, Vovk: ICML 1998";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of("lambda", new Spec.Setting.Range(1e-5, 1e-1), "gamma", new Spec.Setting.Range(1e-3, 20));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> KernelMachine.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        Kernel chosen = switch (kernel) {
            case RBF -> new Kernel.Gaussian(gamma);
            case LAPLACE -> new Kernel.Laplace(gamma);
        };
        return KernelMachine.fit(name(), chosen, lambda, train, context);
    }
}
