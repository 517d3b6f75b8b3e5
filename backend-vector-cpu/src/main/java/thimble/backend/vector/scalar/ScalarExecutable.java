package thimble.backend.vector.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.Executable;
import thimble.backend.Feeds;
import thimble.backend.Graph;
import thimble.backend.MemoryLimit;
import thimble.backend.vector.code.Exchange;
import thimble.backend.vector.memory.Values;
import thimble.backend.vector.memory.VectorState;
import thimble.tensor.Key;
import thimble.tensor.Tensor;

/** A {@link ScalarProgram} with its arrays. */
final class ScalarExecutable implements Executable {
    private final ScalarProgram program;
    private final List<Values> slots;
    private final Feeds feeds;
    private final Runnable[] launches;
    private final VectorState state;
    private final Values[] outputs;
    private final Exchange[] loads;
    private final Exchange[] stores;

    /** An array and the place of a variable in the state. */
    private record Exchange(float[] values, long offset) {}

    ScalarExecutable(ScalarProgram program, VectorState state) {
        this.program = program;
        this.state = state;
        MemoryLimit.heap("cpu", program.slots(), Float.BYTES);
        this.slots = program.slots().stream().map(Values::of).toList();
        this.feeds = new Feeds(program.inputs().values(), program.graph());
        program.fixed().forEach(tensor -> ScalarLowering.fill(tensor, values(tensor)));
        this.launches = program.launches().stream()
                .map(tensor -> ScalarLowering.launch(
                        tensor, tensor.inputs().stream().map(this::values).toList(), values(tensor)))
                .toArray(Runnable[]::new);
        List<Exchange> read = new ArrayList<>();
        program.variables()
                .forEach((name, tensor) ->
                        read.add(new Exchange(values(tensor).floats(), state.offset(name, tensor.shape()))));
        this.loads = read.toArray(Exchange[]::new);
        List<Exchange> written = new ArrayList<>();
        for (Graph.Update update : program.graph().updates()) {
            Tensor value = update.value();
            written.add(new Exchange(values(value).floats(), state.offset(update.variable(), value.shape())));
        }
        this.stores = written.toArray(Exchange[]::new);
        this.outputs = program.graph().outputs().stream().map(this::values).toArray(Values[]::new);
    }

    private Values values(Tensor tensor) {
        return slots.get(program.slot(tensor));
    }

    @Override
    public Executable feed(String input, float[] values) {
        Tensor tensor = feeds.floats(input, values.length);
        System.arraycopy(values, 0, values(tensor).floats(), 0, values.length);
        return this;
    }

    @Override
    public Executable feed(String input, int[] values) {
        Tensor tensor = feeds.ints(input, values.length);
        System.arraycopy(values, 0, values(tensor).ints(), 0, values.length);
        return this;
    }

    @Override
    public void run(long seed, long step) {
        feeds.check();
        state.open();
        Feeds.step(step);
        Tensor key = program.inputs().get(Key.NAME);
        if (key != null) {
            Feeds.key(seed, step, values(key).ints());
        }
        MemorySegment memory = state.segment();
        for (Exchange load : loads) {
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, load.offset, load.values, 0, load.values.length);
        }
        for (Runnable launch : launches) {
            launch.run();
        }
        for (Exchange store : stores) {
            MemorySegment.copy(store.values, 0, memory, ValueLayout.JAVA_FLOAT, store.offset, store.values.length);
        }
    }

    @Override
    public void fetch(int output, float[] into) {
        feeds.output(output, into.length);
        Values values = outputs[output];
        System.arraycopy(values.floats(), 0, into, 0, values.floats().length);
        for (int i = 0; i < values.ints().length; i++) {
            into[i] = values.ints()[i];
        }
    }

    @Override
    public void close() {
        feeds.close();
    }
}
