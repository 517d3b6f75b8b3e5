package thimble.tensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A value that a graph will compute: one immutable node with a known shape and no data. Two nodes are equal only if they are the same node. */
public final class Tensor {
    private final Op op;
    private final List<Tensor> inputs;
    private final Shape shape;
    private final DType dtype;

    private Tensor(Op op, List<Tensor> inputs) {
        this.op = op;
        this.inputs = inputs;
        this.shape = ShapeRules.shape(op, inputs);
        this.dtype = ShapeRules.dtype(op, inputs);
    }

    /**
     * The node that applies a primitive.
     *
     * @throws IllegalArgumentException if the operands do not fit the primitive; the text names the primitive, what was expected and what came
     */
    public static Tensor of(Op op, Tensor... inputs) {
        return new Tensor(op, List.of(inputs));
    }

    /** As {@link #of(Op, Tensor...)}. */
    public static Tensor of(Op op, List<Tensor> inputs) {
        return new Tensor(op, List.copyOf(inputs));
    }

    /** The primitive. */
    public Op op() {
        return op;
    }

    /** Its operands. */
    public List<Tensor> inputs() {
        return inputs;
    }

    /** The only operand or the first one. */
    public Tensor input() {
        return inputs.getFirst();
    }

    /** Sizes of the axes. */
    public Shape shape() {
        return shape;
    }

    /** Kind of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** FLOAT32 value fed before each run, the same for all examples. */
    public static Tensor input(String name, int... sizes) {
        return of(new Op.Input(name, Shape.of(sizes), DType.FLOAT32, Op.NO_BATCH));
    }

    /** FLOAT32 value fed before each run whose axis 0 counts examples. */
    public static Tensor batch(String name, Shape shape) {
        return of(new Op.Input(name, shape, DType.FLOAT32, 0));
    }

    /** Value kept in a state between runs. */
    public static Tensor variable(String name, Shape shape) {
        return of(new Op.Variable(name, shape));
    }

    /** FLOAT32 tensor with one number everywhere. */
    public static Tensor constant(double value, Shape shape) {
        return of(new Op.Constant(value, shape, DType.FLOAT32));
    }

    /** FLOAT32 constant of rank 0. */
    public static Tensor scalar(double value) {
        return constant(value, Shape.of());
    }

    /** INT32 index along one axis. */
    public static Tensor iota(Shape shape, int axis) {
        return of(new Op.Iota(shape, axis));
    }

    /** The random key INT32 [3] that {@code Executable.run(seed, step)} feeds: (seed low, seed high, step). */
    public static Tensor key() {
        return of(new Op.Input(Key.NAME, Shape.of(3), DType.INT32, Op.NO_BATCH));
    }

    /** Uniform numbers in [0, 1) for one named use; axis 0 counts examples if {@code batch}. */
    public static Tensor uniform(String use, Shape shape, boolean batch) {
        return of(new Op.Random(Key.stream(use), shape, batch ? 0 : Op.NO_BATCH), key());
    }

    /** −1 or 1 with equal probability (Rademacher) for one named use. */
    public static Tensor signs(String use, Shape shape, boolean batch) {
        return uniform(use, shape, batch).less(scalar(0.5)).mul(-2).add(1);
    }

    /** Standard normal numbers by Box and Muller's transform of two uniform streams for one named use. */
    public static Tensor normal(String use, Shape shape, boolean batch) {
        Tensor radius = uniform(use, shape, batch).neg().add(1).log().mul(-2).sqrt();
        return radius.mul(uniform(use + "/angle", shape, batch).mul(2 * Math.PI).sin());
    }

    private Tensor unary(Op.UnaryKind kind) {
        return of(new Op.Unary(kind), this);
    }

    private Tensor binary(Op.BinaryKind kind, Tensor other) {
        Shape common = Shape.broadcast(shape, other.shape);
        return of(new Op.Binary(kind), broadcast(common), other.broadcast(common));
    }

    /** −a. */
    public Tensor neg() {
        return unary(Op.UnaryKind.NEG);
    }

    /** eᵃ. */
    public Tensor exp() {
        return unary(Op.UnaryKind.EXP);
    }

    /** Natural logarithm. */
    public Tensor log() {
        return unary(Op.UnaryKind.LOG);
    }

