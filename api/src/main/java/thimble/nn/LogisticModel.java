package thimble.nn;

import thimble.tensor.Shape;

/**
 * One linear layer: multinomial logistic regression with cross-entropy, linear regression with squared error.
 *
 * <p>D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal Statistical Society B 20(2), 1958, with several classes.
 */
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
    public String source() {
        return "Cox: Journal of the Royal Statistical Society B 20, 1958";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        return Sequential.of().then("flatten", new Flatten()).then("out", new Linear(outputs));
    }
}
