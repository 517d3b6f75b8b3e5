package thimble.backend;

import java.util.List;
import thimble.tensor.Tensor;

/**
 * Values of variables between runs, addressed by name, in logical row-major order. Programs of training and evaluation meet here. Once
 * closed, reading, writing, binding and running throw {@link IllegalStateException}; closing again does nothing.
 */
public interface State extends AutoCloseable {
    /** The variables, in the order of allocation. */
    List<Tensor> variables();

    /**
     * Replaces a variable's value.
     *
     * @throws IllegalArgumentException if the variable is unknown or the length differs
     */
    void write(String variable, float[] values);

    /** Copies a variable's value. */
    void read(String variable, float[] into);

    @Override
    void close();
}
