package thimble.backend.vector.memory;

import java.lang.foreign.MemorySegment;
import thimble.backend.LayoutPlan;
import thimble.tensor.DType;
import thimble.tensor.Tensor;

/**
 * Where a tensor's elements lie in native memory, for crossing to row-major heap arrays and back.
 *
 * @param dtype kind of the elements
 * @param outer product of the sizes before the batch axis
 * @param examples size of the batch axis, 1 if there is none
 * @param inner product of the sizes after it
 * @param lanes floats from one feature to the next, 1 without a batch axis
 */
public record Border(DType dtype, int outer, int examples, int inner, int lanes) {
    /** The border of a tensor as a plan lays it out. */
    public static Border of(LayoutPlan layout, Tensor t) {
        if (!layout.batch(t)) {
            return new Border(t.dtype(), t.shape().elements(), 1, 1, 1);
        }
        int inner = t.shape().strides()[layout.axis(t)];
        int examples = layout.examples(t);
        return new Border(
                t.dtype(), t.shape().elements() / examples / inner, examples, inner, BatchLayout.lanes(examples));
    }

    /** Bytes in native memory, a multiple of 64. */
    public long bytes() {
        long bytes = 4L * outer * inner * lanes;
        return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
    }

    /** Reads row-major elements. */
    public void read(MemorySegment from, Values into) {
        if (dtype == DType.INT32) {
            HeapCopy.read(from, into.ints());
        } else {
            read(from, into.floats());
        }
    }

    /** Reads row-major FLOAT32 elements. */
    public void read(MemorySegment from, float[] into) {
        if (lanes == 1) {
            HeapCopy.read(from, into);
            return;
        }
        for (int p = 0; p < outer; p++) {
            for (int q = 0; q < inner; q++) {
                long at = 4L * (p * inner + q) * lanes;
                for (int n = 0; n < examples; n++) {
                    into[(p * examples + n) * inner + q] = from.get(Memory.FLOAT, at + 4L * n);
                }
            }
        }
    }

    /** Writes row-major elements. */
    public void write(Values from, MemorySegment into) {
        if (dtype == DType.INT32) {
            HeapCopy.write(from.ints(), into);
        } else {
            write(from.floats(), into);
        }
    }

    /** Writes row-major FLOAT32 elements. */
    public void write(float[] from, MemorySegment into) {
        if (lanes == 1) {
            HeapCopy.write(from, into);
            return;
        }
        for (int p = 0; p < outer; p++) {
            for (int q = 0; q < inner; q++) {
                long at = 4L * (p * inner + q) * lanes;
                for (int n = 0; n < examples; n++) {
                    into.set(Memory.FLOAT, at + 4L * n, from[(p * examples + n) * inner + q]);
                }
            }
        }
    }
}
