package thimble.train;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import thimble.nn.Tap;
import thimble.tensor.Tensor;

/** A step while methods add to it. */
final class StepContext {
    /** Name of the input that weights the examples. */
    static final String WEIGHT = "weight";

    private final StepSetup setup;
    private final ForwardPass pass;
    private final Set<String> inner;
    private final Set<String> missed = new LinkedHashSet<>();
    private final Tensor weight;
    private final Tensor lossPerExample;
    private Tensor loss;
    private boolean differentiable = true;

    /**
     * A step after its forward pass.
     *
     * @param inner inner taps that simplification kept
     */
    StepContext(StepSetup setup, ForwardPass pass, Set<String> inner) {
        this.setup = setup;
        this.pass = pass;
        this.inner = inner;
        this.weight = Tensor.batch(WEIGHT, thimble.tensor.Shape.of(setup.batch(), 1));
        this.lossPerExample = setup.loss().perExample(pass.logits(), pass.target());
        if (!lossPerExample.shape().equals(weight.shape())) {
            throw new IllegalArgumentException("[" + setup.loss().name() + "] expected a loss per example of shape "
                    + weight.shape() + " but received " + lossPerExample.shape());
        }
        this.loss = lossPerExample.mul(weight).sum().div(weight.sum());
    }

    void penalise(String method, Optional<Tensor> penalty) {
        penalty.ifPresent(scalar -> {
            if (scalar.shape().elements() != 1) {
                throw new IllegalArgumentException(
                        "[" + method + "] expected a scalar penalty but received shape " + scalar.shape());
            }
            loss = loss.add(scalar.reshape());
        });
    }

    /** From here on the loss stands; random numbers belong to weights, not to examples. */
    void differentiated() {
        differentiable = false;
    }

    /** The taps, as someone looks at them; the names of those that simplification did not keep are remembered. */
    List<Tap> look(Predicate<Tap> at) {
        pass.taps().stream()
                .filter(tap -> tap.kind() == Tap.Kind.INNER && at.test(tap))
                .forEach(tap -> missed.add(tap.name()));
        return pass.taps();
    }

    /** Inner taps that were looked at though they were not kept; then all that were looked at, else none. */
    Set<String> missed() {
        return inner.containsAll(missed) ? Set.of() : Set.copyOf(missed);
    }

    StepSetup setup() {
        return setup;
    }

    ForwardPass pass() {
        return pass;
    }

    Tensor weight() {
        return weight;
    }

    Tensor lossPerExample() {
        return lossPerExample;
    }

    Tensor loss() {
        return loss;
    }

    boolean differentiable() {
        return differentiable;
    }
}
