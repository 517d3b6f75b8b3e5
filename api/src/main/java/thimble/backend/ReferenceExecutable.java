package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Reference;
import thimble.tensor.Tensor;

/** Evaluates a graph over a state in float64. */
final class ReferenceExecutable implements Executable {
    private final ReferenceProgram program;
    private final ReferenceState state;
    private final Reference reference = new Reference();
    private final List<double[]> outputs = new ArrayList<>();
    private boolean closed;

    ReferenceExecutable(ReferenceProgram program, ReferenceState state) {
        this.program = program;
        this.state = state;
        for (Tensor variable : state.variables()) {
            String name = ((thimble.tensor.Op.Variable) variable.op()).name();
            reference.variable(name, state.values(name, variable.shape().elements()));
        }
    }

    @Override
    public Executable feed(String input, float[] values) {
        double[] wide = new double[check(input, DType.FLOAT32, values.length)];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        reference.feed(input, wide);
        return this;
    }

    @Override
    public Executable feed(String input, int[] values) {
        double[] wide = new double[check(input, DType.INT32, values.length)];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        reference.feed(input, wide);
        return this;
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("[reference] expected an open executable but received a closed one");
        }
        state.open();
    }

    private int check(String input, DType dtype, int elements) {
        open();
        Tensor known = program.inputs().get(input);
        if (known == null || input.equals(Key.NAME)) {
            throw new IllegalArgumentException(
                    "[feed] expected one of " + program.inputs().keySet() + " but received '" + input + "'");
        }
        if (known.dtype() != dtype || known.shape().elements() != elements) {
            throw new IllegalArgumentException(
                    "[input '" + input + "'] expected " + known.shape().elements() + " elements of " + known.dtype()
                            + " but received " + elements + " of " + dtype);
        }
        return elements;
    }

    @Override
    public void run(long seed, long step) {
        open();
        reference.key(seed, step);
        Graph graph = program.graph();
        List<double[]> values = reference.values(graph.roots());
        outputs.clear();
        int fetched = graph.outputs().size();
        // an output may be a variable itself, which the updates below overwrite
        values.subList(0, fetched).forEach(value -> outputs.add(value.clone()));
        List<double[]> updated = values.subList(fetched, values.size()).stream()
                .map(double[]::clone)
                .toList();
        for (int i = 0; i < updated.size(); i++) {
            double[] variable = state.values(graph.updates().get(i).variable(), updated.get(i).length);
            for (int e = 0; e < variable.length; e++) {
                variable[e] =
                        (float) updated.get(i)[e]; // variables are FLOAT32, so that a saved state is the whole state
            }
        }
    }

    @Override
    public void fetch(int output, float[] into) {
        open();
        if (outputs.isEmpty() && !program.graph().outputs().isEmpty()) {
            throw new IllegalStateException("[fetch] expected a run before");
        }
        if (output < 0 || output >= outputs.size() || outputs.get(output).length != into.length) {
            throw new IllegalArgumentException("[fetch] expected an output in 0.." + (outputs.size() - 1) + " of "
                    + program.graph().outputs() + " but received " + output + " into " + into.length + " elements");
        }
        double[] from = outputs.get(output);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) from[i];
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
