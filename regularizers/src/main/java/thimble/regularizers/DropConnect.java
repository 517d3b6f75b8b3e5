package thimble.regularizers;

import java.util.List;
import java.util.function.Predicate;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Zeroes each weight with probability p where the model reads it in training and multiplies the others by 1 / (1 − p); biases stay. One mask
 * per step for the whole batch; the optimizer updates the plain weights.
 *
 * <p>L. Wan, M. Zeiler, S. Zhang, Y. LeCun and R. Fergus, "Regularization of Neural Networks using DropConnect", ICML 2013:
 * y = a((M ∗ W) x) with M ~ Bernoulli(1 − p). Deviations: one mask per batch, not per example; evaluation reads the mean weights, not the
 * paper's Gaussian sampling of a unit's input (its algorithm 2).
 *
 * @param rate probability p in [0, 1) to drop
 * @param at name of a kernel, as in {@code fc1.kernel}; empty for all fully connected kernels
 */
public record DropConnect(double rate, String at) implements Regularizer {
    /** p = 0.5 on fully connected kernels. */
    public DropConnect() {
        this(0.5);
    }

    /** A rate, on fully connected kernels. */
    public DropConnect(double rate) {
        this(rate, "");
    }

    /** Checks that the rate is in [0, 1). */
    public DropConnect {
        Checks.belowOne("dropconnect", "rate", rate);
    }

    @Override
    public String name() {
        return "dropconnect";
    }

    @Override
    public String place() {
        return at;
    }

    @Override
    public String summary() {
        return "zeroes random weights in training";
    }

    @Override
    public void forward(ForwardHooks hooks) {
        List<Parameter> kernels = hooks.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .toList();
        Predicate<Parameter> chosen =
                p -> at.isEmpty() ? p.tensor().shape().rank() == 2 : p.name().equals(at);
        if (kernels.stream().noneMatch(chosen)) {
            throw new IllegalArgumentException("[dropconnect] expected "
                    + (at.isEmpty() ? "a model with fully connected kernels" : "a kernel") + " but received at=" + at
                    + "; there are: "
                    + String.join(", ", kernels.stream().map(Parameter::name).toList()));
        }
        if (rate == 0) {
            return;
        }
        Tensor keep = hooks.value("rate", rate).neg().add(1);
        hooks.weights((parameter, w) -> {
            if (!kernels.contains(parameter) || !chosen.test(parameter)) {
                return w;
            }
            Tensor mask =
                    hooks.uniform("dropconnect/" + parameter.name(), w.shape()).less(keep); // [out, in, …]
            return w.mul(mask.div(keep));
        });
    }
}
