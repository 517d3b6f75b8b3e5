package thimble.backend.vector.fused;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import thimble.backend.FusedGroup;
import thimble.backend.FusedLoops;
import thimble.backend.FusionPlan;
import thimble.backend.LayoutPlan;
import thimble.backend.Levels;
import thimble.backend.vector.code.Masks;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** The operands of a fused group and the address of each of their window instances. */
public final class FusedShape {
    private final FusedLoops loops;
    private final FusionPlan plan;
    private final FusedGroup group;
    private final Predicate<Tensor> inState;
    private final List<Operand> operands = new ArrayList<>();
    private final Map<Key, Address> sources = new HashMap<>();
    private final Map<Key, Address> targets = new HashMap<>();
    private final List<Address> scalars = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();
    private final List<Tensor> outputs;
    private Optional<Address> lanes = Optional.empty();

    /**
     * An operand's place: its base, an offset from the table and a constant.
     *
     * @param operand position of the operand
     * @param column column of the table, −1 if the offset is always 0
     * @param displacement constant bytes
     */
    record Address(int operand, int column, int displacement) {}

    /**
     * An accumulator.
     *
     * @param output the sum
     * @param instance window instance of the sum
     */
    record Sum(Tensor output, int instance) {}

    private record Key(Tensor tensor, int instance) {}

    /**
     * The operands of a group.
     *
     * @param loops the group and how it is run
     * @param inState which values lie in the state
     */
    public FusedShape(FusedLoops loops, Predicate<Tensor> inState) {
        this.loops = loops;
        this.plan = loops.plan();
        this.group = loops.group();
        this.inState = inState;
        this.outputs = group.outputs().stream()
                .sorted(Comparator.comparingInt(plan.layout()::index))
                .toList();
        for (Tensor load : group.loads()) {
            for (int instance : loops.instances(load)) {
                Address address = address(load, instance, kind(load));
                sources.put(new Key(load, instance), address);
                if (kind(load) == Operand.Kind.SCALAR && !scalars.contains(address)) {
                    scalars.add(address);
                }
            }
        }
        for (Tensor output : outputs) {
            boolean sum = summed(output);
            for (int instance : loops.instances(output)) {
                if (sum) {
                    sums.add(new Sum(output, instance));
                } else {
                    targets.put(new Key(output, instance), address(output, instance, kind(output)));
                }
            }
            if (sum && group.examples() % Species.GROUP != 0 && lanes.isEmpty()) {
                lanes = Optional.of(new Address(operand(output.input(), Operand.Kind.LANES), -1, 0));
            }
        }
    }

    private Operand.Kind kind(Tensor t) {
        LayoutPlan layout = plan.layout();
        if (plan.bits(layout.owner(t))) {
            return Operand.Kind.BITS;
        }
        boolean scalar = group.batch() ? !layout.batch(t) : t.shape().elements() == 1 && full() > 1;
        return scalar ? Operand.Kind.SCALAR : Operand.Kind.FLOATS;
    }

    /** Elements of a flat group. */
    int full() {
        return group.outputs().getFirst().shape().elements();
    }

    private Address address(Tensor t, int instance, Operand.Kind kind) {
        int operand = operand(plan.layout().owner(t), kind);
        if (!group.batch()) {
            return new Address(operand, -1, 0);
        }
        int unit = unit(kind);
        return new Address(operand, loops.column(t, unit), loops.displacement(t, instance) * unit);
    }

    private int unit(Operand.Kind kind) {
        int lanes = BatchLayout.lanes(group.examples());
        return switch (kind) {
            case FLOATS, LANES -> 4 * lanes;
            case BITS -> lanes / Species.LANES * Masks.BYTES;
            case SCALAR -> 4;
        };
    }

    /** Places of all that is loaded and stored. */
    Collection<Address> addresses() {
        List<Address> all = new ArrayList<>(sources.values());
        all.addAll(targets.values());
        return all;
    }

    /** Bytes from an operand's row to its next one; 0 for a scalar, which neighbouring rows may share. */
    int step(Address address) {
        Operand.Kind kind = operands.get(address.operand()).kind();
        return kind == Operand.Kind.SCALAR ? 0 : unit(kind);
    }

    private int operand(Tensor owner, Operand.Kind kind) {
        boolean state = kind != Operand.Kind.LANES && inState.test(owner);
        Operand operand = new Operand(owner, kind, state);
        if (!operands.contains(operand)) {
            operands.add(operand);
        }
        return operands.indexOf(operand);
    }

    FusedLoops loops() {
        return loops;
    }

    List<Operand> operands() {
        return operands;
    }

    /** Scalars that each row reads. */
    List<Address> scalars() {
        return scalars;
    }

    /** Accumulators in the order of their partial sums. */
    List<Sum> sums() {
        return sums;
    }

    /** Outputs, operands before users. */
    List<Tensor> outputs() {
        return outputs;
    }

    /** Where 1 stands for each example and 0 for pad lanes, if sums have to tell them apart. */
    Optional<Address> lanes() {
        return lanes;
    }

    boolean summed(Tensor output) {
        return plan.levels().kind(output) == Levels.Kind.SUM && output.op() instanceof Op.Reduce;
    }

    /** The accumulator to which an instance of the operand of a sum belongs. */
    int sum(Tensor output, int iteration) {
        return sums.indexOf(new Sum(output, loops.instance(output, iteration)));
    }

    Address source(Tensor tensor, int instance) {
        return Objects.requireNonNull(sources.get(new Key(tensor, instance)));
    }

    Address target(Tensor output, int instance) {
        return Objects.requireNonNull(targets.get(new Key(output, instance)));
    }
}
