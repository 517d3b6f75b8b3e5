package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * Fills a random tensor: uniform numbers in [0, 1) whose bits depend on key, stream and logical row-major index alone,
 * never on where an element lies. The key is read when the kernel runs: INT32 [3] = (seed low, seed high, step).
 */
public final class RandomFill implements Kernel {
    private static final int CHUNK_ROWS = 64;
    private static final int MOST_CHUNKS = 32;
    private static final int LOW = 0xFFFF;

    private final long stream;
    private final MemorySegment key;
    private final MemorySegment into;
    private final int[] rowOffsets;
    private final int[] firstIndex;
    private final int laneStep;
    private final int width;
    private final boolean aligned;
    private final int chunks;

    /**
     * @param rowOffsets byte offsets of the physical rows
     * @param firstIndex logical index of the first element of each row
     * @param laneStep logical index from one element of a row to the next
     * @param width elements of a row, rounded up to 16
     */
    private RandomFill(
            long stream,
            MemorySegment key,
            MemorySegment into,
            int[] rowOffsets,
            int[] firstIndex,
            int laneStep,
            int width) {
        this.stream = stream;
        this.key = key;
        this.into = into;
        this.rowOffsets = rowOffsets;
        this.firstIndex = firstIndex;
        this.laneStep = laneStep;
        this.width = width;
        this.aligned = laneStep % 4 == 0;
        this.chunks = Math.clamp((long) rowOffsets.length * width / (CHUNK_ROWS * 64L), 1, MOST_CHUNKS);
    }

    /**
     * The launch for a tensor with a batch axis; pad lanes get numbers that nobody reads.
     *
     * @param inner elements of one example that lie after the batch axis in the logical order; all of them if the
     *     batch axis is the first
     */
    public static Kernel lanes(long stream, BatchLayout layout, int inner, MemorySegment key, MemorySegment into) {
        int[] offsets = new int[layout.elements()];
        int[] first = new int[layout.elements()];
        for (int e = 0; e < offsets.length; e++) {
            offsets[e] = layout.offset(e);
            first[e] = Math.toIntExact((long) (e / inner) * layout.batch() * inner + e % inner);
        }
        Math.multiplyExact(layout.elements(), layout.lanes());
        return new RandomFill(stream, key, into, offsets, first, inner, layout.lanes());
    }

    /** The launch for a tensor without a batch axis; pad columns get numbers, so the pad is not 0 afterwards. */
    public static Kernel rows(long stream, Matrix matrix, MemorySegment key, MemorySegment into) {
        int[] offsets = new int[matrix.rows()];
        int[] first = new int[matrix.rows()];
        for (int r = 0; r < offsets.length; r++) {
            offsets[r] = Math.multiplyExact(4 * r, matrix.stride());
            first[r] = Math.multiplyExact(r, matrix.columns());
        }
        return new RandomFill(stream, key, into, offsets, first, 1, BatchLayout.lanes(matrix.columns()));
    }

    @Override
    public int chunks() {
        return chunks;
    }

    @Override
    public void run(int chunk) {
        int k0 = key.get(Memory.INT, 0);
        int k1 = key.get(Memory.INT, 4);
        int step = key.get(Memory.INT, 8);
        int to = (int) ((long) rowOffsets.length * (chunk + 1) / chunks);
        for (int row = (int) ((long) rowOffsets.length * chunk / chunks); row < to; ) {
            int together = aligned && firstIndex[row] % 4 == 0 && follows(row, to) ? 4 : 1;
            for (int lane = 0; lane < width; lane += Species.LANES) {
                fill(row, together, lane, k0, k1, step);
            }
            for (int last = row + together; row < last; row++) {
                scale(row);
            }
        }
    }

    /** True if this row and the next three are the four words of the same blocks. */
    private boolean follows(int row, int to) {
        return row + 4 <= to && firstIndex[row + 3] == firstIndex[row] + 3;
    }

    private void fill(int row, int together, int lane, int k0, int k1, int step) {
        MemorySegment target = (MemorySegment) Memory.NATIVE.cast(into);
        IntVector zero = IntVector.zero(Species.INTS);
        IntVector index = zero.addIndex(1).add(lane).mul(laneStep).add(firstIndex[row]);
        IntVector a = index.lanewise(VectorOperators.LSHR, 2);
        IntVector b = IntVector.broadcast(Species.INTS, step);
        IntVector c = IntVector.broadcast(Species.INTS, (int) stream);
        IntVector d = IntVector.broadcast(Species.INTS, (int) (stream >>> 32));
        int w0 = k0;
        int w1 = k1;
        for (int round = 0; round < Philox.ROUNDS; round++) {
            // A loop variable's class is unknown to the compiler: what calls are made on is added to a fresh zero
            // first.
            IntVector x = zero.add(a);
            IntVector y = zero.add(c);
            IntVector high = high(x, Philox.MULTIPLIER_0);
            a = high(y, Philox.MULTIPLIER_1).lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, w0);
            b = y.mul(Philox.MULTIPLIER_1);
            c = high.lanewise(VectorOperators.XOR, d).lanewise(VectorOperators.XOR, w1);
            d = x.mul(Philox.MULTIPLIER_0);
            w0 += Philox.WEYL_0;
            w1 += Philox.WEYL_1;
        }
        if (together == 4) {
            zero.add(a).intoMemorySegment(target, rowOffsets[row] + 4L * lane, Species.ORDER);
            zero.add(b).intoMemorySegment(target, rowOffsets[row + 1] + 4L * lane, Species.ORDER);
            zero.add(c).intoMemorySegment(target, rowOffsets[row + 2] + 4L * lane, Species.ORDER);
            zero.add(d).intoMemorySegment(target, rowOffsets[row + 3] + 4L * lane, Species.ORDER);
        } else {
            IntVector word = index.and(3);
            zero.add(a)
                    .blend(b, word.compare(VectorOperators.EQ, 1))
                    .blend(c, word.compare(VectorOperators.EQ, 2))
                    .blend(d, word.compare(VectorOperators.EQ, 3))
                    .intoMemorySegment(target, rowOffsets[row] + 4L * lane, Species.ORDER);
        }
    }

    /**
     * Turns the words of a row into numbers. A step of its own: one method with both would be too large for the
     * compiler.
     */
    private void scale(int row) {
        MemorySegment target = (MemorySegment) Memory.NATIVE.cast(into);
        long end = rowOffsets[row] + 4L * width;
        for (long at = rowOffsets[row]; at < end; at += Species.BYTES) {
            IntVector word = IntVector.fromMemorySegment(Species.INTS, target, at, Species.ORDER);
            IntVector bits = word.lanewise(VectorOperators.LSHR, 8);
            FloatVector uniform = (FloatVector) bits.convertShape(VectorOperators.I2F, Species.FLOATS, 0);
            uniform.mul(Philox.UNIT).intoMemorySegment(target, at, Species.ORDER);
        }
    }

    /** High 32 bits of the unsigned product, from products of 16-bit halves. */
    private static IntVector high(IntVector x, int factor) {
        int fl = factor & LOW;
        int fh = factor >>> 16;
        IntVector xl = x.and(LOW);
        IntVector xh = x.lanewise(VectorOperators.LSHR, 16);
        IntVector middle = xh.mul(fl).add(xl.mul(fl).lanewise(VectorOperators.LSHR, 16));
        IntVector cross = xl.mul(fh).add(middle.and(LOW));
        return xh.mul(fh).add(middle.lanewise(VectorOperators.LSHR, 16)).add(cross.lanewise(VectorOperators.LSHR, 16));
    }
}
