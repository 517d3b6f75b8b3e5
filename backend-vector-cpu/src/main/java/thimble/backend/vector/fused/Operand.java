package thimble.backend.vector.fused;

import thimble.tensor.Tensor;

/**
 * A value in memory that a fused kernel reads or writes.
 *
 * @param tensor the value; for LANES any tensor with the batch axis
 * @param kind its form
 * @param state true if it lies in the state, false if in the arena
 */
record Operand(Tensor tensor, Kind kind, boolean state) {
    /** Form of a value in memory. */
    enum Kind {
        /** Rows of examples, or flat elements. */
        FLOATS,
        /** One bit per element. */
        BITS,
        /** A number that is the same for all examples of a row. */
        SCALAR,
        /** A row with 1 for each example and 0 for pad lanes. */
        LANES
    }
}
