package thimble.backend;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import thimble.tensor.DType;
import thimble.tensor.GraphText;
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

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a variable is updated twice or by something that is not FLOAT32
     */
    public Graph {
        outputs = List.copyOf(outputs);
        updates = List.copyOf(updates);
        Set<String> updated = new HashSet<>();
        for (Update update : updates) {
            if (!updated.add(update.variable())) {
                throw new IllegalArgumentException(
                        "[graph] expected one update of '" + update.variable() + "' but received two");
            }
            if (update.value().dtype() != DType.FLOAT32) {
                throw new IllegalArgumentException("[graph] expected a FLOAT32 value for '" + update.variable()
                        + "' but received " + update.value());
            }
        }
    }

    /** Outputs, then updated values. */
    public List<Tensor> roots() {
        return Stream.concat(outputs.stream(), updates.stream().map(Update::value))
                .toList();
    }

    /** The graph as text: structurally equal graphs and no others have equal texts. */
    public String text() {
        String updated = updates.stream().map(Update::variable).collect(Collectors.joining("', '", "'", "'"));
        return GraphText.of(roots()) + "outputs " + outputs.size() + ", updates "
                + (updates.isEmpty() ? "none" : updated) + "\n";
    }
}
