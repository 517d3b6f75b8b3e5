package thimble.backend.vector.scalar;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.memory.Values;

/**
 * Copies a box of elements between two arrays of any strides. A source stride of 0 repeats.
 *
 * @param sizes size per axis, neighbouring axes merged where both strides allow it
 * @param from first element read
 * @param fromStrides distance between neighbours in the source
 * @param to first element written
 * @param toStrides distance between neighbours in the destination
 */
record Strided(int[] sizes, int from, int[] fromStrides, int to, int[] toStrides) {
    /** The copy with as few axes as possible. */
    static Strided of(int[] sizes, int from, int[] fromStrides, int to, int[] toStrides) {
        List<int[]> axes = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            int[] last = axes.isEmpty() ? null : axes.getLast();
            if (sizes[i] == 1) {
                continue;
            }
            if (last != null && last[1] == sizes[i] * fromStrides[i] && last[2] == sizes[i] * toStrides[i]) {
                axes.set(axes.size() - 1, new int[] {last[0] * sizes[i], fromStrides[i], toStrides[i]});
            } else {
                axes.add(new int[] {sizes[i], fromStrides[i], toStrides[i]});
            }
        }
        if (axes.isEmpty()) {
            axes.add(new int[] {1, 1, 1});
        }
        return new Strided(column(axes, 0), from, column(axes, 1), to, column(axes, 2));
    }

    private static int[] column(List<int[]> axes, int index) {
        return axes.stream().mapToInt(axis -> axis[index]).toArray();
    }

    void run(Values source, Values target) {
        if (target.floats().length > 0) {
            floats(0, source.floats(), from, target.floats(), to);
        } else {
            ints(0, source.ints(), from, target.ints(), to);
        }
    }

    private void floats(int axis, float[] a, int i, float[] o, int j) {
        int size = sizes[axis];
        int read = fromStrides[axis];
        int write = toStrides[axis];
        if (axis < sizes.length - 1) {
            for (int k = 0; k < size; k++) {
                floats(axis + 1, a, i + k * read, o, j + k * write);
            }
        } else if (read == 1 && write == 1) {
            System.arraycopy(a, i, o, j, size);
        } else {
            for (int k = 0; k < size; k++) {
                o[j + k * write] = a[i + k * read];
            }
        }
    }

    private void ints(int axis, int[] a, int i, int[] o, int j) {
        for (int k = 0; k < sizes[axis]; k++) {
            if (axis < sizes.length - 1) {
                ints(axis + 1, a, i + k * fromStrides[axis], o, j + k * toStrides[axis]);
            } else {
                o[j + k * toStrides[axis]] = a[i + k * fromStrides[axis]];
            }
        }
    }
}
