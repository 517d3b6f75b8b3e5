package thimble.train;

import java.util.Optional;
import java.util.function.BiFunction;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.method.Method;
import thimble.tensor.Shape;

/** Anything that learns a model from examples: the trainer of networks, a forest, an ensemble. */
public interface Learner extends Method {
    /**
     * Refuses what {@link #fit} would refuse, without learning.
     *
     * @param example shape of one example
     * @param targets what is predicted
     * @throws IllegalArgumentException if the data do not fit; the text says what does
     */
    default void check(Shape example, Targets targets) {}

    /**
     * Learns.
     *
     * @throws IllegalArgumentException if the data do not fit, such as numbers where classes are needed
     */
    Model fit(Dataset train, LearnContext context);

    /**
     * Makes a model again from what its {@link Model#stored} gave, which has the name of this learner as its kind; empty if models of this
     * learner cannot be saved.
     */
    default Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.empty();
    }
}
