package thimble.data;

import thimble.backend.Backend;
import thimble.method.Method;
import thimble.tensor.Shape;

/** A method that learns from training examples to make new ones, such as a generative adversarial network. */
public interface Synthesizer extends Method {
    /**
     * Refuses what {@link #synthesize} would refuse, before any training.
     *
     * @param example shape of one example
     * @param targets what is predicted
     * @throws IllegalArgumentException if the data do not fit; the text says what does
     */
    default void check(Shape example, Targets targets) {}

    /** New examples of the same shape and targets. */
    Dataset synthesize(Dataset train, SynthesisContext context);

    /**
     * What a synthesizer may use.
     *
     * @param backend where to train
     * @param seed seed of the trial
     * @param count how many examples to make
     */
    record SynthesisContext(Backend backend, long seed, int count) {}
}
