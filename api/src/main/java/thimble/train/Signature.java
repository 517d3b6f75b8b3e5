package thimble.train;

import java.util.List;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * What a model takes and what it gives.
 *
 * @param example shape of one example
 * @param targets what is predicted
 * @param features columns of a table that an example is made of, in order; empty for others
 */
public record Signature(Shape example, Targets targets, List<Feature> features) {
    /** Copies the features. */
    public Signature {
        features = List.copyOf(features);
    }

    /** That of models that learn from a data set. */
    public static Signature of(Dataset data) {
        return new Signature(data.example(), data.targets(), data.features());
    }
}
