package thimble.benchmarks.anchors;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import thimble.data.Dataset;
import thimble.data.Preprocessing;

/**
 * Examples of Thimble in the form of Tribuo, with the preprocessing that networks get too.
 *
 * @param preprocessing fitted on the training examples
 * @param names names of the features
 */
record Tables(Preprocessing preprocessing, String[] names) {
    static Tables of(Dataset train) {
        int width = Math.toIntExact(train.example().elements());
        // The library orders features by name: leading zeros keep theirs.
        String[] names = IntStream.range(0, width).mapToObj("f%06d"::formatted).toArray(String[]::new);
        return new Tables(Preprocessing.fit(train), names);
    }

    /** All examples of a data set. */
    <T extends Output<T>> MutableDataset<T> table(Dataset data, OutputFactory<T> factory, IntFunction<T> output) {
        MutableDataset<T> table = new MutableDataset<>(new SimpleDataSourceProvenance("thimble", factory), factory);
        float[] row = new float[names.length];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, row, 0);
            table.add(example(row, output.apply(i)));
        }
        return table;
    }

    /** One example; the row is scaled in place. */
    <T extends Output<T>> ArrayExample<T> example(float[] row, T output) {
        preprocessing.input(row, 0);
        double[] values = new double[row.length];
        Arrays.setAll(values, i -> row[i]);
        return new ArrayExample<>(output, names, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tables tables
                && preprocessing.equals(tables.preprocessing)
                && Arrays.equals(names, tables.names);
    }

    @Override
    public int hashCode() {
        return 31 * preprocessing.hashCode() + Arrays.hashCode(names);
    }

    @Override
    public String toString() {
        return "Tables[" + names.length + " features]";
    }

    /** Names of classes by number. */
    static List<String> labels(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}
