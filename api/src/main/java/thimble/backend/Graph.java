package thimble.backend;

import java.util.List;
import thimble.tensor.Tensor;

/**
 * What one run computes: outputs to fetch, and new values of variables. All values are read from the old state, then all updates are
 * written. Order is part of the structure.
 *
 * @param outputs tensors to fetch, by position
 * @param updates new values of variables; each variable at most once
 */
public record Graph(List<Tensor> outputs, List<Update> updates) {
    /**
     * A new value of one variable.
     *
     * @param variable name of the variable
     * @param value its new value, of the variable's shape
     */
    public record Update(String variable, Tensor value) {}

    /** Copies the lists. */
    public Graph {
        outputs = List.copyOf(outputs);
        updates = List.copyOf(updates);
    }

    /** Outputs, then updated values. */
    public List<Tensor> roots() {
        return java.util.stream.Stream.concat(outputs.stream(), updates.stream().map(Update::value)).toList();
    }
}
