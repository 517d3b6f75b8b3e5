package thimble.backend.vector.code;

/**
 * Elementary functions of one float, in fused multiply-adds. {@link VectorMath} does the same operations in the same
 * order, so both give the same bits, interpreted or compiled, at any vector width. Errors against the exact value:
 * exp, log and tanh at most 1.5 units in the last place, sin 2. Subnormal arguments and results are exact cases like
 * any other; NaN gives NaN.
 *
 * <p>Ranges are reduced as in W. Cody, W. Waite, Software Manual for the Elementary Functions, 1980, with constants
 * split in two or three; polynomials are our own minimax fits.
 */
public final class FloatMath {
    /** 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = 0x4B400000;
    static final int SIGN = 0x80000000;
    static final float LOG2_E = 0x1.715476p+0f;
    static final float LN2_HIGH = 0x1.62e430p-1f;
    static final float LN2_LOW = -0x1.05c610p-29f;
    static final float EXP_MAX = 89f;
    static final float EXP_MIN = -105f;
    static final float E0 = 0x1.000000p-1f;
    static final float E1 = 0x1.555554p-3f;
    static final float E2 = 0x1.55548ep-5f;
    static final float E3 = 0x1.111270p-7f;
    static final float E4 = 0x1.6d8d08p-10f;
    static final float E5 = 0x1.9f0896p-13f;
    static final int SQRT_HALF_BITS = 0x3f3504f3;
    static final float L0 = 0x1.555548p-2f;
    static final float L1 = -0x1.000006p-2f;
    static final float L2 = 0x1.99a4b6p-3f;
    static final float L3 = -0x1.555c4ep-3f;
    static final float L4 = 0x1.233768p-3f;
    static final float L5 = -0x1.fc2206p-4f;
    static final float L6 = 0x1.e6f06ep-4f;
    static final float L7 = -0x1.de3c22p-4f;
    static final float L8 = 0x1.1457b0p-4f;
    static final float INVERSE_PI = 0x1.45f306p-2f;
    static final float PI_HIGH = 0x1.921fb6p+1f;
    static final float PI_MIDDLE = -0x1.777a5cp-24f;
    static final float PI_LOW = -0x1.ee59dap-49f;
    static final float S0 = -0x1.555556p-3f;
    static final float S1 = 0x1.11110cp-7f;
    static final float S2 = -0x1.a017dap-13f;
    static final float S3 = 0x1.717074p-19f;
    static final float S4 = -0x1.9a6782p-26f;
    static final float SIN_MAX = 0x1p17f;
    static final float TANH_SMALL = 0.625f;
    static final float T0 = -0x1.555532p-2f;
    static final float T1 = 0x1.110726p-3f;
    static final float T2 = -0x1.b83c3ap-5f;
    static final float T3 = 0x1.5225bep-6f;
    static final float T4 = -0x1.75ddcap-8f;

    private FloatMath() {}

    /** eˣ. */
    public static float exp(float x) {
        float c = x > EXP_MAX ? EXP_MAX : x;
        c = c < EXP_MIN ? EXP_MIN : c;
        float shifted = Math.fma(c, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, c));
        float p = Math.fma(r, E5, E4);
        p = Math.fma(r, p, E3);
        p = Math.fma(r, p, E2);
        p = Math.fma(r, p, E1);
        p = Math.fma(r, p, E0);
        float e = Math.fma(r * r, p, r) + 1f;
        int i = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        int half = i >> 1;
        return e * power(half) * power(i - half);
    }

    /** ln x; −∞ at 0, NaN below. */
    public static float log(float x) {
        boolean tiny = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(tiny ? x * 0x1p23f : x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
        float n = Float.intBitsToFloat(exponent + ROUND_BITS) - ROUND;
        n = tiny ? n - 23f : n;
        float p = Math.fma(f, L8, L7);
        p = Math.fma(f, p, L6);
        p = Math.fma(f, p, L5);
        p = Math.fma(f, p, L4);
        p = Math.fma(f, p, L3);
        p = Math.fma(f, p, L2);
        p = Math.fma(f, p, L1);
        p = Math.fma(f, p, L0);
        float z = f * f;
        float low = Math.fma(n, LN2_LOW, f * z * p);
        float result = Math.fma(n, LN2_HIGH, f + Math.fma(z, -0.5f, low));
        result = x == 0f ? Float.NEGATIVE_INFINITY : result;
        result = x < Float.POSITIVE_INFINITY ? result : x;
        return x < 0f ? Float.NaN : result;
    }

    /** sin x, x in radians; NaN at ±∞. Beyond 2¹⁷ the float64 function of the JDK is rounded. */
    public static float sin(float x) {
        int bits = Float.floatToRawIntBits(x);
        float a = Float.intBitsToFloat(bits & ~SIGN);
        if (a > SIN_MAX) {
            return (float) StrictMath.sin(x);
        }
        float shifted = Math.fma(a, INVERSE_PI, ROUND);
        float n = shifted - ROUND;
        float first = Math.fma(n, -PI_HIGH, a);
        float product = n * -PI_MIDDLE;
        float second = first + product;
        float taken = second - first;
        float lost = (first - (second - taken)) + (product - taken);
        float r = second + (lost + Math.fma(n, -PI_LOW, Math.fma(n, -PI_MIDDLE, -product)));
        float z = r * r;
        float p = Math.fma(z, S4, S3);
        p = Math.fma(z, p, S2);
        p = Math.fma(z, p, S1);
        p = Math.fma(z, p, S0);
        int s = Float.floatToRawIntBits(Math.fma(r * z, p, r));
        return Float.intBitsToFloat(s ^ (Float.floatToRawIntBits(shifted) << 31) ^ (bits & SIGN));
    }

    /** Hyperbolic tangent. */
    public static float tanh(float x) {
        int bits = Float.floatToRawIntBits(x);
        float a = Float.intBitsToFloat(bits & ~SIGN);
        float z = a * a;
        float p = Math.fma(z, T4, T3);
        p = Math.fma(z, p, T2);
        p = Math.fma(z, p, T1);
        p = Math.fma(z, p, T0);
        float small = Math.fma(a * z, p, a);
        float large = 1f - 2f / (exp(a + a) + 1f);
        float result = a > TANH_SMALL ? large : small;
        return Float.intBitsToFloat(Float.floatToRawIntBits(result) | (bits & SIGN));
    }

    /** Largest integer not above x, with the sign of x where it is 0. */
    static float floor(float x) {
        int bits = Float.floatToRawIntBits(x);
        float a = Float.intBitsToFloat(bits & ~SIGN);
        float nearest = Float.intBitsToFloat(Float.floatToRawIntBits((a + 0x1p23f) - 0x1p23f) | (bits & SIGN));
        float result = nearest > x ? nearest - 1f : nearest;
        return a < 0x1p23f ? result : x;
    }

    /** −1, 0 or 1; NaN gives NaN and zeros keep their sign. */
    static float sign(float x) {
        float result = x > 0f ? 1f : x;
        return x < 0f ? -1f : result;
    }

    private static float power(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }
}
