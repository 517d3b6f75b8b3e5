package thimble.train;

import thimble.method.Method;
import thimble.tensor.Tensor;

/** What a model is trained to make small. */
public interface Loss extends Method {
    /**
     * Loss of each example.
     *
     * @param output the model's output [n, m], logits for classes
     * @param target rows of the data set's targets [n, m]
     * @return [n, 1]
     */
    Tensor perExample(Tensor output, Tensor target);

    /**
     * What a model trained with this loss predicts from its output [n, m]: probabilities for classes, the numbers
     * themselves else.
     */
    Tensor scores(Tensor output);
}
