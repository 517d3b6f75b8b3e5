package thimble.train;

import thimble.data.Targets;
import thimble.method.Method;
import thimble.nn.Layer;
import thimble.tensor.Tensor;

/** What a model is trained to make small. */
public interface Loss extends Method {
    /**
     * Refuses, before any training, targets that this loss is not made for and files that it cannot read.
     *
     * @throws IllegalArgumentException if the targets do not fit; the text names a loss that does
     * @throws thimble.data.DataException if a file is missing or damaged
     */
    default void check(Targets targets) {}

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
