package thimble.backend;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Variables as float64 arrays. */
final class ReferenceState implements State {
    private final List<Tensor> variables;
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private boolean closed;

    ReferenceState(Collection<Tensor> variables) {
        this.variables = List.copyOf(variables);
        MemoryLimit.heap("reference", this.variables, Double.BYTES);
        for (Tensor variable : variables) {
            if (!(variable.op() instanceof Op.Variable(var name, var shape))) {
                throw new IllegalArgumentException("[state] expected a variable but received " + variable);
            }
            if (values.put(name, new double[shape.elements()]) != null) {
                throw new IllegalArgumentException(
                        "[state] expected each variable once but received '" + name + "' twice");
            }
        }
    }

    @Override
    public List<Tensor> variables() {
        return variables;
    }

    @Override
    public void write(String variable, float[] from) {
        double[] into = values(variable, from.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = from[i];
        }
    }

    @Override
    public void read(String variable, float[] into) {
        double[] from = values(variable, into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) from[i];
        }
    }

    /** The live values of a variable with this many elements. */
    double[] values(String variable, int elements) {
        open();
        double[] found = values.get(variable);
        if (found == null) {
            throw new IllegalArgumentException(
                    "[state] expected one of " + values.keySet() + " but received '" + variable + "'");
        }
        if (found.length != elements) {
            throw new IllegalArgumentException(
                    "[variable '" + variable + "'] expected " + found.length + " elements but received " + elements);
        }
        return found;
    }

    /**
     * Checks that it may be used.
     *
     * @throws IllegalStateException if it is closed
     */
    void open() {
        if (closed) {
            throw new IllegalStateException("[state] expected an open state but received a closed one");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
