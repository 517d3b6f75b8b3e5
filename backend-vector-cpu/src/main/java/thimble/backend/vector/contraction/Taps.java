package thimble.backend.vector.contraction;

import java.util.Arrays;

/**
 * Which kernel elements of one axis meet an element of the other side at one position, and where. Positions with equal
 * taps share an offset table.
 *
 * @param base position on the other side from which {@code shift} counts
 * @param index kernel elements, ascending
 * @param shift positions of the elements they meet, relative to {@code base}
 */
record Taps(int base, int[] index, int[] shift) {
    /** Taps of output position {@code at} in an input axis; elements further outside than {@code halo} are left out. */
    static Taps forward(int at, int kernel, int stride, int pad, int dilation, int size, int halo) {
        int base = at * stride - pad;
        int[] index = new int[kernel];
        int[] shift = new int[kernel];
        int n = 0;
        for (int k = 0; k < kernel; k++) {
            int position = base + k * dilation;
            if (position >= -halo && position < size + halo) {
                index[n] = k;
                shift[n++] = k * dilation;
            }
        }
        return new Taps(base, Arrays.copyOf(index, n), Arrays.copyOf(shift, n));
    }

    /** Taps of input position {@code at} in an output axis of {@code size} positions. */
    static Taps adjoint(int at, int kernel, int stride, int pad, int dilation, int size) {
        int base = Math.floorDiv(at + pad, stride);
        int[] index = new int[kernel];
        int[] shift = new int[kernel];
        int n = 0;
        for (int k = 0; k < kernel; k++) {
            int from = at + pad - k * dilation;
            int position = Math.floorDiv(from, stride);
            if (Math.floorMod(from, stride) == 0 && position >= 0 && position < size) {
                index[n] = k;
                shift[n++] = position - base;
            }
        }
        return new Taps(base, Arrays.copyOf(index, n), Arrays.copyOf(shift, n));
    }

    /** True if the same kernel elements meet elements at the same distances. */
    boolean matches(Taps other) {
        return Arrays.equals(index, other.index) && Arrays.equals(shift, other.shift);
    }
}
