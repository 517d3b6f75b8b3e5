package thimble.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import thimble.tensor.Tensor;

/** The loops of a fused group as numbers: rows, instances of the unrolled window, and the offset of every operand in every row. */
public final class FusedLoops {
    private final FusionPlan plan;
    private final FusedGroup group;
    private final List<AxisAtoms.Atom> outer = new ArrayList<>();
    private final List<AxisAtoms.Atom> window;
    private final Map<Tensor, List<AxisAtoms.Atom>> atoms = new HashMap<>();
    private final List<int[]> columns = new ArrayList<>();
    private final int kept;
    private final int rest;
    private final int instances;

    /** The loops of one group of a plan. */
    public FusedLoops(FusionPlan plan, FusedGroup group) {
        this.plan = plan;
        this.group = group;
        if (group.batch()) {
            AxisAtoms loops = plan.loops(group);
            outer.addAll(loops.kept());
            outer.addAll(loops.rest());
            window = loops.window();
            boolean sums = group.outputs().stream().anyMatch(t -> plan.levels().kind(t) == Levels.Kind.SUM);
            int keptRows = product(loops.kept());
            int restRows = product(loops.rest());
            kept = sums ? keptRows : keptRows * restRows;
            rest = sums ? restRows : 1;
            for (Set<Tensor> nodes : List.of(group.loads(), group.body(), new LinkedHashSet<>(group.outputs()))) {
                nodes.forEach(t -> atoms.put(t, loops.of(t)));
            }
        } else {
            window = List.of();
            kept = 1;
            rest = 1;
        }
        instances = product(window);
    }

    private static int product(List<AxisAtoms.Atom> atoms) {
        return atoms.stream().mapToInt(AxisAtoms.Atom::size).reduce(1, Math::multiplyExact);
    }

    /** The group. */
    public FusedGroup group() {
        return group;
    }

    /** The plan that the group is part of. */
    public FusionPlan plan() {
        return plan;
    }

    /** Rows whose sums are told apart; all rows if the group adds nothing up. */
    public int kept() {
        return kept;
    }

    /** Rows inside each kept row. */
    public int rest() {
        return rest;
    }

    /** Iterations of the unrolled window. */
    public int instances() {
        return instances;
    }

    /** The table's columns, one offset for each row. */
    public List<int[]> columns() {
        return columns;
    }

    /** Number of the value of a tensor in one iteration of the window: iterations that the tensor does not see are one. */
    public int instance(Tensor tensor, int iteration) {
        if (window.isEmpty()) {
            return 0;
        }
        List<AxisAtoms.Atom> seen = Objects.requireNonNull(atoms.get(tensor));
        int result = 0;
        int scale = 1;
        int left = iteration;
        for (AxisAtoms.Atom atom : window.reversed()) {
            if (seen.contains(atom)) {
                result += left % atom.size() * scale;
            }
            left /= atom.size();
            scale *= atom.size();
        }
        return result;
    }

    /** The distinct instances of a tensor, ascending; each is also an iteration that has it. */
    public List<Integer> instances(Tensor tensor) {
        Set<Integer> distinct = new LinkedHashSet<>();
        for (int w = 0; w < instances; w++) {
            distinct.add(instance(tensor, w));
        }
        return List.copyOf(distinct);
    }

    /** Elements from the start of a tensor's features in one iteration of the window. */
    public int displacement(Tensor tensor, int iteration) {
        return index(tensor, window, iteration);
    }

    /** Column of the table with a tensor's offsets, {@code unit} for each element. */
    public int column(Tensor tensor, int unit) {
        int[] strides = strides(tensor, outer);
        int[] offsets = new int[kept * rest];
        for (int row = 0; row < offsets.length; row++) {
            offsets[row] = index(strides, outer, row) * unit;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (Arrays.equals(columns.get(i), offsets)) {
                return i;
            }
        }
        columns.add(offsets);
        return columns.size() - 1;
    }

    /** Element of a sum that belongs to a kept row and an iteration of the window. */
    public int sumElement(Tensor sum, int keptRow, int iteration) {
        return index(sum, outer, keptRow * rest) + displacement(sum, iteration);
    }

    private int index(Tensor tensor, List<AxisAtoms.Atom> loops, int iteration) {
        return index(strides(tensor, loops), loops, iteration);
    }

    private static int index(int[] strides, List<AxisAtoms.Atom> loops, int iteration) {
        int result = 0;
        int left = iteration;
        for (int i = strides.length - 1; i >= 0; i--) {
            int size = loops.get(i).size();
            result += left % size * strides[i];
            left /= size;
        }
        return result;
    }

    /** Elements between neighbours along each loop. */
    private int[] strides(Tensor tensor, List<AxisAtoms.Atom> loops) {
        int[] strides = new int[loops.size()];
        int stride = 1;
        for (AxisAtoms.Atom atom : Objects.requireNonNull(atoms.get(tensor)).reversed()) {
            int at = loops.indexOf(atom);
            if (at >= 0) {
                strides[at] = stride;
            }
            stride *= atom.size();
        }
        return strides;
    }
}
