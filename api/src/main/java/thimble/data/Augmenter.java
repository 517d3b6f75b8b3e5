package thimble.data;

import java.util.Optional;
import thimble.method.Method;

/** A method that changes or adds training examples on the host; keyed by (seed, epoch, index), so threads and order do not matter. */
public interface Augmenter extends Method {
    /** True if it makes examples anew without reading them, so that what augmenters before it did would be lost. */
    default boolean anew() {
        return false;
    }

    /**
     * The training data as the model shall see them; examples are changed when they are read.
     *
     * @throws IllegalArgumentException if the data do not fit, at once; the text says what does
     */
    Dataset augment(Dataset train, AugmentContext context);

    /**
     * What an augmenter may know.
     *
     * @param seed seed of the trial
     * @param decoder decoder of the training data, if there is one; its indices are those of {@code train}
     */
    record AugmentContext(long seed, Optional<Decoder> decoder) {}
}
