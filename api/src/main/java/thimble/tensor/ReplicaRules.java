package thimble.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What stands for a primitive when some of its operands have a leading axis of replicas. */
final class ReplicaRules {
    private final int count;

    ReplicaRules(int count) {
        this.count = count;
    }

    /** True if the new node has the axis of replicas that the old one has not. */
    boolean differs(Tensor built, Tensor original) {
        return built.shape().rank() > original.shape().rank();
    }

    /** The new node with the axis of replicas in any case. */
    Tensor lifted(Tensor built, Tensor original) {
        if (differs(built, original)) {
            return built;
        }
        Shape one = original.shape().withFirst(1);
        return built.reshape(one).broadcast(original.shape().withFirst(count));
    }

    /**
     * The primitive for all replicas; at least one operand differs.
     *
     * @param t the old node
     * @param in its new operands
     * @param differs which of them have the axis of replicas
     */
    Tensor of(Tensor t, List<Tensor> in, boolean[] differs) {
        return switch (t.op()) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Iota _ ->
                throw new IllegalStateException("[replicas] expected operands of " + t);
            case Op.Unary _, Op.Binary _, Op.Select _, Op.Cast _, Op.StopGradient _, Op.MatMul _ ->
                Tensor.of(t.op(), lifted(t, in));
            case Op.Random _ -> each(t, in, differs);
            case Op.Reduce(var kind, var axes) ->
                Tensor.of(
                        new Op.Reduce(kind, axes.stream().map(axis -> axis + 1).toList()), in);
            case Op.ArgMax(int axis) -> Tensor.of(new Op.ArgMax(axis + 1), in);
            case Op.Broadcast(var to) -> Tensor.of(new Op.Broadcast(to.withFirst(count)), in);
            case Op.Reshape(var to) -> Tensor.of(new Op.Reshape(to.withFirst(count)), in);
            case Op.Transpose(var order) -> Tensor.of(new Op.Transpose(behind(order)), in);
            case Op.Slice(int axis, int from, int to) -> Tensor.of(new Op.Slice(axis + 1, from, to), in);
            case Op.Pad(int axis, int before, int after, double value) ->
                Tensor.of(new Op.Pad(axis + 1, before, after, value), in);
            case Op.Concat(int axis) -> Tensor.of(new Op.Concat(axis + 1), lifted(t, in));
            case Op.Conv2d(var window) -> convolution(t, window, in, differs);
            case Op.Conv2dInputGrad(var window, var input) -> inputGradient(t, window, input, in, differs);
            case Op.Conv2dKernelGrad(var window, var kernel) -> kernelGradient(t, window, kernel, in, differs);
            case Op.Gather(int axis) -> differs[1] ? each(t, in, differs) : Tensor.of(new Op.Gather(axis + 1), in);
            case Op.ScatterAdd(int axis, int size) ->
                differs[1] ? each(t, in, differs) : Tensor.of(new Op.ScatterAdd(axis + 1, size), in);
            case Op.Patches(var window) -> split(Tensor.of(new Op.Patches(window), joined(in.getFirst())));
            case Op.PatchesGrad(var window, var input) ->
                split(Tensor.of(
                        new Op.PatchesGrad(window, input.with(0, count * input.size(0))), joined(in.getFirst())));
        };
    }

    private List<Tensor> lifted(Tensor t, List<Tensor> in) {
        return IntStream.range(0, in.size())
                .mapToObj(i -> lifted(in.get(i), t.inputs().get(i)))
                .toList();
    }

    /** One node per replica, one after another. */
    private Tensor each(Tensor t, List<Tensor> in, boolean[] differs) {
        List<Tensor> replicas = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            List<Tensor> own = new ArrayList<>();
            for (int i = 0; i < in.size(); i++) {
                Tensor old = t.inputs().get(i);
                own.add(differs[i] ? in.get(i).slice(0, k, k + 1).reshape(old.shape()) : in.get(i));
            }
            Tensor one = Tensor.of(t.op(), own);
            replicas.add(one.reshape(one.shape().withFirst(1)));
        }
        return Tensor.concat(0, replicas);
    }

    /** A shared kernel sees all replicas as one batch; own kernels are groups, or further channels of a shared picture. */
    private Tensor convolution(Tensor t, Window window, List<Tensor> in, boolean[] differs) {
        if (!differs[1]) {
            return split(Tensor.of(new Op.Conv2d(window), joined(in.get(0)), in.get(1)));
        }
        if (!differs[0] && window.groups() == 1) {
            return unstacked(Tensor.of(new Op.Conv2d(window), in.get(0), joined(in.get(1))));
        }
        Tensor x = stacked(lifted(in.get(0), t.inputs().getFirst()));
        return unstacked(Tensor.of(new Op.Conv2d(grouped(window)), x, joined(in.get(1))));
    }

    private Tensor inputGradient(Tensor t, Window window, Shape input, List<Tensor> in, boolean[] differs) {
        if (!differs[1]) {
            Shape all = input.with(0, count * input.size(0));
            return split(Tensor.of(new Op.Conv2dInputGrad(window, all), joined(in.get(0)), in.get(1)));
        }
        Tensor g = stacked(lifted(in.get(0), t.inputs().getFirst()));
        Shape all = input.with(1, count * input.size(1));
        return unstacked(Tensor.of(new Op.Conv2dInputGrad(grouped(window), all), g, joined(in.get(1))));
    }

    private Tensor kernelGradient(Tensor t, Window window, Shape kernel, List<Tensor> in, boolean[] differs) {
        Shape all = kernel.with(0, count * kernel.size(0));
        Tensor g = stacked(lifted(in.get(1), t.inputs().get(1)));
        if (!differs[0] && window.groups() == 1) {
            return split(Tensor.of(new Op.Conv2dKernelGrad(window, all), in.get(0), g));
        }
        Tensor x = stacked(lifted(in.get(0), t.inputs().getFirst()));
        return split(Tensor.of(new Op.Conv2dKernelGrad(grouped(window), all), x, g));
    }

    private Window grouped(Window window) {
        return window.groups(count * window.groups());
    }

    /** [K, a, …] as [K · a, …]. */
    private static Tensor joined(Tensor t) {
        Shape shape = t.shape();
        return t.reshape(shape.withoutFirst().with(0, shape.size(0) * shape.size(1)));
    }

    /** [K · a, …] as [K, a, …]. */
    private Tensor split(Tensor t) {
        Shape one = t.shape().with(0, t.shape().size(0) / count);
        return t.reshape(one.withFirst(count));
    }

    /** [K, n, c, h, w] as [n, K · c, h, w]. */
    private static Tensor stacked(Tensor t) {
        Shape s = t.shape();
        return t.transpose(1, 0, 2, 3, 4).reshape(s.size(1), s.size(0) * s.size(2), s.size(3), s.size(4));
    }

    /** [n, K · c, h, w] as [K, n, c, h, w]. */
    private Tensor unstacked(Tensor t) {
        Shape s = t.shape();
        return t.reshape(s.size(0), count, s.size(1) / count, s.size(2), s.size(3))
                .transpose(1, 0, 2, 3, 4);
    }

    private static List<Integer> behind(List<Integer> order) {
        List<Integer> behind = new ArrayList<>(List.of(0));
        order.forEach(axis -> behind.add(axis + 1));
        return behind;
    }
}
