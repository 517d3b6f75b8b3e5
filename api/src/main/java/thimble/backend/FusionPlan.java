package thimble.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * Which values are stored, and which nodes run together. Levels are walked from the last to the first; each group asks for what it needs.
 * Stored as FLOAT32: operands and results of launches, sums, outputs, values without a batch axis that a batch group needs, and what is
 * dear to compute again. Stored as one bit per element: comparisons that a later level needs. Never stored: broadcasts and views. Cheap
 * chains over stored values are computed again; since nothing is reassociated they have the same bits everywhere.
 */
public final class FusionPlan {
    /** Nodes of a chain that a later level may compute again. */
    private static final int CHAIN = 12;

    private final LayoutPlan layout;
    private final Levels levels;
    private final Demands demands;
    private final Set<Tensor> floats = new HashSet<>();
    private final Set<Tensor> bits = new HashSet<>();
    private final List<FusedGroup> groups = new ArrayList<>();
    private final Map<FusedGroup, AxisAtoms> loops = new IdentityHashMap<>();

    /**
     * What earlier tries at a plan or a backend's limits rule out.
     *
     * @param alone nodes that must be launches of their own
     * @param stored nodes that must be stored
     * @param apart outputs that must not share a group with others
     */
    public record Demands(List<Tensor> alone, List<Tensor> stored, List<Tensor> apart) {
        /** No demands. */
        public static final Demands NONE = new Demands(List.of(), List.of(), List.of());

        /** With another node launched on its own. */
        public Demands alone(Tensor t) {
            return new Demands(added(alone, t), stored, apart);
        }

        /** With another node stored. */
        public Demands stored(Tensor t) {
            return new Demands(alone, added(stored, t), apart);
        }

        /** With another output kept apart. */
        public Demands apart(Tensor t) {
            return new Demands(alone, stored, added(apart, t));
        }

        private static List<Tensor> added(List<Tensor> list, Tensor t) {
            List<Tensor> longer = new ArrayList<>(list);
            longer.add(t);
            return List.copyOf(longer);
        }
    }

    private FusionPlan(LayoutPlan layout, Demands demands, int window) {
        this.layout = layout;
        this.demands = demands;
        this.levels = new Levels(layout, demands.alone, window);
    }

    /** The plan for a graph under some demands. */
    public static FusionPlan of(LayoutPlan layout, Demands demands) {
        return of(layout, demands, Levels.WINDOW);
    }

    /** The plan for a graph under some demands, with reductions of at most {@code window} elements unrolled. */
    public static FusionPlan of(LayoutPlan layout, Demands demands, int window) {
        while (true) {
            FusionPlan plan = new FusionPlan(layout, demands, window);
            for (Tensor tied : plan.store()) {
                demands = demands.apart(tied);
            }
            for (Tensor cut : plan.loops()) {
                demands = demands.alone(cut);
            }
            if (demands.equals(plan.demands)) {
                return plan;
            }
        }
    }

    /** The layouts that this plan is for. */
    public LayoutPlan layout() {
        return layout;
    }

    /** Kinds and levels of the nodes. */
    public Levels levels() {
        return levels;
    }

    /** What this plan had to respect. */
    public Demands demands() {
        return demands;
    }

    /** The groups in an order in which each finds its operands. */
    public List<FusedGroup> groups() {
        return groups;
    }

    /** The loops of a group with a batch axis. */
    public AxisAtoms loops(FusedGroup group) {
        return Known.of(loops, group);
    }

    /** True if an owner is stored as one bit per element. */
    public boolean bits(Tensor owner) {
        return bits.contains(owner) && !floats.contains(owner);
    }

    /** True if an owner has memory of its own. */
    public boolean stored(Tensor owner) {
        return floats.contains(owner) || bits.contains(owner);
    }

    /** Decides what is stored and forms the groups; returns the outputs of groups that wait for each other. */
    private List<Tensor> store() {
        for (Tensor t : layout.order()) {
            if (levels.kind(t) == Levels.Kind.LAUNCH) {
                floats.add(t);
                t.inputs().forEach(operand -> floats.add(layout.owner(operand)));
            } else if (levels.kind(t) == Levels.Kind.SUM || levels.kind(t) == Levels.Kind.LEAF) {
                floats.add(t);
            }
        }
        layout.roots().forEach(root -> floats.add(layout.owner(root)));
        floats.addAll(demands.stored);
        List<Tensor> tied = new ArrayList<>();
        for (int level = levels.top(); level >= 0; level--) {
            List<FusedGroup> open = groupsOf(level);
            groups.addAll(sorted(open));
            open.forEach(group -> tied.addAll(group.outputs()));
        }
        groups.sort(Comparator.comparingInt(FusedGroup::level));
        return tied;
    }

    private boolean output(Tensor t) {
        Levels.Kind kind = levels.kind(t);
        return stored(t) && (kind == Levels.Kind.FUSED || kind == Levels.Kind.SUM);
    }

    private List<FusedGroup> groupsOf(int level) {
        List<FusedGroup> made = new ArrayList<>();
        Set<Tensor> done = new HashSet<>();
        while (true) {
            List<Tensor> outputs = levels.nodes(level).stream()
                    .filter(t -> output(t) && done.add(t))
                    .toList();
            if (outputs.isEmpty()) {
                return made;
            }
            for (Tensor output : outputs.reversed()) {
                FusedGroup group = alone(output, level);
                for (FusedGroup other : List.copyOf(made)) {
                    if (joins(other, group)) {
                        made.remove(other);
                        group = other.with(group);
                    }
                }
                made.add(group);
            }
        }
    }

