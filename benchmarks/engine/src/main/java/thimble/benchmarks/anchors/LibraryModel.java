package thimble.benchmarks.anchors;

import org.tribuo.Output;
import org.tribuo.Prediction;
import thimble.data.Dataset;
import thimble.train.Model;

/**
 * A model of the library behind the contract of models.
 *
 * @param <T> kind of output
 * @param model the library's model; reading it is safe for many threads
 * @param tables how examples reach it
 * @param unknown an output without value
 * @param scores a prediction as class probabilities or numbers
 */
record LibraryModel<T extends Output<T>>(org.tribuo.Model<T> model, Tables tables, T unknown, Scores<T> scores)
        implements Model {
    /** Turns a prediction into scores. */
    @FunctionalInterface
    interface Scores<T extends Output<T>> {
        float[] of(Prediction<T> prediction);
    }

    @Override
    public float[] predict(float[] example) {
        if (example.length != tables.names().length) {
            throw new IllegalArgumentException(
                    "[predict] expected " + tables.names().length + " numbers but received " + example.length);
        }
        return scores.of(model.predict(tables.example(example.clone(), unknown)));
    }

    @Override
    public float[][] predict(Dataset data) {
        float[][] all = new float[data.size()][];
        float[] row = new float[tables.names().length];
        for (int i = 0; i < all.length; i++) {
            data.read(i, 0, row, 0);
            all[i] = predict(row);
        }
        return all;
    }
}
