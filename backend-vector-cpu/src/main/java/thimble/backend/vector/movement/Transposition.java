package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.code.Square;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Reach;
import thimble.backend.vector.memory.Species;

/**
 * Change between batch-innermost order and rows of examples [n][stride], the only layout conversion of the backend.
 * Elements of one example are numbered row-major. Squares of vectors are turned in registers; what a stride that is
 * no multiple of 16 leaves over goes number by number.
 */
public final class Transposition implements Kernel {
    private static final int SIDE = Species.LANES;
    private static final int SQUARE_BYTES = SIDE * Species.BYTES;
    private static final int MOST_CHUNKS = 32;
    private static final int CHUNK_SQUARES = 32;

    private final MemorySegment from;
    private final MemorySegment into;
    private final boolean toRows;
    private final MemorySegment squaresInWork;
    private final int[] offsets;
    private final int batch;
    private final int pixelStride;
    private final int lanesPadded;
    private final int stride;
    private final int squares;
    private final int chunks;

    private Transposition(BatchLayout layout, int stride, MemorySegment from, MemorySegment into, boolean toRows) {
        check(layout.bytes(), "lanes", toRows ? from : into);
        check(4L * layout.batch() * stride, "rows", toRows ? into : from);
        this.from = from;
        this.into = into;
        this.toRows = toRows;
        this.stride = stride;
        this.batch = layout.batch();
        this.pixelStride = layout.pixelStride();
        this.lanesPadded = layout.lanes();
        this.offsets = new int[layout.elements()];
        for (int e = 0; e < offsets.length; e++) {
            offsets[e] = layout.offset(e);
        }
        this.squares =
                Math.ceilDiv(toRows ? Math.min(stride, BatchLayout.lanes(offsets.length)) : offsets.length, SIDE);
        this.chunks = Math.clamp((long) squares * lanesPadded / SIDE / CHUNK_SQUARES, 1, MOST_CHUNKS);
        this.squaresInWork = Memory.scratch((long) chunks * SQUARE_BYTES);
    }

    /** The launch that writes rows: batch · stride floats, of which those up to a multiple of 16 that are no elements become 0. */
    public static Kernel toRows(BatchLayout layout, int stride, MemorySegment from, MemorySegment rows) {
        return new Transposition(layout, stride, from, rows, true);
    }

    /** The launch that reads rows; pad lanes become 0, the halo is left alone. */
    public static Kernel toLanes(BatchLayout layout, int stride, MemorySegment rows, MemorySegment into) {
        return new Transposition(layout, stride, rows, into, false);
    }

    private static void check(long bytes, String operand, MemorySegment memory) {
        var reach = new Reach();
        reach.add(0, bytes);
        reach.check(operand, 0, memory);
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

    /** Turns a square straight from place to place where it is whole on that side, else by way of one in working memory. */
    private void square(int element, int n, long work) {
        int elements = offsets.length - element;
        int examples = batch - n;
        boolean even = elements >= SIDE && offsets[element + SIDE - 1] - offsets[element] == (SIDE - 1) * pixelStride;
        boolean read = toRows ? even : examples >= SIDE;
        boolean written = toRows ? examples >= SIDE : even;
        if (!read) {
            collect(element, n, Math.min(SIDE, toRows ? elements : examples), work);
        }
        MemorySegment source = read ? from : squaresInWork;
        MemorySegment target = written ? into : squaresInWork;
        Square.VECTORS.turn(
                source,
                Memory.place(source, read ? source(element, n, 0) : work),
                read ? toRows ? pixelStride : 4L * stride : Species.BYTES,
                target,
                Memory.place(target, written ? target(element, n, 0) : work),
                written ? toRows ? 4L * stride : pixelStride : Species.BYTES);
        if (!written) {
            spread(element, n, Math.min(SIDE, toRows ? examples : elements), work);
        }
    }

    /** Copies the rows of a square that exist into working memory; the others become 0. */
    private void collect(int element, int n, int present, long work) {
        MemorySegment exact = (MemorySegment) Memory.NATIVE.cast(from);
        MemorySegment square = (MemorySegment) Memory.NATIVE.cast(squaresInWork);
        FloatVector zero = FloatVector.zero(Species.FLOATS);
        for (int i = 0; i < SIDE; i++) {
            long at = work + (long) i * Species.BYTES;
            if (i < present) {
                FloatVector.fromMemorySegment(Species.FLOATS, exact, source(element, n, i), Species.ORDER)
                        .intoMemorySegment(square, at, Species.ORDER);
            } else {
                zero.intoMemorySegment(square, at, Species.ORDER);
            }
        }
    }

    /** Copies the rows of a square that are wanted out of working memory. */
    private void spread(int element, int n, int wanted, long work) {
        MemorySegment square = (MemorySegment) Memory.NATIVE.cast(squaresInWork);
        MemorySegment exact = (MemorySegment) Memory.NATIVE.cast(into);
        for (int i = 0; i < wanted; i++) {
            FloatVector.fromMemorySegment(Species.FLOATS, square, work + (long) i * Species.BYTES, Species.ORDER)
                    .intoMemorySegment(exact, target(element, n, i), Species.ORDER);
        }
    }

    private long source(int element, int n, int row) {
        return toRows ? inLanes(element + row, n) : inRows(n + row, element);
    }

    private long target(int element, int n, int row) {
        return toRows ? inRows(n + row, element) : inLanes(element + row, n);
    }

    private long inLanes(int element, int n) {
        return offsets[element] + 4L * n;
    }

    private long inRows(int n, int element) {
        return 4 * ((long) n * stride + element);
    }

    private void restToRows(int element, int first) {
        for (int n = first; n < Math.min(first + SIDE, batch); n++) {
            for (int e = element; e < Math.min(element + SIDE, stride); e++) {
                float value = e < offsets.length ? from.get(Memory.FLOAT, offsets[e] + 4L * n) : 0;
                into.set(Memory.FLOAT, 4L * n * stride + 4L * e, value);
            }
        }
    }

    private void restToLanes(int element, int first) {
        for (int e = element; e < Math.min(element + SIDE, offsets.length); e++) {
            for (int n = first; n < first + SIDE; n++) {
                float value = n < batch ? from.get(Memory.FLOAT, 4L * n * stride + 4L * e) : 0;
                into.set(Memory.FLOAT, offsets[e] + 4L * n, value);
            }
        }
    }
}
