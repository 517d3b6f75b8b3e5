package thimble.data;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import thimble.tensor.Shape;

/**
 * Labelled examples in a fixed order. Reading is safe for many threads and gives the same numbers for the same (index, epoch), whatever the
 * order of reading; only views with {@link #map} use the epoch.
 */
public interface Dataset {
    /** Name for people and records. */
    String name();

    /** Number of examples. */
    int size();

    /** Shape of one example: [channels, height, width] for pictures in [0, 1], [features] for tables, [time, features] for sequences. */
    Shape example();

    /** What is predicted. */
    Targets targets();

    /**
     * Copies example {@code index} as it is seen in an epoch, row-major, to {@code into} from {@code offset}. NaN is a missing number, which
     * {@link Preprocessing} replaces.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    void read(int index, long epoch, float[] into, int offset);

    /** Copies the target row of example {@code index} as it is seen in an epoch: {@code targets().width()} numbers. */
    void target(int index, long epoch, float[] into, int offset);

    /** Copies example and target row; for views with {@link #map} cheaper than one after the other. */
    default void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
        read(index, epoch, example, offset);
        target(index, epoch, target, targetOffset);
    }

    /** The inputs whose concatenation is an example, in order; one named "input" unless a model takes several. */
    default List<Part> parts() {
        return List.of(new Part(Part.INPUT, example()));
    }

    /** The features of a table, in order; empty for pictures. */
    default List<Feature> features() {
        return List.of();
    }

    /** Where example {@code index} came from: a path, or file and row; for messages and reports. */
    default String origin(int index) {
        return name() + "[" + index + "]";
    }

    /** Group of example {@code index}: examples of one group are never split between training and test. By default each is its own. */
    default String group(int index) {
        return origin(index);
    }

    /**
     * Class number: the largest entry of the target row in epoch 0, the first of equal ones.
     *
     * @throws IllegalStateException if the targets are numbers
     */
    default int label(int index) {
        float[] row = new float[classes()];
        target(index, 0, row, 0);
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }

    /**
     * All class numbers.
     *
     * @throws IllegalStateException if the targets are numbers
     */
    default int[] labels() {
        int[] labels = new int[size()];
        Arrays.setAll(labels, this::label);
        return labels;
    }

    /**
     * Number of classes.
     *
     * @throws IllegalStateException if the targets are numbers
     */
    default int classes() {
        return switch (targets()) {
            case Targets.Classes classes -> classes.width();
            case Targets.Numbers numbers ->
                throw new IllegalStateException(
                        "[" + name() + "] expected classes as targets but the targets are the numbers "
                                + numbers.names() + ", which have no labels");
        };
    }

    /**
     * The examples at these positions, in this order; positions may repeat.
     *
     * @throws IllegalArgumentException if a position is outside the data
     */
    default Dataset select(int[] indices) {
        return Views.select(this, indices);
    }

    /**
     * This data set, then another one.
     *
     * @throws IllegalArgumentException if shape, parts or targets differ
     */
    default Dataset concat(Dataset other) {
        return Views.concat(this, other);
    }

    /**
     * Changes each example as it is read; the generator is keyed by (seed, epoch, index), so threads and order do not matter. Maps upon maps
     * have independent generators under the same seed.
     */
    default Dataset map(long seed, ExampleMap change) {
        return Views.map(this, seed, change);
    }

    /** At most this many examples per class, chosen by a seed, in the original order. */
    default Dataset take(int perClass, long seed) {
        return select(Split.perClass(this, perClass, seed));
    }

    /** A change of one example and its target row in place. */
    @FunctionalInterface
    interface ExampleMap {
        /**
         * Changes an example.
         *
         * @param example array that holds the example from {@code offset}
         * @param offset first element
         * @param shape shape of the example
         * @param target the target row, may be changed too
         * @param random keyed by (seed, epoch, index)
         */
        void apply(float[] example, int offset, Shape shape, float[] target, RandomGenerator random);
    }
}
