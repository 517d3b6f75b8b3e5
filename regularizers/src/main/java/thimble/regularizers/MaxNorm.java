package thimble.regularizers;

import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Upper bound on the Euclidean norm of the weights into each unit: after the optimizer, a row of a kernel ([out, in] or [out, in, kh, kw])
 * that is longer than c is scaled back to c. Shorter rows keep their bits.
 *
 * <p>N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", Journal of Machine Learning Research 15, 2014, section 5.1: ‖w‖₂ ≤ c, there with c between 3 and 4. Deviation: kernels of all
 * layers are bounded, the last one included; biases are not counted into the norm.
 *
 * @param bound largest norm c &gt; 0 of a row
 */
public record MaxNorm(double bound) implements Regularizer {
    /** c = 3. */
    public MaxNorm() {
        this(3);
    }

    /** Checks that the bound is finite and positive. */
    public MaxNorm {
        Checks.positive("max-norm", "bound", bound);
    }

    @Override
    public String name() {
        return "max-norm";
    }

    @Override
    public String summary() {
        return "scales the weights into each unit back to a largest norm";
    }

    @Override
    public String source() {
        return "Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: JMLR 15, 2014";
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        Tensor largest = step.value("bound", bound);
        return Decay.each(
                updated, false, (parameter, w) -> parameter.role() == Parameter.Role.KERNEL ? bounded(w, largest) : w);
    }

    private static Tensor bounded(Tensor w, Tensor largest) {
        Shape shape = w.shape(); // [out, in] or [out, in, kh, kw]
        Tensor norm = w.square().sum(shape.axesFrom(1)).sqrt(); // [out, 1, …]
        return w.mul(largest.broadcast(norm.shape()).div(norm.max(largest))); // a short row is multiplied by c / c = 1
    }
}
