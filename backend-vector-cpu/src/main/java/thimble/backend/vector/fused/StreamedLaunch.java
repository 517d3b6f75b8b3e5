package thimble.backend.vector.fused;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import thimble.backend.Buffer;
import thimble.backend.vector.launch.Binding;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.launch.RowSource;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * A flat group that reads some rows of a matrix as soon as they are made, then the next: a kernel's gradient and the update of the kernel, say. Each
 * chunk makes its next rows where the last were, so that a large matrix takes little room in the caches.
 */
public final class StreamedLaunch {
    /** Bytes of the matrix that are made at a time. */
    private static final int PART_BYTES = 1 << 16;

    /** Parts that make a chunk. */
    private static final int CHUNK_PARTS = 4;

    private static final int MOST_CHUNKS = 32;

    private final RowSource source;
    private final FusedShape shape;
    private final FusedKernel kernel;
    private final Storage storage;
    private final MemorySegment table;
    /** First row of each part, and the end. */
    private final int[] parts;
    /** First part of each chunk, and the end. */
    private final int[] chunks;
    /** Where the rows of one part for each chunk lie. */
    private final Buffer scratch;

    private final long scratchBytes;
    private final List<Buffer> operands = new ArrayList<>();

    /** Some rows: how they are made, and where the operands begin that are used with them. */
    private record Part(Kernel rows, long[] bases, int bytes) {}

    private StreamedLaunch(RowSource source, FusedShape shape, FusedKernel kernel, Storage storage, Tables tables) {
        this.source = source;
        this.shape = shape;
        this.kernel = kernel;
        this.storage = storage;
        this.table = tables.of(new int[1]);
        // Parts begin with a vector.
        int unit = 1;
        while (unit * source.columns() % Species.GROUP > 0) {
            unit *= 2;
        }
        int units = Math.ceilDiv(source.rows(), unit);
        int least = Math.ceilDiv(bytes(source.rows()), PART_BYTES);
        // Shares of two and of four threads are the same.
        int size = Math.min(units, Math.min(MOST_CHUNKS, Math.ceilDiv(least, 4 * CHUNK_PARTS) * 4));
        int count = Math.min(units, Math.ceilDiv(least, size) * size);
        this.parts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            parts[i] = Math.min(source.rows(), (int) ((long) units * i / count) * unit);
        }
        this.chunks = new int[size + 1];
        for (int i = 0; i <= size; i++) {
            chunks[i] = count * i / size;
        }
        this.scratchBytes = bytes(Math.ceilDiv(units, count) * unit);
        this.scratch = storage.work(scratchBytes * size);
        for (Operand operand : shape.operands()) {
            operands.add(streamed(operand) ? scratch : storage.of(operand.tensor()));
        }
    }

    /**
     * The launch of a group.
     *
     * @param text what the plan says of the group
     * @param source the operand that is made on the way
     * @param shape its operands
     * @param kernel its generated class
     * @param storage where the other operands lie
     * @param tables the offset tables of the program so far
     */
    public static Launch of(
            String text, RowSource source, FusedShape shape, FusedKernel kernel, Storage storage, Tables tables) {
        return new StreamedLaunch(source, shape, kernel, storage, tables).launch(text);
    }

    private Launch launch(String text) {
        List<Buffer> reads = new ArrayList<>(source.reads());
        reads.addAll(operands);
        List<Buffer> writes = new ArrayList<>(List.of(scratch));
        shape.outputs().forEach(output -> writes.add(storage.of(output)));
        return Launch.of(source.text() + ", " + text, reads, writes, this::bind);
    }

    private boolean streamed(Operand operand) {
        return operand.tensor() == source.matrix();
    }

    /** Bytes of so many rows, in whole vectors. */
    private int bytes(int rows) {
        return Math.ceilDiv(4 * rows * source.columns(), Species.GROUP_BYTES) * Species.GROUP_BYTES;
    }

    private Kernel bind(Binding binding) {
        MemorySegment state = binding.state().segment();
        Part[] all = new Part[parts.length - 1];
        for (int chunk = 0; chunk < chunks.length - 1; chunk++) {
            for (int i = chunks[chunk]; i < chunks[chunk + 1]; i++) {
                all[i] = part(binding, i, chunk * scratchBytes);
            }
        }
        return new Kernel() {
            @Override
            public int chunks() {
                return chunks.length - 1;
            }

            @Override
            public void run(int chunk) {
                for (int i = chunks[chunk]; i < chunks[chunk + 1]; i++) {
                    Part part = all[i];
                    for (int j = 0; j < part.rows.chunks(); j++) {
                        part.rows.run(j);
                    }
                    kernel.run(binding.arena(), state, table, part.bases, 0, part.bytes, 1, 0, 0);
                }
            }
        };
    }

    private Part part(Binding binding, int i, long scratchAt) {
        int first = parts[i];
        int count = parts[i + 1] - first;
        MemorySegment into = binding.segment(scratch).asSlice(scratchAt, scratchBytes);
        int bytes = bytes(count);
        long[] bases = new long[operands.size() + 1];
        for (int o = 0; o < operands.size(); o++) {
            Operand operand = shape.operands().get(o);
            boolean scalar = operand.kind() == Operand.Kind.SCALAR;
            long from = scalar ? 0 : streamed(operand) ? scratchAt : 4L * first * source.columns();
            MemorySegment memory = operand.state() ? binding.state().segment() : binding.arena();
            long at = binding.offset(operands.get(o)) + from;
            Objects.checkFromIndexSize(at, scalar ? Float.BYTES : bytes, memory.byteSize());
            bases[o] = binding.place(operands.get(o)) + from;
        }
        bases[operands.size()] = Memory.place(table, 0);
        return new Part(source.bind().rows(binding, first, count, into), bases, bytes);
    }
}
