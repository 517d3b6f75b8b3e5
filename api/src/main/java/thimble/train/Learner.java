package thimble.train;

import thimble.data.Dataset;
import thimble.method.Method;

/** Anything that learns a model from examples: the trainer of networks, a forest, an ensemble. */
public interface Learner extends Method {
    /**
     * Learns.
     *
     * @throws IllegalArgumentException if the data do not fit, such as numbers where classes are needed
     */
    Model fit(Dataset train, LearnContext context);
}
