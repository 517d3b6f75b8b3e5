package thimble.backend.vector.fused;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import thimble.backend.Buffer;
import thimble.backend.FusedLoops;
import thimble.backend.vector.code.Masks;
import thimble.backend.vector.launch.Binding;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Reach;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Fold;
import thimble.tensor.Tensor;

/** Turns a fused group and its generated class into a launch. */
public final class FusedLaunch {
    /** Bytes of operands below which a chunk is not worth a thread. */
    private static final long CHUNK_BYTES = 1 << 16;

    private static final int MOST_CHUNKS = 16;

    private final FusedShape shape;
    private final FusedLoops loops;
    private final Storage storage;
    private final List<Buffer> buffers = new ArrayList<>();

    /** Elements of one sum: they lie side by side, each the sum of {@code n} groups of lanes. */
    private record Total(Tensor output, long from, int elements, long step, int n, long groupStep, long into) {}

    private FusedLaunch(FusedShape shape, Storage storage) {
        this.shape = shape;
        this.loops = shape.loops();
        this.storage = storage;
        for (Operand operand : shape.operands()) {
            boolean lanes = operand.kind() == Operand.Kind.LANES;
            buffers.add(lanes ? storage.lanes(loops.group().examples()) : storage.of(operand.tensor()));
        }
    }

    /**
     * The launch of a group.
     *
     * @param text what the plan says of it
     * @param shape its operands
     * @param kernel its generated class
     * @param storage where the operands lie
     * @param tables the offset tables of the program so far
     */
    public static Launch of(String text, FusedShape shape, FusedKernel kernel, Storage storage, Tables tables) {
        return new FusedLaunch(shape, storage).launch(text, kernel, tables);
    }

    private Launch launch(String text, FusedKernel kernel, Tables tables) {
        List<Buffer> writes = new ArrayList<>();
        for (Tensor output : shape.outputs()) {
            writes.add(storage.of(output));
        }
        List<Total> totals = totals();
        Buffer partials = storage.work(Math.max(1L, shape.sums().size()) * loops.kept() * Species.GROUP_BYTES);
        if (!totals.isEmpty()) {
            writes.add(partials);
        }
        boolean batch = loops.group().batch();
        int run = batch ? RowRuns.length(shape) : 1;
        boolean sums = !shape.sums().isEmpty();
        int end = batch
                ? loops.kept() / (sums ? 1 : run)
                : Math.ceilDiv(4 * shape.full(), Species.GROUP_BYTES) * Species.GROUP_BYTES;
        int unit = batch ? 1 : Species.GROUP_BYTES;
        int rowBytes = batch ? 4 * BatchLayout.lanes(loops.group().examples()) : 0;
        long bytes = batch ? (long) loops.kept() * loops.rest() * loops.instances() * rowBytes : end;
        int chunks = Math.clamp(bytes * buffers.size() / CHUNK_BYTES, 1, Math.min(MOST_CHUNKS, end / unit));
        int[] cuts = new int[chunks + 1];
        for (int i = 0; i <= chunks; i++) {
            cuts[i] = (int) ((long) (end / unit) * i / chunks) * unit;
        }
        int[] table = table(run);
        Prepared prepared = new Prepared(
                kernel,
                List.copyOf(buffers),
                reach(table, batch ? rowBytes * run : end),
                tables.of(table),
                cuts,
                loops.rest() / (sums ? run : 1),
                rowBytes * run,
                totals,
                partials,
                storage);
        return new Launch(text, prepared.operands, writes, false, prepared::bind);
    }

