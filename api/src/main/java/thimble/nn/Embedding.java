package thimble.nn;

import thimble.tensor.DType;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Rows of a table looked up by class numbers: [n, k] numbers 0 … rows − 1 to [n, k, width]. Numbers outside count as
 * the nearest row. Its variable is {@code table} [rows, width]. Lookup has no derivative in its input.
 *
 * @param rows number of rows, at least 1
 * @param width numbers per row, at least 1
 */
public record Embedding(int rows, int width) implements Layer {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Embedding {
        Checks.positive("embedding", "rows", rows);
        Checks.positive("embedding", "width", width);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("embedding", scope, x, 2, "[n, k] of class numbers");
        Tensor table =
                scope.parameter("table", Shape.of(rows, width), Initializers.normal(1), Parameter.Role.EMBEDDING);
        Tensor inside = x.max(Tensor.scalar(0)).min(Tensor.scalar(rows - 1)).floor();
        Tensor indices = inside.reshape(x.shape().elements()).cast(DType.INT32);
        return table.gather(0, indices).reshape(x.shape().size(0), x.shape().size(1), width);
    }
}
