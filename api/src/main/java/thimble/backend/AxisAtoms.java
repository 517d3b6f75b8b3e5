package thimble.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * The loops of a fused group with a batch axis. Each axis of each tensor is a list of atoms: reshapes split and regroup them, elementwise
 * nodes make them one, broadcasts and reductions drop them. The kernel loops over the outer atoms, unrolls the window atoms, and finds
 * every operand by a stride for each atom. The batch axis belongs to none of them.
 */
public final class AxisAtoms {
    private final LayoutPlan layout;
    private final Map<Tensor, List<List<Atom>>> axes = new HashMap<>();
    private final List<Atom> window = new ArrayList<>();
    private final List<Atom> kept = new ArrayList<>();
    private final List<Atom> rest = new ArrayList<>();

    /** One loop; atoms that are found to be the same or to be two loops refer on. */
    public static final class Atom {
        private final int size;
        private List<Atom> parts = List.of();

        private Atom(int size) {
            this.size = size;
        }

        /** Number of iterations. */
        public int size() {
            return size;
        }

        private void resolve(List<Atom> into) {
            if (parts.isEmpty()) {
                into.add(this);
            } else {
                parts.forEach(part -> part.resolve(into));
            }
        }
    }

    private AxisAtoms(LayoutPlan layout) {
        this.layout = layout;
    }

    /** The loops of a group; empty if its reshapes cut axes at places that do not fit, or its sums do not all run over the same loops. */
    static Optional<AxisAtoms> of(LayoutPlan layout, Levels levels, FusedGroup group) {
        AxisAtoms atoms = new AxisAtoms(layout);
        return atoms.unify(levels, group) && atoms.loops(levels, group) ? Optional.of(atoms) : Optional.empty();
    }

    /** Loops that the kernel unrolls. */
    public List<Atom> window() {
        return window;
    }

    /** Outer loops whose sums over the batch are told apart. */
    public List<Atom> kept() {
        return kept;
    }

    /** Outer loops inside {@link #kept}. */
    public List<Atom> rest() {
        return rest;
    }

    /** The atoms of a tensor's features, outermost first. */
    public List<Atom> of(Tensor tensor) {
        List<Atom> all = new ArrayList<>();
        Known.of(axes, tensor).forEach(axis -> axis.forEach(atom -> atom.resolve(all)));
        return all;
    }

    private boolean unify(Levels levels, FusedGroup group) {
        Set<Tensor> nodes = new LinkedHashSet<>(group.loads());
        nodes.addAll(group.body());
        nodes.addAll(group.outputs());
        for (Tensor t : nodes) {
            List<List<Atom>> fresh = new ArrayList<>();
            for (int axis = 0; axis < t.shape().rank(); axis++) {
                int size = t.shape().size(axis);
                fresh.add(axis == layout.axis(t) || size == 1 ? List.of() : List.of(new Atom(size)));
            }
            axes.put(t, fresh);
        }
        for (Tensor t : nodes) {
            if (!group.loads().contains(t)) {
                for (Tensor operand : t.inputs()) {
                    if (levels.kind(operand) != Levels.Kind.CONSTANT && !edge(t, operand)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean edge(Tensor t, Tensor operand) {
        return switch (t.op()) {
            case Op.Reshape _ -> same(of(t), of(operand));
            case Op.Transpose(var order) -> {
                boolean fits = true;
                for (int axis = 0; axis < order.size(); axis++) {
                    fits &= same(
                            Known.of(axes, t).get(axis), Known.of(axes, operand).get(order.get(axis)));
                }
                yield fits;
            }
            case Op.Broadcast _, Op.Reduce _, Op.Unary _, Op.Binary _, Op.Select _ -> {
                boolean fits = true;
                for (int axis = 0; axis < t.shape().rank(); axis++) {
                    boolean both = t.shape().size(axis) == operand.shape().size(axis);
                    fits &= !both
                            || same(
                                    Known.of(axes, t).get(axis),
                                    Known.of(axes, operand).get(axis));
                }
                yield fits;
            }
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
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
                    Op.PatchesGrad _ -> true;
        };
    }

    /** Makes two lists of atoms one, splitting where one side is finer; false if the cuts do not fit. */
    private static boolean same(List<Atom> x, List<Atom> y) {
        while (true) {
            List<Atom> a = resolved(x);
            List<Atom> b = resolved(y);
            if (a.isEmpty() || b.isEmpty()) {
                return true;
            }
            int i = 0;
            while (i < Math.min(a.size(), b.size()) && a.get(i) == b.get(i)) {
                i++;
            }
            if (i == a.size() || i == b.size()) {
                return a.size() == b.size();
            }
            Atom u = a.get(i);
            Atom v = b.get(i);
            if (u.size == v.size) {
                if (a.contains(v) || b.contains(u)) {
                    return false;
                }
                u.parts = List.of(v);
            } else {
                Atom large = u.size > v.size ? u : v;
                Atom small = u.size > v.size ? v : u;
                if (large.size % small.size != 0) {
                    return false;
                }
                large.parts = List.of(new Atom(small.size), new Atom(large.size / small.size));
            }
        }
    }

    private static List<Atom> resolved(List<Atom> atoms) {
        List<Atom> all = new ArrayList<>();
        atoms.forEach(atom -> atom.resolve(all));
        return all;
    }

    private boolean loops(Levels levels, FusedGroup group) {
        Set<Atom> unrolled = new HashSet<>();
        for (Tensor t : group.body()) {
            if (t.op() instanceof Op.Reduce && levels.kind(t) == Levels.Kind.FUSED) {
                unrolled.addAll(of(t.input()));
                of(t).forEach(unrolled::remove);
            }
        }
        Set<Atom> domain = new LinkedHashSet<>();
        axes.keySet().stream()
                .filter(t -> layout.batch(t) && levels.kind(t) != Levels.Kind.CONSTANT)
                .sorted(Comparator.comparingInt((Tensor t) -> -t.shape().elements())
                        .thenComparing(layout::index))
                .forEach(t -> domain.addAll(of(t)));
        Set<Atom> told = new HashSet<>();
        for (Tensor output : group.outputs()) {
            if (levels.kind(output) == Levels.Kind.SUM) {
                Set<Atom> own = outer(of(output), unrolled);
                boolean alike = told.isEmpty() || own.isEmpty() || told.equals(own);
                told.addAll(own);
                if (!alike || !new HashSet<>(of(output.input())).containsAll(outer(domain, unrolled))) {
                    return false;
                }
            }
        }
        for (Atom atom : domain) {
            (unrolled.contains(atom) ? window : told.contains(atom) ? kept : rest).add(atom);
        }
        return true;
    }

    private static Set<Atom> outer(Collection<Atom> domain, Set<Atom> unrolled) {
        Set<Atom> outer = new HashSet<>(domain);
        outer.removeAll(unrolled);
        return outer;
    }
}
