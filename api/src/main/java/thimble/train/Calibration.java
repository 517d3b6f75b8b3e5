package thimble.train;

import java.util.List;
import thimble.nn.Parameter;

/**
 * What may be measured on a model in training mode without changing any state: by methods on the initial model before
 * the first step, by listeners later too.
 */
public interface Calibration {
    /** The parameters in the model's order. */
    List<Parameter> parameters();

    /** Euclidean norm of a parameter's value. */
    double norm(Parameter parameter);

    /**
     * Mean over training examples of the norm of the gradient of one example's loss, by parameter in the model's order;
     * batch statistics are those of whole batches.
     *
     * @param examples how many examples, at most the training data
     */
    double[] gradientNorms(int examples);

    /** Number of training examples. */
    int examples();

    /** True if a parameter began with a given value, such as a pre-trained one, and not with a random one. */
    default boolean pretrained(Parameter parameter) {
        return false;
    }
}
