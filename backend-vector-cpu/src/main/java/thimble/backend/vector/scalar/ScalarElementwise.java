package thimble.backend.vector.scalar;

import thimble.backend.vector.code.FloatMath;
import thimble.tensor.Op;

/**
 * Elementwise primitives over FLOAT32 arrays. Comparisons are made of arithmetic, since the compiler does not vectorise a loop that chooses
 * between two constants; zeros of both signs are one number to them and to the largest of two.
 */
final class ScalarElementwise {
    private ScalarElementwise() {}

    static Runnable unary(Op.UnaryKind kind, float[] a, float[] o) {
        return switch (kind) {
            case NEG -> () -> negate(a, o);
            case EXP -> () -> exp(a, o);
            case LOG -> () -> log(a, o);
            case SQRT -> () -> sqrt(a, o);
            case SIN -> () -> sin(a, o);
            case TANH -> () -> tanh(a, o);
            case SIGN -> () -> sign(a, o);
            case FLOOR -> () -> floor(a, o);
        };
    }

    static Runnable binary(Op.BinaryKind kind, float[] a, float[] b, float[] o) {
        return switch (kind) {
            case ADD -> () -> add(a, b, o);
            case MUL -> () -> multiply(a, b, o);
            case DIV -> () -> divide(a, b, o);
            case MAX -> () -> max(a, b, o);
            case LESS -> () -> less(a, b, o);
            case EQUAL -> () -> equal(a, b, o);
        };
    }

    static Runnable select(float[] condition, float[] yes, float[] no, float[] o) {
        return () -> {
            for (int i = 0; i < o.length; i++) {
                o[i] = condition[i] != 0 ? yes[i] : no[i];
            }
        };
    }

    private static void negate(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = -a[i];
        }
    }

    private static void exp(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = FloatMath.exp(a[i]);
        }
    }

    private static void log(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = FloatMath.log(a[i]);
        }
    }

    private static void sqrt(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = (float) Math.sqrt(a[i]);
        }
    }

    private static void sin(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = FloatMath.sin(a[i]);
        }
    }

    private static void tanh(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = FloatMath.tanh(a[i]);
        }
    }

    private static void sign(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = Math.signum(a[i]);
        }
    }

    private static void floor(float[] a, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = (float) Math.floor(a[i]);
        }
    }

    private static void add(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = a[i] + b[i];
        }
    }

    private static void multiply(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = a[i] * b[i];
        }
    }

    private static void divide(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = a[i] / b[i];
        }
    }

    private static void max(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = Math.max(a[i], b[i]);
        }
    }

    private static void less(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            o[i] = Math.max(0, (int) Math.signum(b[i] - a[i]));
        }
    }

    private static void equal(float[] a, float[] b, float[] o) {
        for (int i = 0; i < o.length; i++) {
            int ordered = (int) (1 + 0 * Math.signum(a[i]) * Math.signum(b[i]));
            o[i] = ordered - Math.abs((int) Math.signum(a[i] - b[i]));
        }
    }
}
