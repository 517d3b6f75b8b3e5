package thimble.backend.vector.fused;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.BackendException;
import thimble.backend.Buffer;
import thimble.backend.FusionPlan;
import thimble.backend.LayoutPlan;
import thimble.backend.vector.code.Masks;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Border;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Which buffer holds each stored value. */
public final class Storage {
    private final FusionPlan plan;
    private final LayoutPlan layout;
    private final Map<Tensor, String> inPlace;
    private final Map<Tensor, Buffer> buffers = new LinkedHashMap<>();
    private final Map<Integer, Buffer> lanes = new LinkedHashMap<>();
    private final List<Buffer> work = new ArrayList<>();

    /**
     * Buffers for a plan, none asked for yet.
     *
     * @param plan what is stored
     * @param inPlace the variables that values are written to where they lie
     */
    public Storage(FusionPlan plan, Map<Tensor, String> inPlace) {
        this.plan = plan;
        this.layout = plan.layout();
        this.inPlace = inPlace;
    }

    /** The buffer of a tensor's owner. */
    public Buffer of(Tensor tensor) {
        return buffers.computeIfAbsent(layout.owner(tensor), this::make);
    }

    /** Bytes of a tensor's buffer; kernels count them in an int. */
    private long bytes(Tensor owner) {
        long bytes = Border.of(layout, owner).bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new BackendException("[cpu] expected at most %,d bytes in one tensor but %s wants %,d"
                    .formatted(Integer.MAX_VALUE, owner, bytes));
        }
        return bytes;
    }

    /**
     * Checks what a launch or group reads and writes, before anything is made for it.
     *
     * @throws BackendException naming a tensor that is too large
     */
    public void check(Collection<Tensor> tensors) {
        tensors.forEach(tensor -> bytes(layout.owner(tensor)));
    }

    private Buffer make(Tensor owner) {
        long bytes = bytes(owner);
        if (owner.op() instanceof Op.Variable(var name, var _)) {
            return Buffer.variable(name, bytes);
        }
        if (inPlace.containsKey(owner)) {
            return Buffer.variable(inPlace.get(owner), bytes);
        }
        if (plan.bits(owner)) {
            int vectors = BatchLayout.lanes(layout.examples(owner)) / Species.LANES;
            return work((long) layout.features(owner) * vectors * Masks.BYTES);
        }
        return work(bytes);
    }

    /** True if a tensor's memory is in the state. */
    public boolean inState(Tensor owner) {
        return owner.op() instanceof Op.Variable || inPlace.containsKey(owner);
    }

    /** Memory of no tensor's own. */
    public Buffer work(long bytes) {
        Buffer buffer = Buffer.of(bytes);
        work.add(buffer);
        return buffer;
    }

    /** A row with 1 for each example and 0 for pad lanes. */
    public Buffer lanes(int examples) {
        return lanes.computeIfAbsent(examples, n -> work(4L * BatchLayout.lanes(n)));
    }

    /** Rows of {@link #lanes} that were asked for, by number of examples. */
    public Map<Integer, Buffer> lanes() {
        return lanes;
    }

    /** Gives every buffer of the arena its place; returns the bytes of the arena. */
    public long place() {
        return Buffer.place(work, Memory.ALIGNMENT);
    }
}
