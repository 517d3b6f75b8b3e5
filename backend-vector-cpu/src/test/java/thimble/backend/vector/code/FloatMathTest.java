package thimble.backend.vector.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import thimble.backend.vector.memory.Species;

/**
 * Elementary functions against float64 over sweeps of all exponents, and the vector forms against the scalar ones bit
 * for bit.
 */
class FloatMathTest {
    /** Distance between neighbouring bit patterns of the sweep: a prime, so that low bits vary. */
    private static final int STRIDE = 40_961;

    private interface Scalar {
        float apply(float x);
    }

    @Test
    void exp() {
        check("exp", 1.5, FloatMath::exp, VectorMath::exp, StrictMath::exp);
        assertThat(FloatMath.exp(0)).isEqualTo(1);
        assertThat(FloatMath.exp(-0f)).isEqualTo(1);
        assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.exp(89)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0);
        assertThat(FloatMath.exp(-103)).isEqualTo((float) StrictMath.exp(-103));
        assertThat(FloatMath.exp(Float.NaN)).isNaN();
    }

    @Test
    void log() {
        check("log", 1.5, FloatMath::log, VectorMath::log, StrictMath::log);
        assertThat(FloatMath.log(1)).isEqualTo(0);
        assertThat(FloatMath.log(0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
        assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.log(-1)).isNaN();
        assertThat(FloatMath.log(Float.NEGATIVE_INFINITY)).isNaN();
        assertThat(FloatMath.log(Float.NaN)).isNaN();
    }

    @Test
    void sin() {
        check("sin", 2, FloatMath::sin, VectorMath::sin, StrictMath::sin);
        assertThat(FloatMath.sin(0f)).isEqualTo(0f);
        assertThat(1 / FloatMath.sin(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.sin(Float.POSITIVE_INFINITY)).isNaN();
        assertThat(FloatMath.sin(Float.NaN)).isNaN();
    }

    @Test
    void tanh() {
        check("tanh", 1.5, FloatMath::tanh, VectorMath::tanh, StrictMath::tanh);
        assertThat(1 / FloatMath.tanh(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    }

    @Test
    void floorAndSignAreExact() {
        sweep(
                FloatMath::floor,
                VectorMath::floor,
                x -> assertThat(FloatMath.floor(x)).isEqualTo((float) StrictMath.floor(x)));
        sweep(
                FloatMath::sign,
                VectorMath::sign,
                x -> assertThat(FloatMath.sign(x)).isEqualTo(Math.signum(x)));
        assertThat(FloatMath.floor(-0.5f)).isEqualTo(-1);
        assertThat(1 / FloatMath.floor(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    private interface Check {
        void at(float x);
    }

    private static void check(
            String name, double limit, Scalar scalar, UnaryOperator<FloatVector> vector, DoubleUnaryOperator exact) {
        double[] worst = new double[2];
        sweep(scalar, vector, x -> {
            double value = exact.applyAsDouble(x);
            float rounded = (float) value;
            if (Float.isFinite(rounded)) {
                double error = Math.abs(scalar.apply(x) - value) / Math.ulp(rounded);
                if (!(error <= worst[0])) {
                    worst[0] = error;
                    worst[1] = x;
                }
            }
        });
        assertThat(worst[0])
                .as("%s: units in the last place, at %s", name, (float) worst[1])
                .isLessThanOrEqualTo(limit);
    }

    private static void sweep(Scalar scalar, UnaryOperator<FloatVector> vector, Check check) {
        float[] inputs = new float[Species.LANES];
        int filled = 0;
        for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            inputs[filled++] = x;
            if (!Float.isNaN(x)) {
                check.at(x);
            }
            if (filled == inputs.length) {
                filled = 0;
                float[] outputs = vector.apply(FloatVector.fromArray(Species.FLOATS, inputs, 0))
                        .toArray();
                for (int i = 0; i < outputs.length; i++) {
                    if (Float.floatToIntBits(outputs[i]) != Float.floatToIntBits(scalar.apply(inputs[i]))) {
                        assertThat(outputs[i]).as("vector at %s", inputs[i]).isEqualTo(scalar.apply(inputs[i]));
                    }
                }
            }
        }
    }
}
