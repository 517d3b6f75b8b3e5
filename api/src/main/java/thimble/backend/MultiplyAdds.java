package thimble.backend;

import java.util.Collection;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Counts the multiply-adds of matrix products and convolutions: the work by which a program's speed is judged. */
public final class MultiplyAdds {
    private MultiplyAdds() {}

    /** Multiply-adds of one run of a graph; taps of a convolution that fall on padding count too. */
    public static long of(Graph graph) {
        return of(Tensor.topological(graph.roots()));
    }

    /** Multiply-adds of these nodes, each counted once. */
    public static long of(Collection<Tensor> nodes) {
        long sum = 0;
        for (Tensor t : nodes) {
            sum += of(t);
        }
        return sum;
    }

    private static long of(Tensor t) {
        long elements = t.shape().elements();
        return switch (t.op()) {
            case Op.MatMul(boolean transposeA, boolean _) ->
                elements * t.input().shape().size(t.shape().rank() - (transposeA ? 2 : 1));
            case Op.Conv2d _ -> elements * kernelSize(t.inputs().get(1));
            case Op.Conv2dInputGrad _ ->
                t.input().shape().elements() * kernelSize(t.inputs().get(1));
            case Op.Conv2dKernelGrad _ -> t.inputs().get(1).shape().elements() * kernelSize(t);
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.Reduce _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> 0;
        };
    }

    /** Multiply-adds for each output of a convolution. */
    private static long kernelSize(Tensor kernel) {
        return kernel.shape().elements() / kernel.shape().size(0);
    }
}
