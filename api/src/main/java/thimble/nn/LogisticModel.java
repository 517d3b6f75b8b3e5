package thimble.nn;

import thimble.tensor.Shape;

/** One linear layer: multinomial logistic regression with cross-entropy, linear regression with squared error. */
public record LogisticModel() implements Architecture {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String summary() {
        return "one linear layer: logistic or linear regression";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        return Sequential.of().then("flatten", new Flatten()).then("out", new Linear(outputs));
    }
}
