package thimble.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.backend.Graph;
import thimble.nn.Initializer;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * What the methods and the optimizer of one step asked for: run-time numbers, random streams, variables and their new
 * values.
 */
final class StepRegistry {
    private final Map<String, StepScalar> scalars = new LinkedHashMap<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, String> streams = new LinkedHashMap<>();
    private final Map<String, StateVariable> variables = new LinkedHashMap<>();
    private final Map<String, Tensor> updates = new LinkedHashMap<>();

    Tensor value(String name, double number) {
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException("[" + name + "] expected a number but received NaN");
        }
        return number == 0 ? Tensor.scalar(0) : scalar(new StepScalar(name, true, (_, _) -> number));
    }

    Tensor perStep(String name, StepFunction ofStep) {
        return scalar(new StepScalar(name, false, ofStep));
    }

    private Tensor scalar(StepScalar scalar) {
        StepScalar known = scalars.putIfAbsent(scalar.input(), scalar);
        boolean same = known == null
                || known.constant() == scalar.constant()
                        && (!known.constant()
                                || known.value().at(0, 0) == scalar.value().at(0, 0));
        if (!same) {
            throw new IllegalArgumentException(
                    "[" + scalar.input() + "] expected one run-time number of this name but received a second");
        }
        return inputs.computeIfAbsent(scalar.input(), Tensor::input);
    }

    /** Claims the name of a random stream for one method. */
    String stream(String owner, String use) {
        String known = streams.putIfAbsent(use, owner);
        if (known != null && !known.equals(owner)) {
            throw new IllegalArgumentException(
                    "[" + owner + "] expected a random stream of its own but '" + use + "' belongs to " + known);
        }
        return use;
    }

    Tensor variable(String name, Shape shape, Initializer initial, Optional<String> like) {
        StateVariable known =
                variables.computeIfAbsent(name, n -> new StateVariable(n, Tensor.variable(n, shape), initial, like));
        if (!known.tensor().shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected shape " + known.tensor().shape() + " as before but received " + shape);
        }
        return known.tensor();
    }

    void update(String owner, Tensor variable, Tensor value) {
        StateVariable known = variables.values().stream()
                .filter(candidate ->
                        candidate.tensor() == variable && candidate.name().startsWith(owner + "."))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[" + owner + "] expected a variable of its own to update but received " + variable));
        if (!value.shape().equals(variable.shape())) {
            throw new IllegalArgumentException("[" + known.name() + "] expected a value of shape " + variable.shape()
                    + " but received " + value.shape());
        }
        if (updates.put(known.name(), value) != null) {
            throw new IllegalArgumentException(
                    "[" + known.name() + "] expected one update per step but received a second");
        }
    }

    List<StepScalar> scalars() {
        return List.copyOf(scalars.values());
    }

    List<StateVariable> variables() {
        return List.copyOf(variables.values());
    }

    List<Graph.Update> updates() {
        List<Graph.Update> list = new ArrayList<>();
        updates.forEach((name, value) -> list.add(new Graph.Update(name, value)));
        return list;
    }
}
