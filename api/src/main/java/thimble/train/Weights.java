package thimble.train;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Values of variables by name, in a fixed order. Files are in the safetensors format, which other tools read: an 8-byte
 * length, a JSON header, then raw little-endian numbers.
 *
 * @param entries the variables
 */
public record Weights(List<Entry> entries) {
    /**
     * One variable.
     *
     * @param name its name, as in {@code conv1.kernel}
     * @param shape its shape
     * @param values its numbers, row-major; not copied
     */
    public record Entry(String name, Shape shape, float[] values) {
        /**
         * Checks the length.
         *
         * @throws IllegalArgumentException if shape and values differ
         */
        public Entry {
            if (values.length != shape.elements()) {
                throw new IllegalArgumentException("[" + name + "] expected " + shape.elements() + " numbers for "
                        + shape + " but received " + values.length);
            }
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a name occurs twice
     */
    public Weights {
        entries = List.copyOf(entries);
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries) {
            if (!seen.add(entry.name())) {
                throw new IllegalArgumentException(
                        "[weights] expected each name once but received '" + entry.name() + "' twice");
            }
        }
    }

    /** A variable's values, if it is there. */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Copies all variables of a state. */
    static Weights of(State state) {
        return new Weights(state.variables().stream()
                .map(variable -> {
                    float[] values = new float[variable.shape().elements()];
                    state.read(name(variable), values);
                    return new Entry(name(variable), variable.shape(), values);
                })
                .toList());
    }

    /** Copies all variables of a state into the arrays of these entries. */
    void readAll(State state) {
        for (Entry entry : entries) {
            state.read(entry.name(), entry.values());
        }
    }

    /**
     * Writes every variable of a state.
     *
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    void writeAll(State state) {
        for (Tensor variable : state.variables()) {
            Entry entry = find(name(variable))
                    .orElseThrow(() -> new IllegalArgumentException("[weights] expected '" + name(variable) + "' among "
                            + entries.stream().map(Entry::name).toList()));
            write(state, variable, entry);
        }
    }

    /** Writes those variables of a state that are here and leaves the others. */
    void writeKnown(State state) {
        for (Tensor variable : state.variables()) {
            find(name(variable)).ifPresent(entry -> write(state, variable, entry));
        }
    }

    private static void write(State state, Tensor variable, Entry entry) {
        if (!entry.shape().equals(variable.shape())) {
            throw new IllegalArgumentException(
                    "[" + entry.name() + "] expected shape " + variable.shape() + " but received " + entry.shape());
        }
        state.write(entry.name(), entry.values());
    }

    static String name(Tensor variable) {
        return ((Op.Variable) variable.op()).name();
    }

    /** Writes a safetensors file, atomically. */
    public void save(Path file) {
        SafeTensors.write(file, new SafeTensors.Content(java.util.Map.of(), SafeTensors.numbers(this)));
    }

    /**
     * Reads a safetensors file of F32 tensors.
     *
     * @throws thimble.data.DataException if the file is damaged or holds other kinds of numbers; the text names file
     *     and offset
     */
    public static Weights load(Path file) {
        return SafeTensors.read(file).weights(file);
    }
}
