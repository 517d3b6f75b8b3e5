package thimble.backend.vector.scalar;

import java.util.Arrays;
import java.util.List;
import thimble.backend.vector.memory.Values;
import thimble.tensor.Shape;

/** Primitives that move elements without arithmetic, and the adjoint of gathering. */
final class ScalarMovement {
    private ScalarMovement() {}

    static Runnable copy(Values in, Values out) {
        int floats = out.floats().length;
        int ints = out.ints().length;
        return () -> {
            System.arraycopy(in.floats(), 0, out.floats(), 0, floats);
            System.arraycopy(in.ints(), 0, out.ints(), 0, ints);
        };
    }

    static Runnable broadcast(Shape from, Shape to, Values in, Values out) {
        int[] strides = from.strides();
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = from.size(axis) == to.size(axis) ? strides[axis] : 0;
        }
        return strided(Strided.of(to.toArray(), 0, strides, 0, to.strides()), in, out);
    }

    static Runnable transpose(Shape from, List<Integer> order, Values in, Values out) {
        int[] strides = from.strides();
        int[] read = order.stream().mapToInt(axis -> strides[axis]).toArray();
        Shape to = Shape.of(order.stream().mapToInt(from::size).toArray());
        return strided(Strided.of(to.toArray(), 0, read, 0, to.strides()), in, out);
    }

    static Runnable slice(Shape from, Shape to, int axis, int first, Values in, Values out) {
        return strided(
                Strided.of(to.toArray(), first * from.strides()[axis], from.strides(), 0, to.strides()), in, out);
    }

    static Runnable pad(Shape from, Shape to, int axis, int before, double value, Values in, Values out) {
        Strided copy = Strided.of(from.toArray(), 0, from.strides(), before * to.strides()[axis], to.strides());
        return () -> {
            Arrays.fill(out.floats(), (float) value);
            Arrays.fill(out.ints(), (int) value);
            copy.run(in, out);
        };
    }

    static Runnable concat(List<Shape> from, Shape to, int axis, List<Values> in, Values out) {
        Strided[] copies = new Strided[from.size()];
        int first = 0;
        for (int i = 0; i < copies.length; i++) {
            Shape part = from.get(i);
            copies[i] = Strided.of(part.toArray(), 0, part.strides(), first * to.strides()[axis], to.strides());
            first += part.size(axis);
        }
        return () -> {
            for (int i = 0; i < copies.length; i++) {
                copies[i].run(in.get(i), out);
            }
        };
    }

    static Runnable gather(Shape from, int axis, Values in, int[] indices, Values out) {
        int inner = from.strides()[axis];
        int size = from.size(axis);
        int outer = from.elements() / size / inner;
        boolean floats = out.floats().length > 0;
        return () -> {
            for (int i = 0; i < outer; i++) {
                for (int k = 0; k < indices.length; k++) {
                    int read = (i * size + checked("gather", indices[k], size)) * inner;
                    int write = (i * indices.length + k) * inner;
                    if (floats) {
                        System.arraycopy(in.floats(), read, out.floats(), write, inner);
                    } else {
                        System.arraycopy(in.ints(), read, out.ints(), write, inner);
                    }
                }
            }
        };
    }

    static Runnable scatterAdd(Shape to, int axis, float[] in, int[] indices, float[] out) {
        int inner = to.strides()[axis];
        int size = to.size(axis);
        int outer = to.elements() / size / inner;
        return () -> {
            Arrays.fill(out, 0);
            for (int i = 0; i < outer; i++) {
                for (int k = 0; k < indices.length; k++) {
                    int write = (i * size + checked("scatter", indices[k], size)) * inner;
                    int read = (i * indices.length + k) * inner;
                    for (int j = 0; j < inner; j++) {
                        out[write + j] += in[read + j];
                    }
                }
            }
        };
    }

    private static int checked(String name, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected indices in 0.." + (size - 1) + " but received " + index);
        }
        return index;
    }

    private static Runnable strided(Strided copy, Values in, Values out) {
        return () -> copy.run(in, out);
    }
}
