package thimble.datasets.format;

import java.util.List;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * What the examples of a data set look like, so that further files can be read alike: a test set, or inputs for a trained model.
 *
 * @param example shape of one example
 * @param features features of a table; empty for pictures
 * @param targets what is predicted
 */
public record Schema(Shape example, List<Feature> features, Targets targets) {
    /** Copies the features. */
    public Schema {
        features = List.copyOf(features);
    }

    /** The schema of a data set. */
    public static Schema of(Dataset data) {
        return new Schema(data.example(), data.features(), data.targets());
    }
}
