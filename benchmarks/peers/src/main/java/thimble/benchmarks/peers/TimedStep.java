package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.State;
import thimble.nn.Models;
import thimble.tensor.Key;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;
import thimble.train.StateVariable;
import thimble.train.StepScalar;
import thimble.train.StepSetup;
import thimble.train.TrainingStep;

/** A compiled training step on pictures of 28 × 28 in ten classes with fixed random data; a method's variants run in turns. */
final class TimedStep implements AutoCloseable {
    private static final Shape IMAGE = Shape.of(1, 28, 28);
    private static final int CLASSES = 10;
    private static final long SEED = 7;

    private final String name;
    private final State state;
    private final List<Executable> variants = new ArrayList<>();
    private final List<StateVariable> weights;
    private final float[] input;
    private final float[] target;

    TimedStep(String name, Backend backend, String model, List<Regularizer> methods, int batch) {
        this.name = name;
        Sgd sgd = new Sgd(1e-3, 0.9, false, Schedule.CONSTANT, 0);
        TrainingStep step = TrainingStep.of(new StepSetup(
                Models.parse(model, IMAGE, CLASSES), new CrossEntropy(), methods, sgd, batch, IMAGE, CLASSES, 1000));
        state = backend.allocate(
                step.variables().stream().map(StateVariable::tensor).toList());
        weights = step.variables().stream()
                .filter(v -> !v.name().startsWith("sgd."))
                .toList();
        for (StateVariable variable : step.variables()) {
            float[] first = new float[variable.tensor().shape().elements()];
            variable.initializer().fill(variable.tensor().shape(), Key.stream(variable.name()) ^ SEED, first);
            state.write(variable.name(), first);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        input = new float[batch * IMAGE.elements()];
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
            variants.add(executable);
        }
    }

    /** Name in the table. */
    String name() {
        return name;
    }

    /** Number of variants, at least 1. */
    int variants() {
        return variants.size();
    }

    /** Gives the peer the weights, the data and the random signs. */
    void load(PyTorch peer) throws IOException {
        float[][] values = new float[weights.size() + 3][];
        for (int i = 0; i < weights.size(); i++) {
            values[i] = read(weights.get(i).name(), weights.get(i).tensor().shape());
        }
        values[weights.size()] = input;
        values[weights.size() + 1] = target;
        values[weights.size() + 2] = signs();
        peer.load(values);
    }

    private float[] signs() {
        Tensor signs = Tensor.signs("spectreg", Shape.of(target.length / CLASSES, CLASSES), true);
        double[] values = new Reference().key(SEED, 0).value(signs);
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** Largest difference of a gradient (the velocity after one step) by the largest gradient of its tensor. */
    double worst(PyTorch peer) throws IOException {
        variants.getFirst().run(SEED, 0);
        int count =
                weights.stream().mapToInt(v -> v.tensor().shape().elements()).sum();
        float[] expected = peer.gradients(name, count);
        double worst = 0;
        int at = 0;
        for (StateVariable weight : weights) {
            float[] received =
                    read("sgd." + weight.name() + ".velocity", weight.tensor().shape());
            double largest = 0;
            double difference = 0;
            for (float value : received) {
                largest = Math.max(largest, Math.abs(expected[at]));
                difference = Math.max(difference, Math.abs(value - expected[at]));
                at++;
            }
            worst = Math.max(worst, difference / largest);
        }
        return worst;
    }

    private float[] read(String name, Shape shape) {
        float[] values = new float[shape.elements()];
        state.read(name, values);
        return values;
    }

    /** Shortest time of a step of one variant, in microseconds; data are fed each time. */
    double time(int variant, int runs) {
        Executable executable = variants.get(variant);
        long shortest = Long.MAX_VALUE;
        float[] loss = new float[1];
        for (int run = 1; run <= runs; run++) {
            long start = System.nanoTime();
            executable.feed("input", input).feed("target", target).run(SEED, run);
            executable.fetch(0, loss);
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
