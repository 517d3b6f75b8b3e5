package thimble.regularizers;

import java.util.function.UnaryOperator;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Adds normal noise in training, x + σ r, or multiplies by it, x (1 + σ r), with r ~ N(0, I) drawn anew for each example and step. At the input
 * of a linear model with squared error the expectation of the additive form is the loss plus σ² ‖W‖²_F, of the multiplicative one the loss
 * plus σ² Σⱼ xⱼ² ‖W·ⱼ‖².
 *
 * <p>C. M. Bishop, "Training with Noise is Equivalent to Tikhonov Regularization", Neural Computation 7(1), 1995: x + r. Deviation: none for
 * the additive form at the input; the multiplicative form and the other places are extensions.
 *
 * @param sigma standard deviation σ in [0, 1000], in units of the values it meets (pixels are in [0, 1])
 * @param multiplicative true to multiply by 1 + σ r
 * @param at {@code input}, or name of a tap
 */
public record GaussianNoise(double sigma, boolean multiplicative, String at) implements Regularizer {
    /** Additive with σ = 0.1 at the input. */
    public GaussianNoise() {
        this(0.1, false, "input");
    }

    /** Checks that σ is in its range, and that a place is named. */
    public GaussianNoise {
        Checks.atMost("gaussian-noise", "sigma", sigma, 1000);
        if (at.isEmpty()) {
            throw new IllegalArgumentException(
                    "[gaussian-noise] expected at to be 'input' or the name of a layer's output but received ''");
        }
    }

    @Override
    public String name() {
        return "gaussian-noise";
    }

    @Override
    public String place() {
        return at;
    }

    @Override
    public String summary() {
        return "adds or multiplies normal noise at the input or a layer in training";
    }

    @Override
    public String source() {
        return "Bishop: Neural Computation 7, 1995";
    }

    @Override
    public void forward(ForwardHooks hooks) {
        Tensor deviation = hooks.value("sigma", sigma);
        UnaryOperator<Tensor> noisy = x -> {
            Tensor noise = hooks.normal("gaussian-noise/" + at, x.shape()).mul(deviation); // [n, …]
            return x.add(multiplicative ? x.mul(noise) : noise);
        };
        if (at.equals("input")) {
            hooks.input(noisy);
        } else {
            hooks.layer(at, noisy);
        }
    }
}
