package thimble.backend.vector.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.backend.vector.memory.Values;

/**
 * Copies a box of elements between two arrays of any strides. A source stride of 0 repeats. The box is cut into rows, each copied or filled
 * at once; where the last axis is short a row has several axes and tables of its places.
 *
 * @param rowsFrom where each row begins in the source
 * @param rowsTo where each row begins in the destination
 * @param from places within a row in the source
 * @param to the same in the destination
 * @param kind how a row is copied
 */
record Strided(int[] rowsFrom, int[] rowsTo, int[] from, int[] to, Kind kind) {
    /** Elements of an axis that is worth a loop of its own. */
    private static final int LONG = 16;

    /** Fewest elements of a row of several axes. */
    private static final int ROW = 256;

    /** How a row is copied. */
    enum Kind {
        /** Neighbours to neighbours. */
        COPY,
        /** One element to neighbours. */
        FILL,
        /** By the table of places in the source to neighbours. */
        GATHER,
        /** By both tables. */
        TABLE
    }

    /** The copy with few rows. */
    static Strided of(int[] sizes, int from, int[] fromStrides, int to, int[] toStrides) {
        List<int[]> axes = merged(sizes, fromStrides, toStrides);
        int[] last = axes.getLast();
        Kind kind = last[0] < LONG || last[1] > 1 || last[2] != 1 ? Kind.TABLE : last[1] == 1 ? Kind.COPY : Kind.FILL;
        int first = axes.size() - 1;
        int elements = last[0];
        while (kind == Kind.TABLE && elements < ROW && first > 0) {
            first--;
            elements *= axes.get(first)[0];
        }
        List<int[]> outer = axes.subList(0, first);
        List<int[]> inner = axes.subList(first, axes.size());
        int[] write = places(inner, 2, 0);
        boolean neighbours = kind == Kind.TABLE && write[write.length - 1] == write.length - 1;
        return new Strided(
                places(outer, 1, from),
                places(outer, 2, to),
                places(inner, 1, 0),
                write,
                neighbours ? Kind.GATHER : kind);
    }

    /** Axes longer than 1 as size and both strides, neighbours joined where both strides allow it; at least one. */
    private static List<int[]> merged(int[] sizes, int[] fromStrides, int[] toStrides) {
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
        return axes;
    }

    private static int[] places(List<int[]> axes, int stride, int first) {
        int[] places = {first};
        for (int[] axis : axes) {
            int[] before = places;
            places = new int[before.length * axis[0]];
            for (int i = 0; i < places.length; i++) {
                places[i] = before[i / axis[0]] + i % axis[0] * axis[stride];
            }
        }
        return places;
    }

    void run(Values source, Values target) {
        boolean floats = target.floats().length > 0;
        for (int row = 0; row < rowsFrom.length; row++) {
            if (floats) {
                floats(source.floats(), rowsFrom[row], target.floats(), rowsTo[row]);
            } else {
                ints(source.ints(), rowsFrom[row], target.ints(), rowsTo[row]);
            }
        }
    }

    private void floats(float[] a, int i, float[] o, int j) {
        switch (kind) {
            case COPY -> System.arraycopy(a, i, o, j, from.length);
            case FILL -> Arrays.fill(o, j, j + from.length, a[i]);
            case GATHER -> gather(a, i, from, o, j);
            case TABLE -> floats(a, i, from, o, j, to);
        }
    }

    private static void gather(float[] a, int i, int[] from, float[] o, int j) {
        for (int k = 0; k < from.length; k++) {
            o[j + k] = a[i + from[k]];
        }
    }

    private static void floats(float[] a, int i, int[] from, float[] o, int j, int[] to) {
        for (int k = 0; k < from.length; k++) {
            o[j + to[k]] = a[i + from[k]];
        }
    }

    private void ints(int[] a, int i, int[] o, int j) {
        for (int k = 0; k < from.length; k++) {
            o[j + to[k]] = a[i + from[k]];
        }
    }
}
