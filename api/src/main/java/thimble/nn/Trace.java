package thimble.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A model applied to an input: its output and everything its layers named on the way, in the order of the forward pass.
 *
 * @param output what the model returns
 * @param parameters trained variables
 * @param buffers variables that are not trained
 * @param taps values that methods can look at or change; the last one is the output, named {@code output}
 * @param updates new values of buffers after a training step
 */
public record Trace(
        Tensor output, List<Parameter> parameters, List<Buffer> buffers, List<Tap> taps, List<BufferUpdate> updates) {
    /** Name of the last tap. */
    public static final String OUTPUT = "output";

    /**
     * A variable that is not trained.
     *
     * @param name path of the layer and role, as in {@code conv1.norm.mean}
     * @param tensor the variable's node
     * @param initializer its first value
     */
    public record Buffer(String name, Tensor tensor, Initializer initializer) {}

    /**
     * A new value of a buffer.
     *
     * @param buffer name of the buffer
     * @param value its value after the step
     * @param statistic what the buffer follows as a moving average, or the value itself
     */
    public record BufferUpdate(String buffer, Tensor value, Tensor statistic) {}

    /** Copies the lists. */
    public Trace {
        parameters = List.copyOf(parameters);
        buffers = List.copyOf(buffers);
        taps = List.copyOf(taps);
        updates = List.copyOf(updates);
    }

    /** Applies a model whose names have no common prefix. */
    public static Trace of(Layer model, Tensor input, Tensor weight, boolean training) {
        return of(model, "", input, weight, training);
    }

    /**
     * Applies a model.
     *
     * @param path prefix of all names, such as {@code generator}, or empty
     * @param input [n, …]
     * @param weight weight of each example in batch statistics [n, 1]
     * @param training true for a training step, false for evaluation
     */
    public static Trace of(Layer model, String path, Tensor input, Tensor weight, boolean training) {
        return new Recording(new LinkedHashMap<>(), weight, training).run(model, path, input);
    }

    /**
     * The same model with the same variables applied to another input, such as a discriminator to real and to generated
     * examples.
     *
     * @param path the prefix given before
     */
    public Trace again(Layer model, String path, Tensor input, Tensor weight, boolean training) {
        Map<String, Tensor> variables = new LinkedHashMap<>();
        parameters.forEach(parameter -> variables.put(parameter.name(), parameter.tensor()));
        buffers.forEach(buffer -> variables.put(buffer.name(), buffer.tensor()));
        return new Recording(variables, weight, training).run(model, path, input);
    }

    /** Numbers in all trained variables. */
    public long parameterCount() {
        return parameters.stream().mapToLong(p -> p.tensor().shape().elements()).sum();
    }

    /** What the scopes of one trace collect. */
    static final class Recording {
        final Map<String, Tensor> variables;
        final Tensor weight;
        final boolean training;
        final Map<String, Parameter> parameters = new LinkedHashMap<>();
        final Map<String, Buffer> buffers = new LinkedHashMap<>();
        final Map<String, Tap> taps = new LinkedHashMap<>();
        final List<BufferUpdate> updates = new ArrayList<>();

        Recording(Map<String, Tensor> variables, Tensor weight, boolean training) {
            this.variables = variables;
            this.weight = weight;
            this.training = training;
        }

        Trace run(Layer model, String path, Tensor input) {
            Tensor output = model.apply(input, new TraceScope(this, path, true));
            String name = path.isEmpty() ? OUTPUT : path + "." + OUTPUT;
            taps.replaceAll((at, tap) -> tap.tensor() == output ? new Tap(at, output, Tap.Kind.INNER) : tap);
            taps.put(name, new Tap(name, output, Tap.Kind.OUTPUT));
            return new Trace(
                    output,
                    List.copyOf(parameters.values()),
                    List.copyOf(buffers.values()),
                    List.copyOf(taps.values()),
                    updates);
        }

        Tensor variable(String name, Shape shape) {
            if (parameters.containsKey(name) || buffers.containsKey(name)) {
                throw new IllegalArgumentException(
                        "[" + name + "] expected distinct names of variables in a model but received two of this name");
            }
            Tensor known = variables.computeIfAbsent(name, n -> Tensor.variable(n, shape));
            if (!known.shape().equals(shape)) {
                throw new IllegalArgumentException(
                        "[" + name + "] expected shape " + known.shape() + " as before but received " + shape);
            }
            return known;
        }
    }
}
