package thimble.data;

import java.util.Optional;
import java.util.function.Function;
import thimble.method.Method;
import thimble.tensor.Shape;

/** A method that replaces what examples are made of, fitted to training examples alone, such as principal components. */
public interface FeatureExtractor extends Method {
    /**
     * Shape of an example of features.
     *
     * @param example shape of an example before
     * @throws IllegalArgumentException if examples of this shape cannot be changed
     */
    Shape features(Shape example);

    /** Fits to the training examples as they are seen in epoch 0. */
    Extraction fit(Dataset train);

    /**
     * Makes a fitted extractor again from what its {@link Extraction#stored} gave, which has the name of this one as its kind; empty if it
     * cannot be saved.
     */
    default Optional<Function<Stored, Extraction>> reader() {
        return Optional.empty();
    }

    /** A fitted extractor; safe for many threads. */
    interface Extraction {
        /** The features of one example. */
        float[] features(float[] example);

        /** A data set of features, with the targets of the examples. */
        Dataset apply(Dataset data);

        /**
         * What it is made of, for a file.
         *
         * @throws IllegalArgumentException if it cannot be saved
         */
        default Stored stored() {
            throw new IllegalArgumentException("[save] expected an extractor that can be saved but received "
                    + getClass().getSimpleName());
        }
    }
}
