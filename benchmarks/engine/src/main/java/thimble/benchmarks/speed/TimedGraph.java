package thimble.benchmarks.speed;

import java.util.LinkedHashMap;
import java.util.Map;
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
        variables.forEach((name, variable) -> state.write(name, numbers(random, variable.shape())));
        executable = backend.compile(graph).bind(state);
        inputs.forEach((name, input) -> executable.feed(name, numbers(random, input.shape())));
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
