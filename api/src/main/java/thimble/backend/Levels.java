package thimble.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * What kind of work each node is, and its level: the number of launches and sums over the batch on its longest path from a leaf. Everything
 * fused of one level can run together, and no group of one level can wait for itself through another level.
 */
public final class Levels {
    /** Reductions of at most this many elements are unrolled inside a fused group, unless a backend says otherwise. */
    public static final int WINDOW = 4;

    /** Kind of work. */
    public enum Kind {
        /** Input or variable. */
        LEAF,
        /** The same numbers in every run. */
        CONSTANT,
        /** Another name for the elements of its operand. */
        VIEW,
        /** Part of a generated kernel. */
        FUSED,
        /** Sum over the batch, added up by the generated kernel that computes its operand. */
        SUM,
        /** A launch of its own. */
        LAUNCH
    }

    private final LayoutPlan layout;
    private final int window;
    private final Map<Tensor, Kind> kinds = new HashMap<>();
    private final Map<Tensor, Integer> levels = new HashMap<>();
    private final List<List<Tensor>> stages = new ArrayList<>();

    /**
     * Computes kinds and levels.
     *
     * @param alone nodes that must not be fused although they could be
     * @param window reductions of at most this many elements are unrolled inside a fused group
     */
    public Levels(LayoutPlan layout, List<Tensor> alone, int window) {
        this.layout = layout;
        this.window = window;
        for (Tensor t : layout.order()) {
            Kind kind = alone.contains(t) ? Kind.LAUNCH : kindOf(t);
            int level = t.inputs().stream().mapToInt(levels::get).max().orElse(0);
            level += kind == Kind.LAUNCH || kind == Kind.SUM ? 1 : 0;
            kinds.put(t, kind);
            levels.put(t, level);
            while (stages.size() <= level) {
                stages.add(new ArrayList<>());
            }
            stages.get(stage(t)).add(t);
        }
    }

    /** The kind of a node. */
    public Kind kind(Tensor t) {
        return Known.of(kinds, t);
    }

    /** The level of a node. */
    public int level(Tensor t) {
        return Known.of(levels, t);
    }

    /** The level whose launches make a node: that of its operand for a sum over the batch. */
    public int stage(Tensor t) {
        return kind(t) == Kind.SUM ? level(t) - 1 : level(t);
    }

    /** The nodes of one stage, operands before users. */
    public List<Tensor> nodes(int stage) {
        return stages.get(stage);
    }

    /** The highest level. */
    public int top() {
        return stages.size() - 1;
    }

    private Kind kindOf(Tensor t) {
        if (layout.view(t)) {
            return Kind.VIEW;
        }
        return switch (t.op()) {
            case Op.Input _, Op.Variable _ -> Kind.LEAF;
            case Op.Constant _, Op.Iota _ -> Kind.CONSTANT;
            case Op.Unary _, Op.Binary _, Op.Select _ -> LayoutPlan.floats(t) ? Kind.FUSED : Kind.LAUNCH;
            case Op.Broadcast _ -> fusedBroadcast(t) ? Kind.FUSED : Kind.LAUNCH;
            case Op.Reduce(var kind, var axes) -> {
                Tensor a = t.input();
                if (!layout.batch(a)) {
                    yield Kind.LAUNCH;
                }
                if (axes.contains(layout.axis(a))) {
                    yield kind == Op.ReduceKind.SUM ? Kind.SUM : Kind.LAUNCH;
                }
                yield a.shape().elements() / t.shape().elements() <= window ? Kind.FUSED : Kind.LAUNCH;
            }
            case Op.Random _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> Kind.LAUNCH;
        };
    }

    private boolean fusedBroadcast(Tensor t) {
        if (!LayoutPlan.floats(t)) {
            return false;
        }
        Tensor a = t.input();
        if (!layout.batch(t)) {
            return !layout.batch(a) && a.shape().elements() == 1;
        }
        int axis = layout.axis(t);
        return layout.axis(a) == axis || !layout.batch(a) && a.shape().size(axis) == 1;
    }
}
