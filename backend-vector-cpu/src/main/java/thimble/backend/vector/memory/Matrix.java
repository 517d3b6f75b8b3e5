package thimble.backend.vector.memory;

/**
 * How a matrix without a batch axis lies in memory: row-major, rows {@code stride} floats apart. Rows are padded to a
 * multiple of 16 floats and the pad is 0; a vector is a matrix of one row.
 *
 * @param rows number of rows
 * @param columns numbers in a row
 * @param stride floats from one row to the next
 */
public record Matrix(int rows, int columns, int stride) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is too small, or the stride no multiple of 16
     */
    public Matrix {
        if (rows < 1 || columns < 1 || stride < columns || stride % BatchLayout.GROUP != 0) {
            throw new IllegalArgumentException(
                    "[matrix] expected sizes >= 1 and rows padded to a multiple of 16 but received [%d, %d], stride %d"
                            .formatted(rows, columns, stride));
        }
    }

    /** The matrix with the smallest stride. */
    public static Matrix of(int rows, int columns) {
        return new Matrix(rows, columns, BatchLayout.lanes(columns));
    }

    /** Bytes of the matrix, pad included. */
    public long bytes() {
        return 4L * rows * stride;
    }
}
