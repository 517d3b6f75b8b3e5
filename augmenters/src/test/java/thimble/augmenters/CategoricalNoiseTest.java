package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;
import thimble.data.Feature;

class CategoricalNoiseTest {
    private static final int[] COUNTS = {50, 30, 15}; // and 5 without a category

    /** A number, then a column of three categories. */
    private static Dataset table() {
        float[][] rows = new float[100][4];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = i;
            int category = i < 50 ? 0 : i < 80 ? 1 : i < 95 ? 2 : 3;
            if (category < 3) {
                rows[i][1 + category] = 1;
            }
        }
        return Examples.table(rows)
                .withFeatures(List.of(
                        new Feature("age", 0, List.of()), new Feature("colour", 1, List.of("red", "green", "blue"))));
    }

    /** Category of example {@code index}, 3 where it is missing; checks that the column is one-hot and the number untouched. */
    private static int category(Dataset data, int index, long epoch) {
        float[] row = Examples.read(data, index, epoch);
        assertThat(row[0]).isEqualTo(index);
        float sum = row[1] + row[2] + row[3];
        assertThat(row[1] * row[1] + row[2] * row[2] + row[3] * row[3]).isEqualTo(sum);
        assertThat(sum).isIn(0f, 1f);
        return row[1] == 1 ? 0 : row[2] == 1 ? 1 : row[3] == 1 ? 2 : 3;
    }

    private static double chiSquare(int[] observed, int total) {
        double[] expected = {COUNTS[0] / 100.0, COUNTS[1] / 100.0, COUNTS[2] / 100.0, 0.05};
        double sum = 0;
        for (int c = 0; c < 4; c++) {
            double difference = observed[c] - total * expected[c];
            sum += difference * difference / (total * expected[c]);
        }
        return sum;
    }

    @Test
    void keepsTheMarginal() {
        Dataset noisy = new CategoricalNoise(1).augment(table(), Examples.CONTEXT);
        int[] observed = new int[4];
        for (int epoch = 0; epoch < 100; epoch++) {
            for (int i = 0; i < 100; i++) {
                observed[category(noisy, i, epoch)]++;
            }
        }
        assertThat(chiSquare(observed, 10_000))
                .as("chi-square with 3 degrees of freedom, p = 0.001")
                .isLessThan(16.27);
    }

    @Test
    void redrawsTheGivenShare() {
        Dataset noisy = new CategoricalNoise(0.2).augment(table(), Examples.CONTEXT);
        int changed = 0;
        for (int epoch = 0; epoch < 200; epoch++) {
            changed += category(noisy, 0, epoch) != 0 ? 1 : 0;
        }
        assertThat(changed).as("200 * 0.2 * 0.5").isBetween(8, 34);
    }

    @Test
    void aProbabilityOfZeroChangesNothing() {
        Dataset same = new CategoricalNoise(0).augment(table(), Examples.CONTEXT);
        assertThat(Examples.read(same, 97, 3)).containsExactly(Examples.read(table(), 97, 0));
    }

    @Test
    void refusesOtherDataAndBadNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CategoricalNoise(1.1))
                .withMessage("[categorical-noise] expected rho in [0.0, 1.0] but received 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CategoricalNoise().augment(Examples.table(new float[] {1}), Examples.CONTEXT))
                .withMessage("[categorical-noise] expected a table with categorical columns but table has no named"
                        + " columns; mixup and gaussian-noise fit all data");
        Dataset numbers = Examples.table(new float[] {1}).withFeatures(List.of(new Feature("age", 0, List.of())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CategoricalNoise().augment(numbers, Examples.CONTEXT))
                .withMessage(
                        "[categorical-noise] expected a table with categorical columns but table has only numbers in"
                                + " [age]; mixup and gaussian-noise fit all data");
    }
}
