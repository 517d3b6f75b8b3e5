package thimble.tensor;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sizes of a tensor's axes, outermost first; rank 0 is a scalar.
 *
 * @param sizes size per axis, each at least 1
 */
public record Shape(List<Integer> sizes) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if a size is below 1 or the product exceeds 2³¹ − 1
     */
    public Shape {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("[shape] expected sizes >= 1 but received " + text(sizes));
            }
        }
        fits("shape", sizes);
    }

    /**
     * The shape of what a primitive would give.
     *
     * @throws IllegalArgumentException naming the primitive, if there are too many elements
     */
    static Shape of(String primitive, long... sizes) {
        List<Long> wanted = Arrays.stream(sizes).boxed().toList();
        fits(primitive, wanted);
        return new Shape(wanted.stream().map(Long::intValue).toList());
    }

    private static void fits(String where, List<? extends Number> sizes) {
        long product = 1;
        for (Number size : sizes) {
            product = Math.min(product * Math.min(size.longValue(), 1L << 31), 1L << 31);
        }
        if (product > Integer.MAX_VALUE) {
            BigInteger bytes = BigInteger.valueOf(Float.BYTES);
            for (Number size : sizes) {
                bytes = bytes.multiply(BigInteger.valueOf(size.longValue()));
            }
            throw new IllegalArgumentException("[" + where + "] expected fewer than 2^31 elements but received "
                    + text(sizes) + ", " + bytes + " bytes");
        }
    }

    /** Shape with these sizes. */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** Number of axes. */
    public int rank() {
        return sizes.size();
    }

    /**
     * Size of one axis.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int size(int axis) {
        if (axis < 0 || axis >= sizes.size()) {
            throw new IllegalArgumentException(
                    "[shape] expected an axis in 0.." + (rank() - 1) + " of " + this + " but received " + axis);
        }
        return sizes.get(axis);
    }

    /** Product of the sizes; 1 for a scalar. */
    public int elements() {
        int product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }

    /** The same shape with another size on one axis. */
    public Shape with(int axis, int size) {
        int[] changed = toArray();
        changed[axis] = size;
        return of(changed);
    }

    /** The same shape with size 1 on the given axes. */
    public Shape withOnes(List<Integer> axes) {
        int[] changed = toArray();
        for (int axis : axes) {
            changed[axis] = 1;
        }
        return of(changed);
    }

    /** The shape without its outermost axis: one example of a batch. */
    public Shape withoutFirst() {
        return new Shape(sizes.subList(1, rank()));
    }

    /** The shape with one more outermost axis. */
    public Shape withFirst(int size) {
        return of(IntStream.concat(IntStream.of(size), sizes.stream().mapToInt(Integer::intValue))
                .toArray());
    }

    /** The shape with axes of size 1 in front, up to a rank. */
    Shape aligned(int rank) {
        int[] sizes = new int[rank];
        Arrays.fill(sizes, 1);
        System.arraycopy(toArray(), 0, sizes, rank - rank(), rank());
        return of(sizes);
    }

    /** A copy of the sizes. */
    public int[] toArray() {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Distance in row-major elements between neighbours along each axis. */
    public int[] strides() {
        int[] strides = new int[rank()];
        int stride = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes.get(axis);
        }
        return strides;
    }

    /** Axes from {@code first} to the last. */
    public List<Integer> axesFrom(int first) {
        return IntStream.range(first, rank()).boxed().toList();
    }

    /**
     * Shape to which both shapes broadcast: axes are aligned at the end, size 1 stretches.
     *
     * @throws IllegalArgumentException if two sizes differ and neither is 1, or there are too many elements
     */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        long[] out = new long[rank];
        for (int i = 0; i < rank; i++) {
            int x = i < rank - a.rank() ? 1 : a.size(i - rank + a.rank());
            int y = i < rank - b.rank() ? 1 : b.size(i - rank + b.rank());
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(
                        "[broadcast] expected equal sizes or 1 on axis " + i + " but received " + a + " and " + b);
            }
            out[i] = Math.max(x, y);
        }
        return of("broadcast", out);
    }

    /** Sizes in brackets, as in {@code [64,1,28,28]}. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(List<?> sizes) {
        return sizes.toString().replace(" ", "");
    }
}
