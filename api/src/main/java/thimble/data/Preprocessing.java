package thimble.data;

import java.util.List;
import thimble.tensor.Shape;

/**
 * How raw numbers become numbers for a model, fitted on the training part alone and saved with the model as plain data.
 *
 * <ul>
 *   <li>Numbers of tables are standardised to mean 0 and standard deviation 1 (division by n); missing ones become the training median first.
 *       Columns that hold only 0 and 1, and categories coded one-hot, stay; a column that did not vary becomes 0.
 *   <li>Features of sequences [time, features] are standardised over examples and time.
 *   <li>Pictures [channels, height, width] stay: their numbers lie in [0, 1].
 *   <li>Numeric targets are standardised, soft or hard classes stay.
 * </ul>
 *
 * Shapes never change. That a number was missing can be told to a model by a column of 0 and 1, which readers of tables add.
 *
 * @param inputs blocks of the example, in order
 * @param targets scaling per number to predict; empty for classes
 */
public record Preprocessing(List<Block> inputs, List<Scaling> targets) {
    /** Leaves everything as it is. */
    public static final Preprocessing NONE = new Preprocessing(List.of(), List.of());

    /** Copies the lists. */
    public Preprocessing {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }

    /**
     * Numbers of one part of the example that are scaled; element i of the block by {@code scalings.get(i % scalings.size())}.
     *
     * @param first position of the first number in the example
     * @param elements how many numbers
     * @param scalings one per feature
     */
    public record Block(int first, int elements, List<Scaling> scalings) {
        /**
         * Copies the scalings.
         *
         * @throws IllegalArgumentException if the elements are not a multiple of the scalings
         */
        public Block {
            scalings = List.copyOf(scalings);
            if (first < 0 || elements < 1 || scalings.isEmpty() || elements % scalings.size() != 0) {
                throw new IllegalArgumentException(
                        "[preprocessing] expected a multiple of the number of scalings but received " + elements
                                + " elements from " + first + " with " + scalings.size() + " scalings");
            }
        }
    }

    /** Fits the scalings to all examples of a training set, as they are seen in epoch 0. */
    public static Preprocessing fit(Dataset train) {
        return new PreprocessingFit(train).result();
    }

    /** The text form back to a value. Throws {@link DataException} if the text is damaged. */
    public static Preprocessing parse(String text) {
        return PreprocessingText.parse(text);
    }

    /** Compact text: one line per block and for the targets, numbers in hexadecimal floating point; {@link #parse} reads it. */
    public String text() {
        return PreprocessingText.print(this);
    }

    /** The data set with scaled inputs and, for numbers, scaled targets. */
    public Dataset apply(Dataset data) {
        return new PreprocessedView(data, checked(data.example()));
    }

    /** The data set with scaled inputs and targets in their own units, such as evaluation needs. */
    public Dataset applyToInputs(Dataset data) {
        return new PreprocessedView(data, new Preprocessing(checked(data.example()).inputs, List.of()));
    }

    /** Scales one example in place. */
    public void input(float[] example, int offset) {
        for (Block block : inputs) {
            int count = block.scalings.size();
            for (int i = 0; i < block.elements; i++) {
                int at = offset + block.first + i;
                example[at] = block.scalings.get(i % count).apply(example[at]);
            }
        }
    }

    /** Scales one target row in place. */
    public void target(float[] row, int offset) {
        for (int i = 0; i < targets.size(); i++) {
            row[offset + i] = targets.get(i).apply(row[offset + i]);
        }
    }

    /** Brings predicted numbers back to the units of the targets, in place; classes stay. */
    public void restore(float[] row, int offset) {
        for (int i = 0; i < targets.size(); i++) {
            row[offset + i] = targets.get(i).restore(row[offset + i]);
        }
    }

    private Preprocessing checked(Shape example) {
        for (Block block : inputs) {
            if (block.first + block.elements > example.elements()) {
                throw new IllegalArgumentException("[preprocessing] expected examples of at least "
                        + (block.first + block.elements) + " elements but received " + example);
            }
        }
        return this;
    }
}
