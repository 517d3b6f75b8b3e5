package thimble.train;

import java.util.List;
import thimble.nn.Parameter;

/**
 * What a method may measure before the first step, on the initial model in training mode, without changing any state.
 */
public interface Calibration {
    /** The parameters in the model's order. */
    List<Parameter> parameters();

    /** Euclidean norm of a parameter's first value. */
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
}
