package thimble.backend.gpu;

import thimble.tensor.Op;

/** Elementwise primitives as OpenCL C. Comparisons are 1 and 0; nothing is reassociated, so equal texts give equal bits. */
final class Expressions {
    private Expressions() {}

    static String unary(Op.UnaryKind kind, String a) {
        return switch (kind) {
            case NEG -> "-" + a;
            case EXP -> "exp(" + a + ")";
            case LOG -> "log(" + a + ")";
            case SQRT -> "sqrt(" + a + ")";
            case SIN -> "sin(" + a + ")";
            case TANH -> "tanh(" + a + ")";
            case SIGN -> a + " > 0.0f ? 1.0f : " + a + " < 0.0f ? -1.0f : " + a;
            case FLOOR -> "floor(" + a + ")";
        };
    }

    static String binary(Op.BinaryKind kind, String a, String b) {
        return switch (kind) {
            case ADD -> a + " + " + b;
            case MUL -> a + " * " + b;
            case DIV -> a + " / " + b;
            case MAX -> larger(a, b);
            case LESS -> a + " < " + b + " ? 1.0f : 0.0f";
            case EQUAL -> a + " == " + b + " ? 1.0f : 0.0f";
        };
    }

    /** b at a tie, NaN if either is. */
    static String larger(String a, String b) {
        return a + " <= " + b + " || isnan(" + b + ") ? " + b + " : " + a;
    }

    /** Over INT32: sums and products wrap, a division by 0 gives 0. */
    static String whole(Op.BinaryKind kind, String a, String b) {
        return switch (kind) {
            case ADD -> "(int) ((uint) " + a + " + (uint) " + b + ")";
            case MUL -> "(int) ((uint) " + a + " * (uint) " + b + ")";
            case DIV -> b + " == 0 ? 0 : " + b + " == -1 ? (int) (0u - (uint) " + a + ") : " + a + " / " + b;
            case MAX -> "max(" + a + ", " + b + ")";
            case LESS -> a + " < " + b + " ? 1.0f : 0.0f";
            case EQUAL -> a + " == " + b + " ? 1.0f : 0.0f";
        };
    }

    static String select(String condition, String yes, String no) {
        return condition + " != 0 ? " + yes + " : " + no;
    }

    /** A number, in parentheses if it has a sign. */
    static String literal(float value) {
        if (Float.isNaN(value)) {
            return "NAN";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "INFINITY" : "(-INFINITY)";
        }
        String text = Float.toHexString(value) + "f";
        return value < 0 || 1 / value < 0 ? "(" + text + ")" : text;
    }
}