    /** Square root; its derivative at 0 is infinite. */
    public Tensor sqrt() {
        return unary(Op.UnaryKind.SQRT);
    }

    /** Sine of radians. */
    public Tensor sin() {
        return unary(Op.UnaryKind.SIN);
    }

    /** Cosine of radians. */
    public Tensor cos() {
        return add(Math.PI / 2).sin();
    }

    /** Hyperbolic tangent. */
    public Tensor tanh() {
        return unary(Op.UnaryKind.TANH);
    }

    /** −1, 0 or 1; its derivative is 0. */
    public Tensor sign() {
        return unary(Op.UnaryKind.SIGN);
    }

    /** Largest whole number not above; its derivative is 0. */
    public Tensor floor() {
        return unary(Op.UnaryKind.FLOOR);
    }

    /** |a|, with derivative 0 at 0. */
    public Tensor abs() {
        return mul(sign());
    }

    /** a². */
    public Tensor square() {
        return mul(this);
    }

    /** max(a, 0), with derivative 0 at 0. */
    public Tensor relu() {
        return binary(Op.BinaryKind.MAX, scalar(0));
    }

    /** 1 / (1 + e⁻ᵃ), computed through tanh so that it does not overflow. */
    public Tensor sigmoid() {
        return mul(0.5).tanh().mul(0.5).add(0.5);
    }

    /** log(1 + eᵃ) without overflow. */
    public Tensor softplus() {
        return relu().add(abs().neg().exp().add(1).log());
    }

    /** a + b. */
    public Tensor add(Tensor other) {
        return binary(Op.BinaryKind.ADD, other);
    }

    /** a + number. */
    public Tensor add(double number) {
        return add(scalar(number));
    }

    /** a − b. */
    public Tensor sub(Tensor other) {
        return add(other.neg());
    }

    /** a · b. */
    public Tensor mul(Tensor other) {
        return binary(Op.BinaryKind.MUL, other);
    }

    /** a · number. */
    public Tensor mul(double number) {
        return mul(scalar(number));
    }

    /** a / b; INT32 rounds towards 0 and gives 0 where b is 0. */
    public Tensor div(Tensor other) {
        return binary(Op.BinaryKind.DIV, other);
    }

    /** a / number. */
    public Tensor div(double number) {
        return div(scalar(number));
    }

    /** {@code a <= b ? b : a}, NaN if either is. */
    public Tensor max(Tensor other) {
        return binary(Op.BinaryKind.MAX, other);
    }

    /** The smaller of both. */
    public Tensor min(Tensor other) {
        return neg().max(other.neg()).neg();
    }

    /** 1 where a &lt; b, else 0. */
    public Tensor less(Tensor other) {
        return binary(Op.BinaryKind.LESS, other);
    }

    /** 1 where a = b, else 0. */
    public Tensor equal(Tensor other) {
        return binary(Op.BinaryKind.EQUAL, other);
    }

    /** With this as condition: yes where it is not 0, else no. */
    public Tensor select(Tensor yes, Tensor no) {
        Shape common = Shape.broadcast(shape, Shape.broadcast(yes.shape, no.shape));
        return of(new Op.Select(), broadcast(common), yes.broadcast(common), no.broadcast(common));
    }

    /** The same numbers as another dtype. */
    public Tensor cast(DType to) {
        return to == dtype ? this : of(new Op.Cast(to), this);
    }

    /** The same value, constant for differentiation. */
    public Tensor stopGradient() {
        return of(new Op.StopGradient(), this);
    }

    /** Stretches axes of size 1 to a shape, after adding missing ones in front; an axis that is neither 1 nor equal is refused. */
    public Tensor broadcast(Shape to) {
        if (shape.equals(to)) {
            return this;
        }
        Tensor aligned = shape.rank() < to.rank() ? reshape(shape.aligned(to.rank())) : this;
        return aligned.shape.equals(to) ? aligned : of(new Op.Broadcast(to), aligned);
    }

    /** The same row-major elements under another shape. */
    public Tensor reshape(int... sizes) {
        return reshape(Shape.of(sizes));
    }

    /** The same row-major elements under another shape. */
    public Tensor reshape(Shape to) {
        return to.equals(shape) ? this : of(new Op.Reshape(to), this);
    }

    /** [n, …] to [n, features]. */
    public Tensor flatten() {
        return reshape(shape.size(0), shape.elements() / shape.size(0));
    }

