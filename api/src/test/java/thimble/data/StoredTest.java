package thimble.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;

class StoredTest {
    private static final Stored STORED = Stored.of("forest")
            .with("word", "oak")
            .with("count", 7)
            .with("share", 0.1)
            .with("flag", true)
            .with("whole", new int[] {3, -1})
            .with("line", new double[] {1e-300, Double.NaN})
            .with("rows", new float[][] {{1, 2, 3}, {4, 5, 6}})
            .with("wide", new double[][] {{1, 2}, {3, 4}, {5, 6}})
            .with("part", Stored.of("tree"));

    @Test
    void whatWasPutInComesOut() {
        assertThat(STORED.text("word")).isEqualTo("oak");
        assertThat(STORED.whole("count", 0, 7)).isEqualTo(7);
        assertThat(STORED.number("share")).isEqualTo(0.1);
        assertThat(STORED.flag("flag")).isTrue();
        assertThat(STORED.integers("whole")).containsExactly(3, -1);
        assertThat(STORED.doubles("line")).containsExactly(1e-300, Double.NaN);
        assertThat(STORED.floatRows("rows")).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(STORED.doubleRows("wide")).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        assertThat(STORED.part("part").kind()).isEqualTo("tree");
    }

    @Test
    void whatIsNotThereOrOfAnotherTypeIsSaid() {
        refused(() -> STORED.text("leaf"), "leaf] expected a text but received none");
        refused(() -> STORED.whole("count", 8, 9), "count] expected a whole number from 8 to 9 but received 7");
        refused(() -> STORED.whole("word", 0, 9), "word] expected a whole number from 0 to 9 but received oak");
        refused(() -> STORED.number("word"), "word] expected a number but received oak");
        refused(() -> STORED.flag("word"), "word] expected true or false but received oak");
        refused(() -> STORED.integers("line"), "line] expected 32-bit whole numbers [n] but received Doubles");
        refused(() -> STORED.doubles("rows"), "rows] expected numbers of rank 1 but received numbers [2,3]");
        refused(() -> STORED.floatRows("wide"), "wide] expected 32-bit numbers [n, m] but received Doubles");
        refused(() -> STORED.doubleRows("rows"), "rows] expected 64-bit numbers [n, m] but received Floats");
        refused(() -> STORED.part("word"), "word] expected a part but received none");
    }

    private static void refused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(DataException.class).hasMessage("[forest, " + message);
    }

    @Test
    void shapesAndNamesMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stored.Numbers.Floats(Shape.of(2, 2), new float[3]))
                .withMessage("[stored] expected 4 numbers for [2,2] but received 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STORED.with("a/b", Stored.of("tree")))
                .withMessage("[stored] expected a name of small letters, digits and hyphens but received 'a/b'");
    }
}
