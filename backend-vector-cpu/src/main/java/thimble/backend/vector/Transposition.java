package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Change between batch-innermost order and rows of examples [n][stride], the only layout conversion of the backend.
 * Elements of one example are numbered row-major. Squares of vectors are transposed by exchanging halves; what a
 * stride that is no multiple of 16 leaves over goes number by number.
 */
final class Transposition implements Kernel {
    private static final int SIDE = Species.LANES;
    private static final int SQUARE_BYTES = SIDE * Species.BYTES;
    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorMask<Float> UPPER_8 = upper(8);
    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_2 = upper(2);
    private static final VectorMask<Float> UPPER_1 = upper(1);
    private static final int MOST_CHUNKS = 32;
    private static final int CHUNK_SQUARES = 64;

    private final MemorySegment lanes;
    private final MemorySegment rows;
    private final boolean toRows;
    private final MemorySegment squaresInWork;
    private final int[] offsets;
    private final int batch;
    private final int lanesPadded;
    private final int stride;
    private final int squares;
    private final int chunks;

    private Transposition(BatchLayout layout, int stride, MemorySegment lanes, MemorySegment rows, boolean toRows) {
        this.lanes = lanes;
        this.rows = rows;
        this.toRows = toRows;
        this.stride = stride;
        this.batch = layout.batch();
        this.lanesPadded = layout.lanes();
        this.offsets = new int[layout.elements()];
        for (int e = 0; e < offsets.length; e++) {
            offsets[e] = layout.offset(e);
        }
        this.squares = Math.ceilDiv(toRows ? stride : offsets.length, SIDE);
        this.chunks = Math.clamp((long) squares * lanesPadded / SIDE / CHUNK_SQUARES, 1, MOST_CHUNKS);
        this.squaresInWork = Memory.scratch((long) chunks * SQUARE_BYTES);
    }

    /** The launch that writes rows: batch · stride floats, pad columns become 0. */
    static Kernel toRows(BatchLayout layout, int stride, MemorySegment from, MemorySegment rows) {
        return new Transposition(layout, stride, from, rows, true);
    }

    /** The launch that reads rows; pad lanes become 0, the halo is left alone. */
    static Kernel toLanes(BatchLayout layout, int stride, MemorySegment rows, MemorySegment into) {
        return new Transposition(layout, stride, into, rows, false);
    }

    @Override
    public int chunks() {
        return chunks;
    }

    @Override
    public void run(int chunk) {
        int to = squares * (chunk + 1) / chunks;
        for (int i = squares * chunk / chunks; i < to; i++) {
            int element = i * SIDE;
            for (int n = 0; n < lanesPadded; n += SIDE) {
                if (element + SIDE <= stride) {
                    square(element, n, chunk * SQUARE_BYTES);
                } else if (toRows) {
                    restToRows(element, n);
                } else {
                    restToLanes(element, n);
                }
            }
        }
    }

    private void square(int element, int n, int work) {
        MemorySegment squares = (MemorySegment) Memory.NATIVE.cast(squaresInWork);
        MemorySegment from = (MemorySegment) Memory.NATIVE.cast(toRows ? lanes : rows);
        MemorySegment into = (MemorySegment) Memory.NATIVE.cast(toRows ? rows : lanes);
        int present = toRows ? offsets.length - element : batch - n;
        for (int i = 0; i < SIDE; i++) {
            long at = work + (long) i * Species.BYTES;
            if (i < present) {
                long source = toRows ? offsets[element + i] + 4L * n : 4L * ((long) (n + i) * stride + element);
                FloatVector.fromMemorySegment(Species.FLOATS, from, source, Species.ORDER)
                        .intoMemorySegment(squares, at, Species.ORDER);
            } else {
                FloatVector.zero(Species.FLOATS).intoMemorySegment(squares, at, Species.ORDER);
            }
        }
        if (SIDE > 8) {
            exchange(squares, work, 8, SWAP_8, UPPER_8);
        }
        if (SIDE > 4) {
            exchange(squares, work, 4, SWAP_4, UPPER_4);
        }
        exchange(squares, work, 2, SWAP_2, UPPER_2);
        exchange(squares, work, 1, SWAP_1, UPPER_1);
        int wanted = Math.min(SIDE, toRows ? batch - n : offsets.length - element);
        for (int i = 0; i < wanted; i++) {
            long at = toRows ? 4L * ((long) (n + i) * stride + element) : offsets[element + i] + 4L * n;
            FloatVector.fromMemorySegment(Species.FLOATS, squares, work + (long) i * Species.BYTES, Species.ORDER)
                    .intoMemorySegment(into, at, Species.ORDER);
        }
    }

    /** Swaps the off-diagonal quarters of all squares of side 2 · distance. */
    private static void exchange(
            MemorySegment square, int work, int distance, VectorShuffle<Float> swap, VectorMask<Float> upper) {
        for (int k = 0; k < SIDE / 2; k++) {
            int i = (k & -distance) + k;
            long first = work + (long) i * Species.BYTES;
            long second = first + (long) distance * Species.BYTES;
            FloatVector a = FloatVector.fromMemorySegment(Species.FLOATS, square, first, Species.ORDER);
            FloatVector b = FloatVector.fromMemorySegment(Species.FLOATS, square, second, Species.ORDER);
            a.blend(b.rearrange(swap), upper).intoMemorySegment(square, first, Species.ORDER);
            a.rearrange(swap).blend(b, upper).intoMemorySegment(square, second, Species.ORDER);
        }
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(Species.FLOATS, i -> (i ^ distance) & (SIDE - 1));
    }

    private static VectorMask<Float> upper(int distance) {
        boolean[] set = new boolean[SIDE];
        for (int i = 0; i < SIDE; i++) {
            set[i] = (i & distance) != 0;
        }
        return VectorMask.fromArray(Species.FLOATS, set, 0);
    }

    private void restToRows(int element, int from) {
        for (int n = from; n < Math.min(from + SIDE, batch); n++) {
            for (int e = element; e < Math.min(element + SIDE, stride); e++) {
                float value = e < offsets.length ? lanes.get(Memory.FLOAT, offsets[e] + 4L * n) : 0;
                rows.set(Memory.FLOAT, 4L * n * stride + 4L * e, value);
            }
        }
    }

    private void restToLanes(int element, int from) {
        for (int e = element; e < Math.min(element + SIDE, offsets.length); e++) {
            for (int n = from; n < from + SIDE; n++) {
                float value = n < batch ? rows.get(Memory.FLOAT, 4L * n * stride + 4L * e) : 0;
                lanes.set(Memory.FLOAT, offsets[e] + 4L * n, value);
            }
        }
    }
}
