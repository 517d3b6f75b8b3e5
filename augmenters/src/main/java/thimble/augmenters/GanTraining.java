package thimble.augmenters;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import thimble.augmenters.GanGraphs.Step;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.data.Split;
import thimble.nn.Initializers;
import thimble.tensor.Key;
import thimble.train.StateVariable;
import thimble.train.StepScalar;

/** The run of a conditional GAN: classifier first if there is one, then discriminator and generator in turn, then new pictures. */
final class GanTraining implements AutoCloseable {
    private final CGan method;
    private final Dataset train;
    private final Backend backend;
    private final long seed;
    private final GanGraphs graphs;
    private final State state;
    private final float[] pictures;
    private final float[] classes;
    private int[] order = new int[0];
    private long ordered = -1;

    GanTraining(CGan method, Dataset train, Backend backend, long seed) {
        this.method = method;
        this.train = train;
        this.backend = backend;
        this.seed = seed;
        this.graphs = GanGraphs.of(method, train.example(), train.classes(), method.steps());
        this.state = backend.allocate(
                graphs.variables().stream().map(StateVariable::tensor).toList());
        for (StateVariable variable : graphs.variables()) {
            state.write(
                    variable.name(),
                    Initializers.values(
                            variable.initializer(),
                            variable.name(),
                            variable.tensor().shape(),
                            seed));
        }
        this.pictures = new float[method.batch() * train.example().elements()];
        this.classes = new float[method.batch() * train.classes()];
    }

    /** Trains; losses of discriminator and generator after each step. */
    List<float[]> run() {
        if (graphs.classify().isPresent()) {
            Step step = graphs.classify().get();
            try (Executable classify = backend.compile(step.graph()).bind(state)) {
                for (int t = 0; t < method.steps(); t++) {
                    load(t);
                    classify.feed(GanGraphs.REAL, pictures);
                    advance(classify, step, t);
                }
            }
        }
        List<float[]> losses = new ArrayList<>();
        try (Executable discriminate =
                        backend.compile(graphs.discriminate().graph()).bind(state);
                Executable generate = backend.compile(graphs.generate().graph()).bind(state)) {
            for (int t = 0; t < method.steps(); t++) {
                load(t);
                discriminate.feed(GanGraphs.REAL, pictures);
                float detected = advance(discriminate, graphs.discriminate(), t);
                if (method.gamma() > 0) {
                    generate.feed(GanGraphs.GAMMA, new float[] {(float) (method.gamma() * t / method.steps())});
                }
                losses.add(new float[] {detected, advance(generate, graphs.generate(), t)});
            }
        }
        return losses;
    }

    private float advance(Executable executable, Step step, int t) {
        executable.feed(GanGraphs.CLASS, classes);
        for (StepScalar scalar : step.scalars()) {
            executable.feed(scalar.input(), new float[] {(float) scalar.value().at(seed, t)});
        }
        executable.run(seed, t);
        float[] loss = new float[1];
        executable.fetch(0, loss);
        if (!Float.isFinite(loss[0])) {
            throw new IllegalStateException(
                    "[cgan] expected a finite loss but received " + loss[0] + " at step " + t + "; try a smaller rate");
        }
        return loss[0];
    }

    /** The examples of one step: windows over the endless sequence of epoch permutations. */
    private void load(int t) {
        int n = train.size();
        int elements = train.example().elements();
        for (int i = 0; i < method.batch(); i++) {
            long position = (long) t * method.batch() + i;
            long epoch = position / n;
            if (epoch != ordered) {
                order = Split.permutation(n, seed ^ Key.stream("cgan/order") ^ epoch);
                ordered = epoch;
            }
            int index = order[(int) (position % n)];
            train.read(index, epoch, pictures, i * elements);
            train.target(index, epoch, classes, i * train.classes());
        }
    }

    /** New pictures of the classes in turn, from latent numbers truncated at ± the method's truncation. */
    float[][] draw(int count) {
        int elements = train.example().elements();
        float[][] drawn = new float[count][elements];
        float[] latent = new float[method.batch() * method.latent()];
        RandomGenerator random = new SplittableRandom(seed ^ Key.stream("cgan/draw"));
        try (Executable draw = backend.compile(graphs.draw()).bind(state)) {
            for (int first = 0; first < count; first += method.batch()) {
                java.util.Arrays.fill(classes, 0);
                for (int i = 0; i < method.batch(); i++) {
                    classes[i * train.classes() + (first + i) % train.classes()] = 1;
                }
                for (int i = 0; i < latent.length; i++) {
                    latent[i] = truncated(random, method.truncation());
                }
                draw.feed(GanGraphs.LATENT, latent)
                        .feed(GanGraphs.CLASS, classes)
                        .run(seed, 0);
                draw.fetch(0, pictures);
                for (int i = 0; i < Math.min(method.batch(), count - first); i++) {
                    System.arraycopy(pictures, i * elements, drawn[first + i], 0, elements);
                }
            }
        }
        return drawn;
    }

    /** Standard normal number in ± bound by rejection. */
    static float truncated(RandomGenerator random, double bound) {
        while (true) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double number = radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
            if (Math.abs(number) <= bound) {
                return (float) number;
            }
        }
    }

    State state() {
        return state;
    }

    @Override
    public void close() {
        state.close();
    }
}
