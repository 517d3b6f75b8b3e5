package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.code.Square;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Reach;
import thimble.backend.vector.memory.Species;

/**
 * Examples of a heap array, row after row, changed to batch-innermost order. A square of numbers passes through working memory at a time, so
 * that nothing of the size of the whole takes room in the caches. What the features leave over goes number by number.
 */
public final class HeapTransposition {
    private static final int SIDE = Species.LANES;

    private final int features;
    private final int examples;
    private final int stride;
    private final MemorySegment into;
    /** A vector of each example; those of pad lanes stay 0. */
    private final MemorySegment vectors;

    /**
     * Prepares for examples of so many features.
     *
     * @param into [features][lanes], at least {@link BatchLayout#bytes} bytes
     */
    public HeapTransposition(int features, int examples, MemorySegment into) {
        BatchLayout layout = BatchLayout.features(features, examples);
        var reach = new Reach();
        reach.add(0, layout.bytes());
        reach.check("examples", 0, into);
        this.features = features;
        this.examples = examples;
        this.stride = layout.pixelStride();
        this.into = into;
        this.vectors = Memory.scratch((long) layout.lanes() * Species.BYTES);
    }

    /** Writes examples · features numbers; pad lanes become 0. */
    public void write(float[] rows) {
        int whole = Species.FLOATS.loopBound(features);
        for (int feature = 0; feature < whole; feature += SIDE) {
            collect(rows, feature);
            turn(feature);
        }
        for (int feature = whole; feature < features; feature++) {
            for (int n = 0; n < stride / Float.BYTES; n++) {
                float value = n < examples ? rows[n * features + feature] : 0;
                into.set(Memory.FLOAT, (long) feature * stride + 4L * n, value);
            }
        }
    }

    private void collect(float[] rows, int feature) {
        MemorySegment exact = (MemorySegment) Memory.NATIVE.cast(vectors);
        for (int n = 0; n < examples; n++) {
            FloatVector.fromArray(Species.FLOATS, rows, n * features + feature)
                    .intoMemorySegment(exact, (long) n * Species.BYTES, Species.ORDER);
        }
    }

    private void turn(int feature) {
        long from = Memory.place(vectors, 0);
        long target = Memory.place(into, (long) feature * stride);
        for (int at = 0; at < stride; at += Species.BYTES) {
            Square.VECTORS.turn(vectors, from + (long) at * SIDE, Species.BYTES, into, target + at, stride);
        }
    }
}
