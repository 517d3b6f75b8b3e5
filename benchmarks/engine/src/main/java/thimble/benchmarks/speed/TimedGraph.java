package thimble.benchmarks.speed;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A compiled graph whose FLOAT32 inputs and variables hold fixed random numbers in (0, 1]; a run feeds and fetches nothing. */
public final class TimedGraph implements TimedCall {
    private static final long SEED = 7;

    private final State state;
    private final Executable executable;
    private final Set<String> variables;
    private final Map<String, float[]> values = new HashMap<>();
    private final float[] result;
    private int step;

    /** Compiles and feeds. */
    public TimedGraph(Backend backend, Graph graph) {
        Map<String, Tensor> variables = new LinkedHashMap<>();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Tensor t : Tensor.topological(graph.roots())) {
            if (t.op() instanceof Op.Variable(var name, var _)) {
                variables.put(name, t);
            } else if (t.op() instanceof Op.Input(var name, var _, var dtype, int _) && dtype == DType.FLOAT32) {
                inputs.put(name, t);
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        state = backend.allocate(variables.values());
        executable = backend.compile(graph).bind(state);
        this.variables = Set.copyOf(variables.keySet());
        variables.forEach((name, variable) -> give(name, numbers(random, variable.shape())));
        inputs.forEach((name, input) -> give(name, numbers(random, input.shape())));
        result = new float[graph.outputs().getFirst().shape().elements()];
    }

    private static float[] numbers(SplittableRandom random, Shape shape) {
        float[] numbers = new float[shape.elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (1 - random.nextDouble());
        }
        return numbers;
    }

    @Override
    public void run() {
        executable.run(SEED, step++ & Integer.MAX_VALUE);
    }

    /** What an input or variable holds, row-major. */
    public float[] value(String name) {
        return Objects.requireNonNull(values.get(name), name).clone();
    }

    /** Replaces what an input or variable holds. */
    public void give(String name, float[] numbers) {
        values.put(name, numbers.clone());
        if (variables.contains(name)) {
            state.write(name, numbers);
        } else {
            executable.feed(name, numbers);
        }
    }

    /** Shortest time of a run, in microseconds. */
    public double microseconds(int runs) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            run();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest / 1e3;
    }

    /** The first output of the last run, row-major. */
    public float[] result() {
        executable.fetch(0, result);
        return result.clone();
    }

    @Override
    public void close() {
        executable.close();
        state.close();
    }
}
