package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.Buffer;
import thimble.backend.FusionPlan;
import thimble.backend.LayoutPlan;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Which buffer holds each stored value. Numbers and comparisons lie without gaps, examples innermost. */
final class Memory {
    /** Buffers begin at multiples of this many bytes. */
    static final int UNIT = 64;

    private final FusionPlan plan;
    private final LayoutPlan layout;
    private final Map<Tensor, String> inPlace;
    private final Map<Tensor, Buffer> buffers = new LinkedHashMap<>();
    private final Map<String, Buffer> variables = new LinkedHashMap<>();
    private final List<Buffer> work = new ArrayList<>();

    /**
     * @param inPlace values that are computed in the memory of the variable they update
     */
    Memory(FusionPlan plan, Map<Tensor, String> inPlace) {
        this.plan = plan;
        this.layout = plan.layout();
        this.inPlace = inPlace;
    }

    /** The plan whose values lie here. */
    FusionPlan plan() {
        return plan;
    }

    LayoutPlan layout() {
        return layout;
    }

    /** The buffer of a tensor's owner. */
    Buffer of(Tensor tensor) {
        return buffers.computeIfAbsent(layout.owner(tensor), this::make);
    }

    private Buffer make(Tensor owner) {
        long elements = owner.shape().elements();
        if (owner.op() instanceof Op.Variable(var name, var _)) {
            return variable(name, owner);
        }
        if (inPlace.containsKey(owner)) {
            return variable(inPlace.get(owner), owner);
        }
        return work(plan.bits(owner) ? elements : 4 * elements);
    }

    /** The memory of a variable in the state. */
    Buffer variable(String name, Tensor like) {
        return variables.computeIfAbsent(
                name, _ -> Buffer.variable(name, rounded(4L * like.shape().elements())));
    }

    /** Memory of no tensor's own. */
    Buffer work(long bytes) {
        Buffer buffer = Buffer.of(rounded(bytes));
        work.add(buffer);
        return buffer;
    }

    private static long rounded(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, UNIT)) * (long) UNIT;
    }

    /** Gives every buffer of the arena its place; returns the bytes of the arena. */
    long place() {
        return Buffer.place(work, UNIT);
    }
}