    /** Output axis i is this tensor's axis {@code order[i]}. */
    public Tensor transpose(int... order) {
        return of(new Op.Transpose(Arrays.stream(order).boxed().toList()), this);
    }

    /** Elements {@code from} (inclusive) to {@code to} (exclusive) of one axis. */
    public Tensor slice(int axis, int from, int to) {
        return from == 0 && to == shape.size(axis) ? this : of(new Op.Slice(axis, from, to), this);
    }

    /** Zeros round one axis. */
    public Tensor pad(int axis, int before, int after) {
        return before == 0 && after == 0 ? this : of(new Op.Pad(axis, before, after, 0), this);
    }

    /** Tensors one after another along one axis. */
    public static Tensor concat(int axis, List<Tensor> parts) {
        return parts.size() == 1 ? parts.getFirst() : of(new Op.Concat(axis), parts);
    }

    /** Sums over axes, keeping them with size 1. */
    public Tensor sum(List<Integer> axes) {
        return of(new Op.Reduce(Op.ReduceKind.SUM, axes), this);
    }

    /** Sums over one axis, keeping it with size 1. */
    public Tensor sum(int axis) {
        return sum(List.of(axis));
    }

    /** Sum of all elements, rank 0. */
    public Tensor sum() {
        return shape.rank() == 0 ? this : sum(shape.axesFrom(0)).reshape();
    }

    /** Mean over axes, keeping them with size 1. */
    public Tensor mean(List<Integer> axes) {
        Tensor sum = sum(axes);
        return sum.div((double) shape.elements() / sum.shape.elements());
    }

    /** Mean of all elements, rank 0. */
    public Tensor mean() {
        return sum().div(shape.elements());
    }

    /** Largest element over axes, or NaN if one is, keeping the axes with size 1; ties share the derivative. */
    public Tensor max(List<Integer> axes) {
        return of(new Op.Reduce(Op.ReduceKind.MAX, axes), this);
    }

    /** First index of the largest element along one axis, INT32, kept with size 1. */
    public Tensor argMax(int axis) {
        return of(new Op.ArgMax(axis), this);
    }

    /** [n, …] to [n, 1]: sum of each example's elements. */
    public Tensor sumPerExample() {
        return flatten().sum(1);
    }

    /** log softmax along the last axis. */
    public Tensor logSoftmax() {
        List<Integer> last = List.of(shape.rank() - 1);
        Tensor shifted = sub(max(last).stopGradient());
        return shifted.sub(shifted.exp().sum(last).log());
    }

    /** Softmax along the last axis. */
    public Tensor softmax() {
        return logSoftmax().exp();
    }

    /** Matrix product [.., m, k] × [.., k, n]. */
    public Tensor matmul(Tensor other) {
        return of(new Op.MatMul(false, false), this, other);
    }

    /** Matrix product with a transposed right operand, [.., m, k] × [.., n, k]. */
    public Tensor matmulTransposed(Tensor other) {
        return of(new Op.MatMul(false, true), this, other);
    }

    /** Cross-correlation of [n, c, h, w] with a kernel [o, c / groups, kh, kw]. */
    public Tensor conv2d(Tensor kernel, Window window) {
        return of(new Op.Conv2d(window), this, kernel);
    }

    /** Rows along one axis in the order of INT32 indices [k]. */
    public Tensor gather(int axis, Tensor indices) {
        return of(new Op.Gather(axis), this, indices);
    }

    /** Windows of [n, c, h, w] side by side: [n, c, kh · kw, oh, ow]. */
    public Tensor patches(Window window) {
        return of(new Op.Patches(window), this);
    }

    /** Derivative of this scalar by a tensor, differentiable again, zero if it does not depend on it; refuses more than one element. */
    public Tensor gradient(Tensor wrt) {
        return Gradients.of(this, List.of(wrt)).getFirst();
    }

    /** All nodes that the roots need, operands before users, each once; iterative, so deep graphs are fine. */
    public static List<Tensor> topological(Collection<Tensor> roots) {
        return Topology.order(roots);
    }

    /** Primitive, shape and dtype, as in {@code ADD [64,10]}. */
    @Override
    public String toString() {
        return GraphText.name(op) + " " + shape + (dtype == DType.FLOAT32 ? "" : " " + dtype);
    }
}
