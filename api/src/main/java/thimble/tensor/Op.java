package thimble.tensor;

import java.util.List;

/**
 * The closed set of primitives. Every derivative of a primitive is written with primitives, so gradients of any order exist.
 * A pass over graphs is one exhaustive {@code switch} over this interface: {@link ShapeRules}, {@link Gradients}, {@link Reference},
 * and one lowering per backend. A new record here makes the compiler name each of them.
 */
public sealed interface Op {
    /** Value of {@link Input#batchAxis} and {@link Random#batchAxis} when no axis counts examples. */
    int NO_BATCH = -1;

    // leaves

    /** Value fed before each run. {@code batchAxis} is the axis that counts examples, or {@link #NO_BATCH}. */
    record Input(String name, Shape shape, DType dtype, int batchAxis) implements Op {}

    /** Value kept in a state between runs, addressed by name; always FLOAT32. */
    record Variable(String name, Shape shape) implements Op {}

    /** One number in every element. */
    record Constant(double value, Shape shape, DType dtype) implements Op {}

    /**
     * Uniform numbers in [0, 1), multiples of 2⁻²⁴, from Philox 4x32-10; the operand is the key, INT32 [3] = (seed low, seed high, step).
     * Row-major element i is word i mod 4 of the block with key (seed low, seed high) and counter (i div 4, step, stream low, stream high),
     * shifted right by 8 and times 2⁻²⁴.
     */
    record Random(long stream, Shape shape, int batchAxis) implements Op {}

    /** The index along one axis, INT32. */
    record Iota(Shape shape, int axis) implements Op {}

    // elementwise

    /** Functions of one number. */
    enum UnaryKind {
        NEG,
        EXP,
        LOG,
        SQRT,
        SIN,
        TANH,
        /** −1, 0 or 1. */
        SIGN,
        FLOOR
    }

    /** Functions of two numbers. */
    enum BinaryKind {
        ADD,
        MUL,
        /** INT32 rounds towards 0 and gives 0 where the divisor is 0. */
        DIV,
        /** {@code a <= b ? b : a}, NaN if either is; at a tie the derivative belongs to b, so relu′(0) = 0. */
        MAX,
        /** 1 if {@code a < b}, else 0; FLOAT32 whatever the operands. */
        LESS,
        /** 1 if {@code a == b}, else 0; FLOAT32 whatever the operands. */
        EQUAL
    }

    /** Function of each element of a FLOAT32 tensor. */
    record Unary(UnaryKind kind) implements Op {}

    /** Function of each pair of elements; shapes and dtypes are equal (broadcast first). */
    record Binary(BinaryKind kind) implements Op {}

    /** Operands condition, yes, no: yes where the condition is not 0. */
    record Select() implements Op {}

    /** The same numbers as another dtype; to INT32 truncates towards zero. */
    record Cast(DType to) implements Op {}

    /** The same value, constant for differentiation. */
    record StopGradient() implements Op {}

    // reductions

    /** How a reduction combines. */
    enum ReduceKind {
        SUM,
        /** NaN if any element is; ties share the derivative. */
        MAX
    }

    /** Combines over axes and keeps them with size 1. */
    record Reduce(ReduceKind kind, List<Integer> axes) implements Op {}

    /** First index of the largest element along one axis, or of the first NaN, kept with size 1; INT32. */
    record ArgMax(int axis) implements Op {}

    // shape

    /** Stretches axes of size 1; the rank stays. */
    record Broadcast(Shape to) implements Op {}

    /** The same row-major elements under another shape. */
    record Reshape(Shape to) implements Op {}

    /** Output axis i is input axis {@code order[i]}. */
    record Transpose(List<Integer> order) implements Op {}

    /** Elements {@code from} (inclusive) to {@code to} (exclusive) of one axis. */
    record Slice(int axis, int from, int to) implements Op {}

    /** Puts {@code before} and {@code after} elements of one value round one axis. */
    record Pad(int axis, int before, int after, double value) implements Op {}

    /** Operands one after another along one axis. */
    record Concat(int axis) implements Op {}

    // contractions

    /** Matrix product of the last two axes, [.., m, k] × [.., k, n]; leading axes are equal. A flag means that operand's last two axes are stored swapped. */
    record MatMul(boolean transposeA, boolean transposeB) implements Op {}

    /** Cross-correlation of x [n, c, h, w] with kernel [o, c / groups, kh, kw]; gives [n, o, oh, ow]. */
    record Conv2d(Window window) implements Op {}

    /** Adjoint of {@link Conv2d} in x: operands g [n, o, oh, ow] and kernel; gives [n, c, h, w] = {@code input}. Also the transposed convolution. */
    record Conv2dInputGrad(Window window, Shape input) implements Op {}

    /** Adjoint of {@link Conv2d} in the kernel: operands x and g [n, o, oh, ow]; gives {@code kernel} = [o, c / groups, kh, kw]. */
    record Conv2dKernelGrad(Window window, Shape kernel) implements Op {}

    // indexing

    /**
     * Operands a and INT32 indices [k]: rows of a along one axis, in the order of the indices. An index outside is an error of the run, or,
     * on a device that cannot tell, counts as the nearest one inside.
     */
    record Gather(int axis) implements Op {}

    /**
     * Adjoint of {@link Gather}: operands g and INT32 indices [k]; adds rows of g into zeros with {@code size} rows along the
     * axis. Indices outside are treated as by {@link Gather}: nothing is ever written elsewhere.
     */
    record ScatterAdd(int axis, int size) implements Op {}

    /** Windows of x [n, c, h, w] laid side by side: [n, c, kh · kw, oh, ow]; padding reads 0. */
    record Patches(Window window) implements Op {}

    /** Adjoint of {@link Patches}: operand g [n, c, kh · kw, oh, ow]; gives {@code input} = [n, c, h, w]. */
    record PatchesGrad(Window window, Shape input) implements Op {}
}
