package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * The scope that records.
 *
 * @param recording what all scopes of one trace collect
 * @param path path of this scope
 * @param stages whether hidden outputs in here are stages of the whole model, or inner values of one stage
 */
record TraceScope(Trace.Recording recording, String path, boolean stages) implements Scope {
    @Override
    public Scope child(String name) {
        return new TraceScope(recording, join(name), stages);
    }

    @Override
    public Scope inner() {
        return new TraceScope(recording, path, false);
    }

    @Override
    public Tensor parameter(String name, Shape shape, Initializer initializer, Parameter.Role role) {
        String full = join(name);
        Tensor variable = recording.variable(full, shape);
        recording.parameters.put(full, new Parameter(full, variable, initializer, role));
        return variable;
    }

    @Override
    public Tensor buffer(String name, Shape shape, Initializer initializer) {
        String full = join(name);
        Tensor variable = recording.variable(full, shape);
        recording.buffers.put(full, new Trace.Buffer(full, variable, initializer));
        return variable;
    }

    @Override
    public void update(Tensor buffer, Tensor value) {
        record(buffer, value, value);
    }

    @Override
    public void average(Tensor buffer, Tensor statistic, double momentum) {
        record(buffer, buffer.mul(1 - momentum).add(statistic.mul(momentum)), statistic);
    }

    private void record(Tensor buffer, Tensor value, Tensor statistic) {
        Trace.Buffer known = recording.buffers.values().stream()
                .filter(candidate -> candidate.tensor() == buffer)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[" + path + "] expected a buffer of this model to update but received " + buffer));
        if (!value.shape().equals(buffer.shape())) {
            throw new IllegalArgumentException("[" + known.name() + "] expected a value of shape " + buffer.shape()
                    + " but received " + value.shape());
        }
        recording.updates.add(new Trace.BufferUpdate(known.name(), value, statistic));
    }

    @Override
    public Tensor tap(Tensor value, Tap.Kind kind) {
        boolean stage = kind == Tap.Kind.MAP || kind == Tap.Kind.HIDDEN;
        Tap.Kind seen = stage && !stages ? Tap.Kind.INNER : kind;
        if (!path.isEmpty() && recording.taps.put(path, new Tap(path, value, seen)) != null) {
            throw new IllegalArgumentException("[" + path + "] expected one tap per path but received a second one");
        }
        return value;
    }

    @Override
    public boolean training() {
        return recording.training;
    }

    @Override
    public Tensor weight() {
        return recording.weight;
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
