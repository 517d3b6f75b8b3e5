package thimble.benchmarks.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.nn.Models;
import thimble.tensor.Key;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;
import thimble.train.StateVariable;
import thimble.train.StepScalar;
import thimble.train.StepSetup;
import thimble.train.TrainingStep;

/**
 * A compiled training step with cross-entropy and momentum 0.9 on fixed random pictures in ten classes. A run feeds pictures and targets, makes
 * the step and fetches the loss. A method's variants are run by number.
 */
public final class TimedStep implements TimedCall {
    private static final int CLASSES = 10;
    private static final long SEED = 7;
    private static final double LEARNING_RATE = 1e-3;

    private final State state;
    private final List<Graph> graphs = new ArrayList<>();
    private final List<Executable> variants = new ArrayList<>();
    private final List<StateVariable> variables;
    private final float[] input;
    private final float[] target;
    private final float[] loss = new float[1];
    private long steps;

    /**
     * Builds and compiles it.
     *
     * @param image shape of one picture [c, h, w]
     * @throws IllegalArgumentException if there is no such model or the methods do not fit it
     */
    public TimedStep(Backend backend, String model, Shape image, List<Regularizer> methods, int batch) {
        Sgd sgd = new Sgd(LEARNING_RATE, 0.9, false, Schedule.CONSTANT, 0);
        TrainingStep step = TrainingStep.of(new StepSetup(
                Models.parse(model, image, CLASSES), new CrossEntropy(), methods, sgd, batch, image, CLASSES, 1000));
        variables = step.variables();
        state = backend.allocate(variables.stream().map(StateVariable::tensor).toList());
        for (StateVariable variable : variables) {
            Shape shape = variable.tensor().shape();
            float[] first = new float[shape.elements()];
            variable.initializer().fill(shape, Key.stream(variable.name()) ^ SEED, first);
            state.write(variable.name(), first);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        input = new float[batch * image.elements()];
        target = new float[batch * CLASSES];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < batch; i++) {
            target[i * CLASSES + random.nextInt(CLASSES)] = 1;
        }
        float[] ones = new float[batch];
        Arrays.fill(ones, 1);
        for (TrainingStep.Variant variant : step.variants()) {
            Executable executable = backend.compile(variant.graph()).bind(state);
            executable.feed("input", input).feed("target", target).feed("weight", ones);
            for (StepScalar scalar : variant.scalars()) {
                executable.feed(
                        scalar.input(), new float[] {(float) scalar.value().at(SEED, 0)});
            }
            graphs.add(variant.graph());
            variants.add(executable);
        }
    }

    /** Number of variants, at least 1. */
    public int variants() {
        return variants.size();
    }

    /** The graph of one variant. */
    public Graph graph(int variant) {
        return graphs.get(variant);
    }

    /** The model's variables: weights and buffers, without those of the optimizer, in the model's order. */
    public List<StateVariable> weights() {
        return variables.stream().filter(v -> !v.name().startsWith("sgd.")).toList();
    }

    /** Names of all variables. */
    public List<String> names() {
        return variables.stream().map(StateVariable::name).toList();
    }

    /** What is fed as input, row-major. */
    public float[] input() {
        return input.clone();
    }

    /** What is fed as target, one-hot. */
    public float[] target() {
        return target.clone();
    }

    /** The seed of every run. */
    public long seed() {
        return SEED;
    }

    /** A variable's present value. */
    public float[] read(String variable) {
        Shape shape = variables.stream()
                .filter(v -> v.name().equals(variable))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[step] unknown variable '" + variable + "'"))
                .tensor()
                .shape();
        float[] values = new float[shape.elements()];
        state.read(variable, values);
        return values;
    }

    /** One step of the first variant. */
    @Override
    public void run() {
        run(0);
    }

    /** One step of a variant. */
    public void run(int variant) {
        Executable executable = variants.get(variant);
        executable.feed("input", input).feed("target", target).run(SEED, steps++ & Integer.MAX_VALUE);
        executable.fetch(0, loss);
    }

    /** The loss of the last run. */
    public float loss() {
        return loss[0];
    }

    /** Shortest time of a step of one variant, in microseconds. */
    public double microseconds(int variant, int runs) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            run(variant);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest / 1e3;
    }

    @Override
    public void close() {
        variants.forEach(Executable::close);
        state.close();
    }
}
