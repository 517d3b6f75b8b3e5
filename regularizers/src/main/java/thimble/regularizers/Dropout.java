package thimble.regularizers;

import java.util.List;
import thimble.nn.Tap;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Zeroes each unit's output with probability p in training and multiplies the others by 1 / (1 − p), so that the expectation is the output
 * itself and evaluation needs no change. One mask per example and step, shared by forward pass, gradients and later substitutions.
 *
 * <p>N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", Journal of Machine Learning Research 15, 2014, section 4: ỹ = r ∗ y with r ~ Bernoulli(1 − p). Deviation: scaled in training
 * ("inverted"), and p is the probability to drop.
 *
 * @param rate probability p in [0, 1) to drop
 * @param at name of a tap; empty for the outputs of all hidden fully connected stages
 */
public record Dropout(double rate, String at) implements Regularizer {
    /** p = 0.5 at hidden fully connected outputs. */
    public Dropout() {
        this(0.5);
    }

    /** A rate, at hidden fully connected outputs. */
    public Dropout(double rate) {
        this(rate, "");
    }

    /** Checks that the rate is in [0, 1). */
    public Dropout {
        Checks.belowOne("dropout", "rate", rate);
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public String place() {
        return at;
    }

    @Override
    public String summary() {
        return "zeroes random hidden outputs in training";
    }

    @Override
    public String source() {
        return "Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: JMLR 15, 2014";
    }

    @Override
    public void forward(ForwardHooks hooks) {
        List<String> places = at.isEmpty() ? hidden(hooks) : List.of(at);
        if (rate == 0) {
            return;
        }
        Tensor keep = hooks.value("rate", rate).neg().add(1);
        for (String place : places) {
            hooks.layer(place, y -> {
                Tensor mask =
                        hooks.uniform("dropout/" + place, y.shape()).less(keep); // [n, …], 1 with probability 1 − p
                return y.mul(mask.div(keep));
            });
        }
    }

    private static List<String> hidden(ForwardHooks hooks) {
        List<String> places = hooks.taps().stream()
                .filter(tap -> tap.kind() == Tap.Kind.HIDDEN)
                .map(Tap::name)
                .toList();
        if (places.isEmpty()) {
            throw new IllegalArgumentException(
                    "[dropout] expected a model with hidden fully connected outputs; name a place with at=NAME, there"
                            + " are: "
                            + String.join(
                                    ", ", hooks.taps().stream().map(Tap::name).toList()));
        }
        return places;
    }
}
