package thimble.backend.vector.scalar;

import java.util.List;
import thimble.backend.LayoutPlan;
import thimble.backend.vector.memory.Values;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Every primitive as plain loops over heap arrays, row-major; the order of every sum depends on sizes alone. */
public final class ScalarLowering {
    private ScalarLowering() {}

    /** True if the result has the elements of its only operand in the same order, so that both can share arrays. */
    static boolean alias(Tensor tensor) {
        return tensor.op() instanceof Op.Reshape || LayoutPlan.identity(tensor);
    }

    /** True if the value is the same in every run and was filled by {@link #fill}. */
    public static boolean fixed(Tensor tensor) {
        return tensor.op() instanceof Op.Constant || tensor.op() instanceof Op.Iota;
    }

    /** Writes the value of a {@link #fixed} tensor. */
    public static void fill(Tensor tensor, Values out) {
        if (tensor.op() instanceof Op.Constant(double value, var _, var dtype)) {
            if (dtype == DType.FLOAT32) {
                java.util.Arrays.fill(out.floats(), (float) value);
            } else {
                java.util.Arrays.fill(out.ints(), (int) value);
            }
        } else if (tensor.op() instanceof Op.Iota(var shape, int axis)) {
            int stride = shape.strides()[axis];
            for (int i = 0; i < out.ints().length; i++) {
                out.ints()[i] = i / stride % shape.size(axis);
            }
        }
    }

    /** The launch that computes one tensor from its operands; it may own scratch arrays and allocates nothing when it runs. */
    public static Runnable launch(Tensor tensor, List<Values> in, Values out) {
        Shape shape = tensor.shape();
        return switch (tensor.op()) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Iota _ -> () -> {};
            case Op.Random(long stream, var _, int _) -> {
                int[] key = in.getFirst().ints();
                float[] o = out.floats();
                yield () -> ScalarRandom.uniform(key, stream, o);
            }
            case Op.Unary(var kind) ->
                ScalarElementwise.unary(kind, in.getFirst().floats(), out.floats());
            case Op.Binary(var kind) ->
                tensor.input().dtype() == DType.FLOAT32
                        ? ScalarElementwise.binary(
                                kind, in.get(0).floats(), in.get(1).floats(), out.floats())
                        : ScalarIntegers.binary(
                                kind, in.get(0).ints(), in.get(1).ints(), out);
            case Op.Select() ->
                tensor.dtype() == DType.FLOAT32
                        ? ScalarElementwise.select(
                                in.get(0).floats(),
                                in.get(1).floats(),
                                in.get(2).floats(),
                                out.floats())
                        : ScalarIntegers.select(
                                in.get(0).floats(), in.get(1).ints(), in.get(2).ints(), out.ints());
            case Op.Cast(var to) -> ScalarIntegers.cast(tensor.input().dtype(), to, in.getFirst(), out);
            case Op.StopGradient(), Op.Reshape _ -> ScalarMovement.copy(in.getFirst(), out);
            case Op.Reduce(var kind, var _) ->
                new ScalarReduction(
                        kind, tensor.input().shape(), shape, in.getFirst().floats(), out.floats());
            case Op.ArgMax(int axis) -> ScalarArgMax.of(tensor.input().shape(), axis, in.getFirst(), out.ints());
            case Op.Broadcast(var to) -> ScalarMovement.broadcast(tensor.input().shape(), to, in.getFirst(), out);
            case Op.Transpose(var order) ->
                ScalarMovement.transpose(tensor.input().shape(), order, in.getFirst(), out);
            case Op.Slice(int axis, int from, int _) ->
                ScalarMovement.slice(tensor.input().shape(), shape, axis, from, in.getFirst(), out);
            case Op.Pad(int axis, int before, int _, double value) ->
                ScalarMovement.pad(tensor.input().shape(), shape, axis, before, value, in.getFirst(), out);
            case Op.Concat(int axis) ->
                ScalarMovement.concat(
                        tensor.inputs().stream().map(Tensor::shape).toList(), shape, axis, in, out);
            case Op.MatMul(boolean transposeA, boolean transposeB) ->
                new ScalarMatMul(
                        transposeA,
                        transposeB,
                        tensor.input().shape(),
                        shape,
                        in.get(0).floats(),
                        in.get(1).floats(),
                        out.floats());
            case Op.Conv2d(var window) ->
                ScalarConvolution.forward(
                        window,
                        tensor.input().shape(),
                        shape,
                        in.get(0).floats(),
                        in.get(1).floats(),
                        out.floats());
            case Op.Conv2dInputGrad(var window, var input) ->
                ScalarConvolution.inputGradient(
                        window,
                        input,
                        tensor.input().shape(),
                        in.get(0).floats(),
                        in.get(1).floats(),
                        out.floats());
            case Op.Conv2dKernelGrad(var window, var _) ->
                ScalarKernelGradient.of(
                        window,
                        tensor.input().shape(),
                        tensor.inputs().get(1).shape(),
                        in.get(0).floats(),
                        in.get(1).floats(),
                        out.floats());
            case Op.Gather(int axis) ->
                ScalarMovement.gather(
                        tensor.input().shape(), axis, in.get(0), in.get(1).ints(), out);
            case Op.ScatterAdd(int axis, int _) ->
                ScalarMovement.scatterAdd(
                        shape, axis, in.get(0).floats(), in.get(1).ints(), out.floats());
            case Op.Patches(var window) ->
                ScalarPatches.forward(
                        window, tensor.input().shape(), in.getFirst().floats(), out.floats());
            case Op.PatchesGrad(var window, var input) ->
                ScalarPatches.adjoint(window, input, in.getFirst().floats(), out.floats());
        };
    }
}
