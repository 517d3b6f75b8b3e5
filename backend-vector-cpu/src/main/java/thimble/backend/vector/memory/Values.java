package thimble.backend.vector.memory;

import thimble.tensor.DType;
import thimble.tensor.Tensor;

/**
 * A tensor's elements on the heap, row-major; one of the two arrays is empty. Every tensor has arrays of its own because the compiler
 * vectorises a loop over arrays that all start at 0, but not one over places in a shared array.
 *
 * @param floats elements of a FLOAT32 tensor
 * @param ints elements of an INT32 tensor
 */
public record Values(float[] floats, int[] ints) {
    private static final float[] NO_FLOATS = {};
    private static final int[] NO_INTS = {};

    /** Zeros for a tensor. */
    public static Values of(Tensor tensor) {
        int elements = tensor.shape().elements();
        return tensor.dtype() == DType.FLOAT32
                ? new Values(new float[elements], NO_INTS)
                : new Values(NO_FLOATS, new int[elements]);
    }
}
