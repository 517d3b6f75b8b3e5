package thimble.backend.vector.scalar;

import thimble.backend.vector.memory.Values;
import thimble.tensor.DType;
import thimble.tensor.Op;

/** Elementwise primitives over INT32 arrays, and conversions. */
final class ScalarIntegers {
    private ScalarIntegers() {}

    static Runnable binary(Op.BinaryKind kind, int[] a, int[] b, Values out) {
        int[] o = out.ints();
        float[] hits = out.floats();
        return switch (kind) {
            case ADD ->
                () -> {
                    for (int i = 0; i < o.length; i++) {
                        o[i] = a[i] + b[i];
                    }
                };
            case MUL ->
                () -> {
                    for (int i = 0; i < o.length; i++) {
                        o[i] = a[i] * b[i];
                    }
                };
            case DIV ->
                () -> {
                    for (int i = 0; i < o.length; i++) {
                        o[i] = b[i] == 0 ? 0 : a[i] / b[i];
                    }
                };
            case MAX ->
                () -> {
                    for (int i = 0; i < o.length; i++) {
                        o[i] = Math.max(a[i], b[i]);
                    }
                };
            case LESS ->
                () -> {
                    for (int i = 0; i < hits.length; i++) {
                        hits[i] = a[i] < b[i] ? 1 : 0;
                    }
                };
            case EQUAL ->
                () -> {
                    for (int i = 0; i < hits.length; i++) {
                        hits[i] = a[i] == b[i] ? 1 : 0;
                    }
                };
        };
    }

    static Runnable select(float[] condition, int[] yes, int[] no, int[] o) {
        return () -> {
            for (int i = 0; i < o.length; i++) {
                o[i] = condition[i] != 0 ? yes[i] : no[i];
            }
        };
    }

    static Runnable cast(DType from, DType to, Values in, Values out) {
        if (from == to) {
            return ScalarMovement.copy(in, out);
        }
        float[] floats = to == DType.INT32 ? in.floats() : out.floats();
        int[] ints = to == DType.INT32 ? out.ints() : in.ints();
        return to == DType.INT32
                ? () -> {
                    for (int i = 0; i < ints.length; i++) {
                        ints[i] = (int) floats[i];
                    }
                }
                : () -> {
                    for (int i = 0; i < ints.length; i++) {
                        floats[i] = ints[i];
                    }
                };
    }
}
