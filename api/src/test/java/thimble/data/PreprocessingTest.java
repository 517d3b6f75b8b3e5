package thimble.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;

class PreprocessingTest {
    private static final float NAN = Float.NaN;
    private static final float[][] TABLE = {{1, 0, 1, 5, 0}, {3, 0, 0, 5, NAN}, {NAN, 1, 0, 5, 1}, {8, 0, 1, 5, 1}};

    private final Dataset table = ArrayDataset.of("table", TABLE, new int[] {0, 1, 0, 1})
            .withFeatures(List.of(
                    new Feature("length", 0, List.of()),
                    new Feature("colour", 1, List.of("red", "blue")),
                    new Feature("constant", 3, List.of()),
                    new Feature("flag", 4, List.of())));

    @Test
    void numbersAreStandardisedAfterTheMedianTookTheMissingPlaces() {
        Dataset scaled = Preprocessing.fit(table).apply(table);
        double[] filled = {1, 3, 3, 8};
        double mean = 3.75;
        double deviation = Math.sqrt((2.75 * 2.75 + 2 * 0.75 * 0.75 + 4.25 * 4.25) / 4);
        for (int i = 0; i < 4; i++) {
            assertThat((double) Samples.example(scaled, i, 0)[0])
                    .isCloseTo((filled[i] - mean) / deviation, within(1e-6));
        }
    }

    @Test
    void categoriesAndFlagsStayAndConstantColumnsVanish() {
        Dataset scaled = Preprocessing.fit(table).apply(table);
        assertThat(Samples.example(scaled, 0, 0)).contains(0, 1, 0, 0).endsWith(0f, 1f, 0f, 0f);
        assertThat(Samples.example(scaled, 1, 0)[4]).isEqualTo(1);
        Dataset other = ArrayDataset.of("other", new float[][] {{1, 0, 1, 900, 0}}, new int[] {0});
        assertThat(Samples.example(Preprocessing.fit(table).apply(other), 0, 0)[3])
                .isZero();
    }

    @Test
    void columnsWithoutAnyNumberBecomeZero() {
        Dataset empty = ArrayDataset.of("empty", new float[][] {{NAN, 1}, {NAN, 2}}, new int[] {0, 1});
        Dataset scaled = Preprocessing.fit(empty).apply(empty);
        assertThat(Samples.example(scaled, 0, 0)).containsExactly(0, -1);
    }

    @Test
    void picturesStay() {
        Dataset picture =
                ArrayDataset.of("p", Shape.of(1, 1, 2), new float[][] {{0.1f, 0.9f}}, new int[] {0}, List.of("a"));
        assertThat(Preprocessing.fit(picture)).isEqualTo(Preprocessing.NONE);
        assertThat(Samples.example(Preprocessing.NONE.apply(picture), 0, 0)).containsExactly(0.1f, 0.9f);
    }

    @Test
    void sequencesAreStandardisedPerFeatureOverTime() {
        float[][] values = {{1, 10, 3, 10}, {5, 30, 7, 30}};
        Dataset sequence = ArrayDataset.of("s", Shape.of(2, 2), values, new int[] {0, 0}, List.of("a"));
        Dataset scaled = Preprocessing.fit(sequence).apply(sequence);
        float root = (float) Math.sqrt(5);
        assertThat(Samples.example(scaled, 0, 0))
                .containsExactly(new float[] {-3 / root, -1, -1 / root, -1}, within(1e-6f));
    }

    @Test
    void partsAreTreatedEachInItsWay() {
        Dataset data = ArrayDataset.of("mixed", new float[][] {{0.5f, 0.5f, 2}, {0.25f, 0.5f, 4}}, new int[] {0, 1})
                .withParts(List.of(new Part("picture", Shape.of(1, 1, 2)), new Part("age", Shape.of(1))));
        Preprocessing fitted = Preprocessing.fit(data);
        assertThat(Samples.example(fitted.apply(data), 1, 0)).containsExactly(0.25f, 0.5f, 1);
    }

    @Test
    void numericTargetsAreScaledAndRestored() {
        Dataset data = Samples.numbers(5);
        Preprocessing fitted = Preprocessing.fit(data);
        float[] row = Samples.target(fitted.apply(data), 4, 0);
        assertThat(row[0]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
        fitted.restore(row, 0);
        assertThat(row[0]).isCloseTo(40, within(1e-4f));
        assertThat(Samples.target(fitted.applyToInputs(data), 4, 0)).containsExactly(40);
        assertThat(Samples.example(fitted.applyToInputs(data), 2, 0)).containsExactly(0);
    }

    @Test
    void aTargetThatDoesNotVaryKeepsItsScale() {
        Dataset data = ArrayDataset.of("flat", new float[][] {{1}, {2}}, new float[] {3, 3});
        float[] row = {3.5f};
        Preprocessing fitted = Preprocessing.fit(data);
        fitted.target(row, 0);
        assertThat(row[0]).isEqualTo(0.5f);
        fitted.restore(row, 0);
        assertThat(row[0]).isEqualTo(3.5f);
    }

    @Test
    void fittedOnTrainingPartAlone() {
        Dataset train = table.select(new int[] {0, 1});
        assertThat(Preprocessing.fit(train)).isNotEqualTo(Preprocessing.fit(table));
    }

    @Test
    void viewKeepsWhatItDoesNotChange() {
        Dataset view = Preprocessing.fit(table).apply(table);
        assertThat(view.features()).isEqualTo(table.features());
        assertThat(view.labels()).containsExactly(0, 1, 0, 1);
        assertThat(view.origin(2)).isEqualTo("table[2]");
    }

    @Test
    void textFormIsExact() {
        for (Preprocessing value :
                List.of(Preprocessing.fit(table), Preprocessing.fit(Samples.numbers(7)), Preprocessing.NONE)) {
            assertThat(Preprocessing.parse(value.text())).isEqualTo(value);
        }
    }

    @Test
    void damagedTextIsAnError() {
        assertThatThrownBy(() -> Preprocessing.parse("something"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1");
        for (String line : List.of(
                "input", "input x 1 0:1:0", "input 0 3 0:1:0 0:1:0", "input 0 1 0:1", "input 0 1 0:NaN:0", "what")) {
            assertThatThrownBy(() -> Preprocessing.parse("thimble-preprocessing 1\n" + line + "\n"))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("[preprocessing] line 2: ");
        }
    }

    @Test
    void shorterExamplesAreRefused() {
        assertThatThrownBy(() -> Preprocessing.fit(table).apply(Samples.numbers(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[preprocessing] expected examples of at least 5 elements but received [1]");
    }
}
