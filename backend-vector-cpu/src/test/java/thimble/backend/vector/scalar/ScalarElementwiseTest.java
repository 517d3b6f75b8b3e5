package thimble.backend.vector.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thimble.tensor.Op;

/** Comparisons without branches, at zeros of both signs, infinities, NaN and neighbours. */
class ScalarElementwiseTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Math.nextUp(1f),
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private interface Comparison {
        float of(float a, float b);
    }

    @Test
    void less() {
        compare(Op.BinaryKind.LESS, (a, b) -> a < b ? 1 : 0);
    }

    @Test
    void equal() {
        compare(Op.BinaryKind.EQUAL, (a, b) -> a == b ? 1 : 0);
    }

    @Test
    void max() {
        compare(Op.BinaryKind.MAX, (a, b) -> a <= b || b != b ? b : a);
    }

    private static void compare(Op.BinaryKind kind, Comparison expected) {
        for (float first : SPECIAL) {
            for (float second : SPECIAL) {
                float[] result = new float[1];
                ScalarElementwise.binary(kind, new float[] {first}, new float[] {second}, result)
                        .run();
                float wanted = expected.of(first, second);
                // zeros of both signs are one number here
                assertThat(result[0] + 0f).as("%s %s %s", first, kind, second).isEqualTo(Float.valueOf(wanted + 0f));
            }
        }
    }
}
