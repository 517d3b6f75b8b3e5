package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.Species;

/** Copies of rows, each in pieces that come to lie in rows of their own. */
public final class RowCopy implements Kernel {
    private static final int MOST_CHUNKS = 32;
    private static final long CHUNK_BYTES = 1 << 16;

    private final int rows;
    private final MemorySegment from;
    private final long stride;
    private final MemorySegment into;
    private final Piece[] pieces;
    private final int chunks;

    /**
     * What becomes of a part of every row, all in bytes.
     *
     * @param from where it begins in the first row
     * @param into where it goes from there
     * @param bytes its length
     * @param stride from where it goes to where the same of the next row does
     */
    public record Piece(long from, long into, long bytes, long stride) {}

    /**
     * The launch.
     *
     * @param stride bytes from a row of {@code from} to the next
     */
    public RowCopy(int rows, MemorySegment from, long stride, MemorySegment into, List<Piece> pieces) {
        this.rows = rows;
        this.from = from;
        this.stride = stride;
        this.into = into;
        this.pieces = pieces.toArray(Piece[]::new);
        long bytes = rows * pieces.stream().mapToLong(Piece::bytes).sum();
        this.chunks = Math.clamp(bytes / CHUNK_BYTES, 1, Math.min(rows, MOST_CHUNKS));
    }

    @Override
    public int chunks() {
        return chunks;
    }

    @Override
    public void run(int chunk) {
        int end = (int) ((long) rows * (chunk + 1) / chunks);
        for (int row = (int) ((long) rows * chunk / chunks); row < end; row++) {
            for (Piece piece : pieces) {
                copy(piece.bytes, row * stride + piece.from, row * piece.stride + piece.into);
            }
        }
    }

    private void copy(long bytes, long source, long target) {
        long whole = bytes / Species.BYTES * Species.BYTES;
        for (long i = 0; i < whole; i += Species.BYTES) {
            FloatVector.fromMemorySegment(Species.FLOATS, from, source + i, Species.ORDER)
                    .intoMemorySegment(into, target + i, Species.ORDER);
        }
        if (whole < bytes) {
            MemorySegment.copy(from, source + whole, into, target + whole, bytes - whole);
        }
    }
}
