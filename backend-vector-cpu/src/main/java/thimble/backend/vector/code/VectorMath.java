package thimble.backend.vector.code;

import static thimble.backend.vector.code.FloatMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import thimble.backend.vector.memory.Species;

/**
 * Elementary functions of vectors of {@link Species#FLOATS}, with the bits of {@link FloatMath}. The JDK's own
 * operators give other bits before and after compilation, so they are never used. Square roots need none of this:
 * {@link FloatVector#sqrt} is exact. Functions without branches are copied into kernels by {@link MathCode}.
 */
public final class VectorMath {
    /** As {@link Species#FLOATS}. */
    public static final VectorSpecies<Float> FLOATS = Species.FLOATS;

    private VectorMath() {}

    /** eˣ. */
    public static FloatVector exp(FloatVector x) {
        FloatVector low = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
        FloatVector c = low.blend(EXP_MIN, low.compare(VectorOperators.LT, EXP_MIN));
        FloatVector shifted = c.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r =
                n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), c));
        FloatVector p = r.fma(FloatVector.broadcast(FLOATS, E5), FloatVector.broadcast(FLOATS, E4));
        p = r.fma(p, FloatVector.broadcast(FLOATS, E3));
        p = r.fma(p, FloatVector.broadcast(FLOATS, E2));
        p = r.fma(p, FloatVector.broadcast(FLOATS, E1));
        p = r.fma(p, FloatVector.broadcast(FLOATS, E0));
        FloatVector e = r.mul(r).fma(p, r).add(1f);
        IntVector i = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = i.lanewise(VectorOperators.ASHR, 1);
        IntVector first = half.add(127).lanewise(VectorOperators.LSHL, 23);
        IntVector second = i.sub(half).add(127).lanewise(VectorOperators.LSHL, 23);
        return e.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
    }

    /** ln x; −∞ at 0, NaN below. */
    public static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(0x1p23f), tiny).reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector whole = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        FloatVector n = whole.blend(whole.sub(23f), tiny);
        FloatVector p = f.fma(FloatVector.broadcast(FLOATS, L8), FloatVector.broadcast(FLOATS, L7));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L6));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L5));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L4));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L3));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L2));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L1));
        p = f.fma(p, FloatVector.broadcast(FLOATS, L0));
        FloatVector z = f.mul(f);
        FloatVector low = n.fma(FloatVector.broadcast(FLOATS, LN2_LOW), f.mul(z).mul(p));
        FloatVector result =
                n.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), f.add(z.fma(FloatVector.broadcast(FLOATS, -0.5f), low)));
        result = result.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        FloatVector limited = x.blend(result, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
        return limited.blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
    }

    /** sin x, x in radians; NaN at ±∞. */
    public static FloatVector sin(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector a = bits.and(~SIGN).reinterpretAsFloats();
        if (a.compare(VectorOperators.GT, SIN_MAX).anyTrue()) {
            return eachSin(x);
        }
        FloatVector shifted = a.fma(FloatVector.broadcast(FLOATS, INVERSE_PI), FloatVector.broadcast(FLOATS, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector first = n.fma(FloatVector.broadcast(FLOATS, -PI_HIGH), a);
        FloatVector product = n.mul(-PI_MIDDLE);
        FloatVector second = first.add(product);
        FloatVector taken = second.sub(first);
        FloatVector lost = first.sub(second.sub(taken)).add(product.sub(taken));
        FloatVector r = second.add(lost.add(n.fma(
                FloatVector.broadcast(FLOATS, -PI_LOW),
                n.fma(FloatVector.broadcast(FLOATS, -PI_MIDDLE), product.neg()))));
        FloatVector z = r.mul(r);
        FloatVector p = z.fma(FloatVector.broadcast(FLOATS, S4), FloatVector.broadcast(FLOATS, S3));
        p = z.fma(p, FloatVector.broadcast(FLOATS, S2));
        p = z.fma(p, FloatVector.broadcast(FLOATS, S1));
        p = z.fma(p, FloatVector.broadcast(FLOATS, S0));
        IntVector s = r.mul(z).fma(p, r).reinterpretAsInts();
        IntVector odd = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 31);
        return s.lanewise(VectorOperators.XOR, odd)
                .lanewise(VectorOperators.XOR, bits.and(SIGN))
                .reinterpretAsFloats();
    }

    /** Hyperbolic tangent. */
    public static FloatVector tanh(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector a = bits.and(~SIGN).reinterpretAsFloats();
        FloatVector z = a.mul(a);
        FloatVector p = z.fma(FloatVector.broadcast(FLOATS, T4), FloatVector.broadcast(FLOATS, T3));
        p = z.fma(p, FloatVector.broadcast(FLOATS, T2));
        p = z.fma(p, FloatVector.broadcast(FLOATS, T1));
        p = z.fma(p, FloatVector.broadcast(FLOATS, T0));
        FloatVector small = a.mul(z).fma(p, a);
        FloatVector power = exp(a.add(a));
        FloatVector large = FloatVector.broadcast(FLOATS, 1f)
                .sub(FloatVector.broadcast(FLOATS, 2f).div(power.add(1f)));
        FloatVector result = small.blend(large, a.compare(VectorOperators.GT, TANH_SMALL));
        return result.reinterpretAsInts().or(bits.and(SIGN)).reinterpretAsFloats();
    }

    /** Largest integer not above x, with the sign of x where it is 0. */
    public static FloatVector floor(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector a = bits.and(~SIGN).reinterpretAsFloats();
        IntVector whole = a.add(0x1p23f).sub(0x1p23f).reinterpretAsInts();
        FloatVector nearest = whole.or(bits.and(SIGN)).reinterpretAsFloats();
        FloatVector result = nearest.blend(nearest.sub(1f), nearest.compare(VectorOperators.GT, x));
        return x.blend(result, a.compare(VectorOperators.LT, 0x1p23f));
    }

    /** −1, 0 or 1; NaN gives NaN and zeros keep their sign. */
    public static FloatVector sign(FloatVector x) {
        return x.blend(1f, x.compare(VectorOperators.GT, 0f)).blend(-1f, x.compare(VectorOperators.LT, 0f));
    }

    /** Arguments so large that they need more digits of π are rare: one by one. */
    private static FloatVector eachSin(FloatVector x) {
        float[] values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = FloatMath.sin(values[i]);
        }
        return FloatVector.fromArray(Species.FLOATS, values, 0);
    }
}
