package thimble.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import thimble.tensor.Shape;

/** Small data sets for tests. */
final class Samples {
    private Samples() {}

    /** One feature that equals the position; classes as given. */
    static ArrayDataset labelled(int... labels) {
        float[][] examples = new float[labels.length][1];
        Arrays.setAll(examples, i -> new float[] {i});
        int classes = IntStream.of(labels).max().orElseThrow() + 1;
        List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
        return ArrayDataset.of("sample", Shape.of(1), examples, labels, names);
    }

    /** Classes in the given sizes, mixed. */
    static ArrayDataset sized(int... counts) {
        int[] labels = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int c = 0; c < counts.length; c++) {
            Arrays.fill(labels, at, at + counts[c], c);
            at += counts[c];
        }
        int[] mixed = new int[labels.length];
        int[] order = Split.permutation(labels.length, 99);
        Arrays.setAll(mixed, i -> labels[order[i]]);
        return labelled(mixed);
    }

    static ArrayDataset numbers(int size) {
        float[][] examples = new float[size][1];
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            examples[i][0] = i;
            numbers[i] = 10 * i;
        }
        return ArrayDataset.of("numbers", examples, numbers);
    }

    static float[] example(Dataset data, int index, long epoch) {
        float[] into = new float[data.example().elements()];
        data.read(index, epoch, into, 0);
        return into;
    }

    static float[] target(Dataset data, int index, long epoch) {
        float[] into = new float[data.targets().width()];
        data.target(index, epoch, into, 0);
        return into;
    }

    static int[] counts(Dataset data) {
        int[] counts = new int[data.classes()];
        for (int label : data.labels()) {
            counts[label]++;
        }
        return counts;
    }
}
