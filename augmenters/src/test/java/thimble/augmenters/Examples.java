package thimble.augmenters;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.data.ArrayDataset;
import thimble.data.Augmenter.AugmentContext;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/** Small data sets for the tests of this package. */
final class Examples {
    static final AugmentContext CONTEXT = new AugmentContext(7, Optional.empty());

    private Examples() {}

    /** One picture [channels, height, width]. */
    static ArrayDataset picture(int channels, int height, int width, float... pixels) {
        return ArrayDataset.of(
                "pictures",
                Shape.of(channels, height, width),
                new float[][] {pixels},
                new int[] {0},
                List.of("a", "b"));
    }

    /** Rows of a table of two classes. */
    static ArrayDataset table(float[]... rows) {
        int[] labels = IntStream.range(0, rows.length).map(i -> i % 2).toArray();
        return ArrayDataset.of("table", Shape.of(rows[0].length), rows, labels, List.of("a", "b"));
    }

    /** Example {@code index} as it is seen in an epoch. */
    static float[] read(Dataset data, int index, long epoch) {
        float[] example = new float[data.example().elements()];
        data.read(index, epoch, example, 0);
        return example;
    }

    /** Example 0 as it is seen in each of the first epochs. */
    static List<float[]> epochs(Dataset data, int count) {
        return IntStream.range(0, count).mapToObj(epoch -> read(data, 0, epoch)).toList();
    }
}
