package thimble.data;

import thimble.backend.Backend;
import thimble.method.Method;

/** A method that learns from training examples to make new ones, such as a generative adversarial network. */
public interface Synthesizer extends Method {
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
