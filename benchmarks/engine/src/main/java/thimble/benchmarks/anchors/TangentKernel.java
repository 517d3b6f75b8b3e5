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
 * Kernel ridge regression with the neural tangent kernel of a fully connected network with ReLU: what an infinitely wide network of that depth
 * would learn by small steps. One layer gives the linear kernel. Examples have length 1 (tables: standardised, divided by √features).
 *
 * <p>Arthur Jacot, Franck Gabriel, Clément Hongler, "Neural Tangent Kernel", NeurIPS 2018; Sanjeev Arora et al., "Harnessing the Power of
 * Infinitely Wide Deep Nets on Small-data Tasks", ICLR 2020: the recursion with fixed layers. Deviation: ridge regression in place of a support
 * vector machine; λ is in units of the mean diagonal of the kernel matrix.
 *
 * @param depth layers of weights, at least 1
 * @param fixed the first layers that are not trained, from 0 to below depth
 * @param lambda strength λ ≥ 0 of the penalty
 */
public record TangentKernel(int depth, int fixed, double lambda) implements TunedLearner {
    /** Three layers, all trained, λ = 1e-3. */
    public TangentKernel() {
        this(3, 0, 1e-3);
    }

    /** Checks the ranges. */
    public TangentKernel {
        Checks.atLeast("ntk", "depth", depth, 1);
        Checks.atLeast("ntk", "fixed", fixed, 0);
        Checks.atLeastZero("ntk", "lambda", lambda);
        if (fixed >= depth) {
            throw new IllegalArgumentException(
                    "[ntk] expected fixed below depth, which is " + depth + ", but received " + fixed);
        }
    }

    @Override
    public String name() {
        return "ntk";
    }

    @Override
    public String summary() {
        return "neural tangent kernel: the limit of wide fully connected networks, solved exactly";
    }

    @Override
    public String source() {
        return "Jacot, Gabriel, Hongler: NeurIPS 2018; Arora et al.: ICLR 2020";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of("lambda", new Spec.Setting.Range(1e-5, 1e-1));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> KernelMachine.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        return KernelMachine.fit(name(), new Kernel.Tangent(depth, fixed), lambda, train, context);
    }
}
