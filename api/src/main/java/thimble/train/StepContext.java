package thimble.train;

import java.util.Optional;
import thimble.tensor.Tensor;

/** A step while methods add to it. */
final class StepContext {
    /** Name of the input that weights the examples. */
    static final String WEIGHT = "weight";

    private final StepSetup setup;
    private final ForwardPass pass;
    private final Tensor weight;
    private final Tensor lossPerExample;
    private Tensor loss;
    private boolean differentiable = true;

    StepContext(StepSetup setup, ForwardPass pass) {
        this.setup = setup;
        this.pass = pass;
        this.weight = Tensor.batch(WEIGHT, thimble.tensor.Shape.of(setup.batch(), 1));
        this.lossPerExample = setup.loss().perExample(pass.logits(), pass.target());
        if (!lossPerExample.shape().equals(weight.shape())) {
            throw new IllegalArgumentException("[" + setup.loss().name() + "] expected a loss per example of shape " + weight.shape()
                    + " but received " + lossPerExample.shape());
        }
        this.loss = lossPerExample.mul(weight).sum().div(weight.sum());
    }

    void penalise(String method, Optional<Tensor> penalty) {
        penalty.ifPresent(scalar -> {
            if (scalar.shape().elements() != 1) {
                throw new IllegalArgumentException("[" + method + "] expected a scalar penalty but received shape " + scalar.shape());
            }
            loss = loss.add(scalar.reshape());
        });
    }

    /** From here on the loss stands; random numbers belong to weights, not to examples. */
    void differentiated() {
        differentiable = false;
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
