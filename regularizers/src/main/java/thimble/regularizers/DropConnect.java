package thimble.regularizers;

import java.util.List;
import java.util.function.Predicate;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Zeroes each weight with probability p where the model reads it in training and multiplies the others by 1 / (1 − p); biases stay. One mask
 * per step for the whole batch, or one for each example; the optimizer updates the plain weights. Evaluation reads the mean weights, which are
 * the plain ones. Where a kernel is diagonal, the form for each example is dropout of the layer's inputs.
 *
 * <p>L. Wan, M. Zeiler, S. Zhang, Y. LeCun and R. Fergus, "Regularization of Neural Networks using DropConnect", ICML 2013:
 * y = a((M ∗ W) x) with M ~ Bernoulli(1 − p). Deviations: one mask per batch unless {@code perExample}, which costs memory of batch ×
 * weights; evaluation reads the mean weights, not the paper's Gaussian sampling of a unit's input (its algorithm 2).
 *
 * @param rate probability p in [0, 1) to drop
 * @param at name of a kernel, as in {@code fc1.kernel}; empty for all fully connected kernels
 * @param perExample true for a mask of each example's own, on fully connected kernels alone
 */
public record DropConnect(double rate, String at, boolean perExample) implements Regularizer {
    /** p = 0.5 on fully connected kernels. */
    public DropConnect() {
        this(0.5);
    }

    /** A rate, on fully connected kernels. */
    public DropConnect(double rate) {
        this(rate, "");
    }

    /** One mask for the whole batch. */
    public DropConnect(double rate, String at) {
        this(rate, at, false);
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
    public String source() {
        return "Wan, Zeiler, Zhang, LeCun, Fergus: ICML 2013";
    }

    @Override
    public void forward(ForwardHooks hooks) {
        List<Parameter> kernels = hooks.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .toList();
        Predicate<Parameter> chosen =
                p -> at.isEmpty() ? connected(p) : p.name().equals(at) && (!perExample || connected(p));
        if (kernels.stream().noneMatch(chosen)) {
            throw new IllegalArgumentException("[dropconnect] expected "
                    + (at.isEmpty()
                            ? "a model with fully connected kernels"
                            : perExample ? "a fully connected kernel" : "a kernel")
                    + " but received at=" + at
                    + "; there are: "
                    + String.join(", ", kernels.stream().map(Parameter::name).toList()));
        }
        if (rate == 0) {
            return;
        }
        Tensor keep = hooks.value("rate", rate).neg().add(1);
        Predicate<Parameter> dropped = p -> kernels.contains(p) && chosen.test(p);
        if (perExample) {
            hooks.products((p, y) -> dropped.test(p) ? masked(hooks, keep, p, y) : y);
        } else {
            hooks.weights((p, w) -> dropped.test(p) ? w.mul(mask(hooks, keep, p, w.shape())) : w);
        }
    }

    private static boolean connected(Parameter kernel) {
        return kernel.tensor().shape().rank() == 2;
    }

    /** The product [n, out] with a mask [n, out, in] of each example's own. */
    private static Tensor masked(ForwardHooks hooks, Tensor keep, Parameter kernel, Tensor product) {
        Tensor x = product.inputs().get(0); // [n, in]
        Tensor w = product.inputs().get(1); // [out, in]
        int n = x.shape().size(0);
        int in = x.shape().size(1);
        int out = w.shape().size(0);
        Tensor terms = w.reshape(1, out, in).mul(x.reshape(n, 1, in)); // [n, out, in]
        return terms.mul(mask(hooks, keep, kernel, terms.shape())).sum(2).reshape(n, out);
    }

    /** 0 with the probability to drop, else 1 / keep. */
    private static Tensor mask(ForwardHooks hooks, Tensor keep, Parameter kernel, Shape shape) {
        return hooks.uniform("dropconnect/" + kernel.name(), shape).less(keep).div(keep);
    }
}
