package thimble.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;

class ArrayDatasetTest {
    private static final float[][] TWO = {{1, 2, 3}, {4, 5, 6}};

    @Test
    void tableOfClasses() {
        Dataset data = ArrayDataset.of("mine", TWO, new int[] {2, 0});
        assertThat(data.example()).isEqualTo(Shape.of(3));
        assertThat(data.targets()).isEqualTo(new Targets.Classes(List.of("0", "1", "2")));
        assertThat(data.labels()).containsExactly(2, 0);
        assertThat(Samples.example(data, 1, 0)).containsExactly(4, 5, 6);
        assertThat(data.origin(1)).isEqualTo("mine[1]");
        assertThat(data.parts()).containsExactly(new Part("input", Shape.of(3)));
    }

    @Test
    void softLabels() {
        Targets targets = new Targets.Classes(List.of("no", "yes"));
        Dataset data = ArrayDataset.of("soft", Shape.of(3), TWO, new float[][] {{0.4f, 0.6f}, {1, 0}}, targets);
        assertThat(Samples.target(data, 0, 0)).containsExactly(0.4f, 0.6f);
        assertThat(data.labels()).containsExactly(1, 0);
        assertThatThrownBy(() ->
                        ArrayDataset.of("soft", Shape.of(3), TWO, new float[][] {{0.4f, 0.7f}, {1, 0}}, targets))
                .hasMessageContaining("numbers >= 0 with sum 1 but received sum 1.1");
        assertThatThrownBy(() ->
                        ArrayDataset.of("soft", Shape.of(3), TWO, new float[][] {{-0.5f, 1.5f}, {1, 0}}, targets))
                .hasMessageContaining("with a negative number at example 0");
    }

    @Test
    void numbersToPredict() {
        Dataset data = ArrayDataset.of("sums", TWO, new float[] {6, 15});
        assertThat(data.targets()).isEqualTo(new Targets.Numbers(List.of("target")));
        assertThat(Samples.target(data, 1, 0)).containsExactly(15);
    }

    @Test
    void severalInputs() {
        List<Part> parts = List.of(new Part("left", Shape.of(1, 1, 2)), new Part("right", Shape.of(1)));
        assertThat(ArrayDataset.of("pair", TWO, new int[] {0, 1})
                        .withParts(parts)
                        .parts())
                .isEqualTo(parts);
        assertThatThrownBy(() -> ArrayDataset.of("pair", TWO, new int[] {0, 1}).withParts(parts.subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[pair] expected parts of 3 elements in all but received 2 in ");
    }

    @Test
    void copyHoldsEverything() {
        Dataset source = ArrayDataset.of("mine", TWO, new int[] {1, 0})
                .withGroups(List.of("a", "b"))
                .withOrigins(List.of("x", "y"));
        Dataset copy = ArrayDataset.copyOf(source.select(new int[] {1}));
        assertThat(Samples.example(copy, 0, 0)).containsExactly(4, 5, 6);
        assertThat(copy.label(0)).isZero();
        assertThat(copy.group(0)).isEqualTo("b");
        assertThat(copy.origin(0)).isEqualTo("y");
    }

    @Test
    void arraysOfTheCallerAreCopied() {
        float[][] examples = {{1}, {2}};
        Dataset data = ArrayDataset.of("mine", examples, new int[] {0, 1});
        examples[0][0] = 7;
        assertThat(Samples.example(data, 0, 0)).containsExactly(1);
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> ArrayDataset.of("bad", new float[0][], new int[0]))
                .hasMessage("[bad] expected examples with at least one feature but received none");
        assertThatThrownBy(() -> ArrayDataset.of("bad", TWO, new int[] {0}))
                .hasMessage("[bad] expected as many targets as examples but received 1 and 2");
        assertThatThrownBy(() -> ArrayDataset.of("bad", TWO, new int[] {0, -1}))
                .hasMessage("[bad] expected a label in 0..0 but received -1 at example 1");
        assertThatThrownBy(() -> ArrayDataset.of("bad", new float[][] {{1, 2}, {1}}, new int[] {0, 1}))
                .hasMessage("[bad] expected 2 numbers for [2] but received 1 at example 1");
        assertThatThrownBy(() -> ArrayDataset.of("bad", new float[][] {{Float.POSITIVE_INFINITY}}, new int[] {0}))
                .hasMessageContaining("expected finite numbers, or NaN where one is missing, but received Infinity");
        assertThatThrownBy(() -> ArrayDataset.of("bad", TWO, new float[] {1, Float.NaN}))
                .hasMessage("[bad] expected finite targets but received NaN at example 1");
        assertThatThrownBy(() -> ArrayDataset.of("bad", TWO, new int[] {0, 1}).withGroups(List.of("a")))
                .hasMessage("[bad] expected one text per example, 2, but received 1");
    }
}
