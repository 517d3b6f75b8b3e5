package thimble.data;

import java.util.Optional;
import thimble.method.Method;

/** A method that changes or adds training examples on the host; keyed by (seed, epoch, index), so threads and order do not matter. */
public interface Augmenter extends Method {
    /** The training data as the model shall see them. */
    Dataset augment(Dataset train, AugmentContext context);

    /**
     * What an augmenter may know.
     *
     * @param seed seed of the trial
     * @param decoder decoder of the training data, if there is one; its indices are those of {@code train}
     */
    record AugmentContext(long seed, Optional<Decoder> decoder) {}
}
