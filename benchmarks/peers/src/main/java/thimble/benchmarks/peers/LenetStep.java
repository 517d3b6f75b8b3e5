package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.backend.Executable;
import thimble.backend.State;
import thimble.method.Methods;
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

/**
 * A training step of LeNet-5 (6-16-120-84) with momentum, here and in PyTorch, in turns within one run: first the gradients are compared,
 * then the shortest times. Arguments: batch (64), threads (1), rounds (20).
 */
public final class LenetStep {
    private static final double SPECTREG = 0.1;
    private static final double DATAGRAD = 2;
    private static final Shape IMAGE = Shape.of(1, 28, 28);
    private static final int CLASSES = 10;
    private static final long SEED = 7;

    private LenetStep() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) throws IOException {
        int batch = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        Backend backend = Backends.choose("cpu:threads=" + threads).backend();
        Map<String, List<Regularizer>> kinds = new LinkedHashMap<>();
        kinds.put("plain", List.of());
        kinds.put("spectreg", List.of(Methods.parse(Regularizer.class, "spectreg:lambda=" + SPECTREG)));
        kinds.put("datagrad", List.of(Methods.parse(Regularizer.class, "datagrad:lambda=" + DATAGRAD)));
        System.out.println(backend.description() + ", batch " + batch);
        System.out.println("kind        worst gradient   thimble us   pytorch us   pytorch / thimble   / own plain");
        try (PyTorch peer = new PyTorch(batch, threads, SPECTREG, DATAGRAD)) {
            List<Step> steps = new ArrayList<>();
            kinds.forEach((kind, methods) -> steps.add(new Step(kind, backend, methods, batch)));
            double[] ours = new double[steps.size()];
            double[] theirs = new double[steps.size()];
            double[] worst = new double[steps.size()];
            for (int i = 0; i < worst.length; i++) {
                steps.get(i).load(peer);
                worst[i] = steps.get(i).worst(peer);
                steps.get(i).time(8000);
                peer.time(steps.get(i).kind, 20);
            }
            Arrays.fill(ours, Double.MAX_VALUE);
            Arrays.fill(theirs, Double.MAX_VALUE);
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < worst.length; i++) {
                    ours[i] = Math.min(ours[i], steps.get(i).time(200));
                    theirs[i] = Math.min(theirs[i], peer.time(steps.get(i).kind, 40));
                }
            }
            for (int i = 0; i < worst.length; i++) {
                System.out.printf(
                        "%-10s  %14.1e   %10.0f   %10.0f   %17.2f   %11.2f%n",
                        steps.get(i).kind, worst[i], ours[i], theirs[i], theirs[i] / ours[i], ours[i] / ours[0]);
            }
            steps.forEach(Step::close);
        }
    }

    /** One compiled step with fixed data. */
    private static final class Step implements AutoCloseable {
        final String kind;
        private final TrainingStep step;
        private final State state;
        private final Executable executable;
        private final List<StateVariable> weights;
        private final float[] input;
        private final float[] target;

        Step(String kind, Backend backend, List<Regularizer> methods, int batch) {
            this.kind = kind;
            Sgd sgd = new Sgd(1e-3, 0.9, false, Schedule.CONSTANT, 0);
            var model = Models.parse("lenet5", IMAGE, CLASSES);
            step = TrainingStep.of(new StepSetup(model, new CrossEntropy(), methods, sgd, batch, IMAGE, CLASSES, 1000));
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
            executable = backend.compile(step.variants().getFirst().graph()).bind(state);
            executable.feed("input", input).feed("target", target).feed("weight", ones);
            for (StepScalar scalar : step.variants().getFirst().scalars()) {
                executable.feed(
                        scalar.input(), new float[] {(float) scalar.value().at(SEED, 0)});
            }
        }

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
            executable.run(SEED, 0);
            int count = weights.stream()
                    .mapToInt(v -> v.tensor().shape().elements())
                    .sum();
            float[] expected = peer.gradients(kind, count);
            double worst = 0;
            int at = 0;
            for (StateVariable weight : weights) {
                float[] received = read(
                        "sgd." + weight.name() + ".velocity", weight.tensor().shape());
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

        /** Shortest time of a step, in microseconds; data are fed each time. */
        double time(int runs) {
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
            executable.close();
            state.close();
        }
    }
}
