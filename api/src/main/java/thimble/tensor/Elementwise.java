package thimble.tensor;

import java.util.function.DoubleUnaryOperator;

/** Float64 and exact INT32 meaning of the elementwise primitives. */
final class Elementwise {
    private Elementwise() {}

    static double[] unary(Op.UnaryKind kind, double[] a) {
        return switch (kind) {
            case NEG -> map(a, x -> -x);
            case EXP -> map(a, StrictMath::exp);
            case LOG -> map(a, StrictMath::log);
            case SQRT -> map(a, Math::sqrt);
            case SIN -> map(a, StrictMath::sin);
            case TANH -> map(a, StrictMath::tanh);
            case SIGN -> map(a, Math::signum);
            case FLOOR -> map(a, Math::floor);
        };
    }

    static double[] binary(Op.BinaryKind kind, DType dtype, double[] a, double[] b) {
        double[] out = new double[a.length];
        boolean whole = dtype == DType.INT32;
        switch (kind) {
            case ADD -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = whole ? (int) a[i] + (int) b[i] : a[i] + b[i];
                }
            }
            case MUL -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = whole ? (int) a[i] * (int) b[i] : a[i] * b[i];
                }
            }
            case DIV -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = whole ? divide((int) a[i], (int) b[i]) : a[i] / b[i];
                }
            }
            case MAX -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = larger(a[i], b[i]);
                }
            }
            case LESS -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = a[i] < b[i] ? 1 : 0;
                }
            }
            case EQUAL -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = a[i] == b[i] ? 1 : 0;
                }
            }
        }
        return out;
    }

    static double[] select(double[] condition, double[] yes, double[] no) {
        double[] out = new double[yes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = condition[i] != 0 ? yes[i] : no[i];
        }
        return out;
    }

    static double[] map(double[] a, DoubleUnaryOperator function) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(a[i]);
        }
        return out;
    }

    /** The larger; b at a tie, NaN if either is. */
    static double larger(double a, double b) {
        return a <= b || Double.isNaN(b) ? b : a;
    }

    private static int divide(int a, int b) {
        return b == 0 ? 0 : a / b;
    }
}
