package thimble.train;

import thimble.method.Method;
import thimble.nn.Layer;
import thimble.tensor.Tensor;

/** What a model is trained to make small. */
public interface Loss extends Method {
    /**
     * The model with what this loss needs after it, such as the embeddings of classes; part of training, evaluation and
     * the saved model's variables. Usually the model itself.
     *
     * @return a model of the same output shape [n, m]
     */
    default Layer head(Layer model) {
        return model;
    }

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