    /** What a launch holds: its offsets once, in the table, and not the shape, which holds them by column. */
    private record Prepared(
            FusedKernel kernel,
            List<Buffer> operands,
            List<Reach> reach,
            MemorySegment table,
            int[] cuts,
            int rest,
            int rowBytes,
            List<Total> totals,
            Buffer partials,
            Storage storage) {
        List<Kernel> bind(Binding binding) {
            MemorySegment state = binding.state().segment();
            long[] bases = new long[operands.size() + 1];
            for (int i = 0; i < operands.size(); i++) {
                Buffer operand = operands.get(i);
                MemorySegment memory = operand.variable().isPresent() ? state : binding.arena();
                reach.get(i).check("an operand", binding.offset(operand), memory);
                bases[i] = binding.place(operand);
            }
            bases[operands.size()] = Memory.place(table, 0);
            long sums = totals.isEmpty() ? 0 : binding.place(partials);
            List<Kernel> kernels = new ArrayList<>();
            kernels.add(new Kernel() {
                @Override
                public int chunks() {
                    return cuts.length - 1;
                }

                @Override
                public void run(int chunk) {
                    kernel.run(
                            binding.arena(), state, table, bases, cuts[chunk], cuts[chunk + 1], rest, rowBytes, sums);
                }
            });
            if (!totals.isEmpty()) {
                kernels.add(fold(binding));
            }
            return kernels;
        }

        private Kernel fold(Binding binding) {
            MemorySegment from = binding.segment(partials);
            Total[] all = totals.toArray(Total[]::new);
            MemorySegment[] results = totals.stream()
                    .map(total -> binding.segment(storage.of(total.output)))
                    .toArray(MemorySegment[]::new);
            return _ -> {
                for (int i = 0; i < all.length; i++) {
                    Total total = all[i];
                    Fold.sums(
                            from,
                            total.from,
                            total.elements,
                            total.step,
                            total.n,
                            total.groupStep,
                            results[i],
                            total.into);
                }
            };
        }
    }

    /** What each operand's rows of {@code bytes} bytes of examples take, counted from where the operand begins. */
    private List<Reach> reach(int[] table, int bytes) {
        List<Reach> reach = Stream.generate(Reach::new).limit(buffers.size()).toList();
        int width = loops.columns().size();
        List<FusedShape.Address> addresses = new ArrayList<>(shape.addresses());
        shape.lanes().ifPresent(addresses::add);
        for (FusedShape.Address address : addresses) {
            int size = switch (shape.operands().get(address.operand()).kind()) {
                case FLOATS, LANES -> bytes;
                case BITS -> bytes >>> Masks.SHIFT;
                case SCALAR -> Float.BYTES;
            };
            if (address.column() < 0) {
                reach.get(address.operand()).add(address.displacement(), (long) address.displacement() + size);
                continue;
            }
            for (int i = address.column(); i < table.length; i += width) {
                long from = (long) table[i] + address.displacement();
                reach.get(address.operand()).add(from, from + size);
            }
        }
        return reach;
    }

    /** The table, one row for each {@code run} rows. */
    private int[] table(int run) {
        int width = loops.columns().size();
        int[] table = new int[Math.max(1, width * (loops.kept() * loops.rest() / run))];
        for (int column = 0; column < width; column++) {
            int[] offsets = loops.columns().get(column);
            for (int row = 0; row * run < offsets.length; row++) {
                table[row * width + column] = offsets[row * run];
            }
        }
        return table;
    }

    private List<Total> totals() {
        List<Total> totals = new ArrayList<>();
        long keptStep = (long) shape.sums().size() * Species.GROUP_BYTES;
        for (int i = 0; i < shape.sums().size(); i++) {
            FusedShape.Sum sum = shape.sums().get(i);
            long from = (long) i * Species.GROUP_BYTES;
            int first = loops.sumElement(sum.output(), 0, sum.instance());
            boolean together = loops.kept() > 1 && loops.sumElement(sum.output(), 1, sum.instance()) == first;
            if (together) {
                totals.add(new Total(sum.output(), from, 1, 0, loops.kept(), keptStep, 4L * first));
                continue;
            }
            for (int k = 0; k < loops.kept(); k++) {
                long into = 4L * loops.sumElement(sum.output(), k, sum.instance());
                Total last = totals.isEmpty() ? null : totals.getLast();
                if (k > 0 && last != null && last.into + 4L * last.elements == into) {
                    totals.set(
                            totals.size() - 1,
                            new Total(sum.output(), last.from, last.elements + 1, keptStep, 1, 0, last.into));
                } else {
                    totals.add(new Total(sum.output(), from + k * keptStep, 1, keptStep, 1, 0, into));
                }
            }
        }
        return totals;
    }
}