    private FusedGroup alone(Tensor output, int level) {
        Tensor first = levels.kind(output) == Levels.Kind.SUM ? output.input() : output;
        int examples = layout.batch(first) ? layout.examples(first) : 0;
        FusedGroup group =
                new FusedGroup(level, examples, List.of(output), new LinkedHashSet<>(), new LinkedHashSet<>());
        new Needs(group, first.shape().elements()).visit(first, true);
        group.loads().removeAll(group.body());
        return group;
    }

    /** Collects what one output needs. */
    private final class Needs {
        private final FusedGroup group;
        private final int domain;

        Needs(FusedGroup group, int domain) {
            this.group = group;
            this.domain = domain;
        }

        void visit(Tensor t, boolean root) {
            if (group.body().contains(t) || group.loads().contains(t)) {
                return;
            }
            switch (levels.kind(t)) {
                case CONSTANT -> group.body().add(t);
                case LEAF, LAUNCH, SUM -> group.loads().add(t);
                case VIEW -> compute(t);
                case FUSED -> {
                    if (!root && asStored(t)) {
                        group.loads().add(t);
                    } else {
                        compute(t);
                    }
                }
            }
        }

        private void compute(Tensor t) {
            t.inputs().forEach(operand -> visit(operand, false));
            group.body().add(t);
        }

        /** True if the value is read from memory; decides that it will be there. */
        private boolean asStored(Tensor t) {
            if (demands.stored.contains(t)) {
                return true;
            }
            if (t.op() instanceof Op.Broadcast) {
                return false;
            }
            if (group.batch() && (!layout.batch(t) || dear(t) && t.shape().elements() < domain)) {
                floats.add(t);
                return true;
            }
            if (levels.level(t) == group.level()) {
                return false;
            }
            if (stored(t)) {
                return true;
            }
            if (comparison(t) && layout.batch(t)) {
                bits.add(t);
                return true;
            }
            if (!cheap(t, new int[] {CHAIN})) {
                floats.add(t);
                return true;
            }
            return false;
        }
    }

    private static boolean comparison(Tensor t) {
        return t.op() instanceof Op.Binary(var kind) && (kind == Op.BinaryKind.LESS || kind == Op.BinaryKind.EQUAL);
    }

    private static boolean dear(Tensor t) {
        return t.op() instanceof Op.Unary(var kind) && kind != Op.UnaryKind.NEG;
    }

    private boolean cheap(Tensor t, int[] budget) {
        Tensor owner = layout.owner(t);
        if (stored(owner) || levels.kind(owner) == Levels.Kind.CONSTANT || !layout.batch(t)) {
            return true;
        }
        if (t.op() instanceof Op.Broadcast || levels.kind(t) == Levels.Kind.VIEW) {
            return cheap(t.input(), budget);
        }
        if (levels.kind(t) != Levels.Kind.FUSED || --budget[0] < 0) {
            return false;
        }
        return comparison(t) || !dear(t) && t.inputs().stream().allMatch(operand -> cheap(operand, budget));
    }

    private boolean joins(FusedGroup a, FusedGroup b) {
        if (a.examples() != b.examples()
                || !Collections.disjoint(a.outputs(), b.loads())
                || !Collections.disjoint(b.outputs(), a.loads())) {
            return false;
        }
        if (a.outputs().stream().anyMatch(demands.apart::contains)
                || b.outputs().stream().anyMatch(demands.apart::contains)) {
            return false;
        }
        int full = full(a);
        if (full != full(b)) {
            return false;
        }
        boolean shared = a.body().stream()
                        .anyMatch(t -> b.body().contains(t)
                                && levels.kind(t) == Levels.Kind.FUSED
                                && levels.level(t) == a.level()
                                && t.shape().elements() == full
                                && layout.batch(t) == a.batch())
                || a.loads().stream()
                        .anyMatch(t -> b.loads().contains(t)
                                && levels.kind(t) == Levels.Kind.LAUNCH
                                && a.batch()
                                && layout.batch(t)
                                && t.shape().elements() == full);
        return shared && (!a.batch() || AxisAtoms.of(layout, levels, a.with(b)).isPresent());
    }

    /** Elements of the largest tensor that the loops of a group run over. */
    private int full(FusedGroup group) {
        int most = 0;
        for (Set<Tensor> nodes : List.of(group.body(), group.loads())) {
            for (Tensor t : nodes) {
                if (levels.kind(t) != Levels.Kind.CONSTANT && layout.batch(t) == group.batch()) {
                    most = Math.max(most, t.shape().elements());
                }
            }
        }
        return most;
    }

    /** Moves groups into an order in which each finds its operands; leaves those that wait for each other. */
    private static List<FusedGroup> sorted(List<FusedGroup> open) {
        List<FusedGroup> sorted = new ArrayList<>();
        while (true) {
            var next = open.stream()
                    .filter(group -> open.stream()
                            .allMatch(other ->
                                    other.equals(group) || Collections.disjoint(other.outputs(), group.loads())))
                    .findFirst();
            if (next.isEmpty()) {
                return sorted;
            }
            open.remove(next.get());
            sorted.add(next.get());
        }
    }

    /** Finds the loops of all groups; returns nodes that must be launches because their reshapes do not fit. */
    private List<Tensor> loops() {
        for (FusedGroup group : groups) {
            if (group.batch()) {
                var atoms = AxisAtoms.of(layout, levels, group);
                if (atoms.isEmpty()) {
                    List<Tensor> views = group.body().stream()
                            .filter(t -> t.op() instanceof Op.Reshape)
                            .toList();
                    return views.isEmpty() ? group.outputs() : views;
                }
                loops.put(group, atoms.get());
            }
        }
        return List.of();
    }
}
