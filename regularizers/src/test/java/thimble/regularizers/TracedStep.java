package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import thimble.backend.Graph;
import thimble.nn.Activation;
import thimble.nn.Layer;
import thimble.nn.Linear;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.tensor.Gradients;
import thimble.tensor.GraphText;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Reference;
import thimble.tensor.Rewrite;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.CrossEntropy;
import thimble.train.Loss;
import thimble.train.Optimizer;
import thimble.train.Regularizer;
import thimble.train.Sgd;
import thimble.train.StateVariable;
import thimble.train.StepScalar;
import thimble.train.StepSetup;
import thimble.train.StepTrace;
import thimble.train.TrainingStep;

/** A training step of a small network on random data, evaluated in float64, for the tests of all methods. */
final class TracedStep {
    static final int BATCH = 6;
    static final int FEATURES = 5;
    static final int CLASSES = 3;
    static final double RATE = 0.1;

    final TrainingStep step;
    final StepTrace trace;
    final Reference reference = new Reference();
    final Map<String, double[]> variables = new LinkedHashMap<>();

    private TrainingStep.Variant variant;

    /** Remembers what the last method of a step sees. */
    private record Spy(List<StepTrace> seen) implements Regularizer {
        @Override
        public String name() {
            return "spy";
        }

        @Override
        public String summary() {
            return "remembers the step";
        }

        @Override
        public Optional<Tensor> penalty(StepTrace step) {
            seen.add(step);
            return Optional.empty();
        }
    }

    TracedStep(Layer model, Loss loss, Optimizer optimizer, Regularizer... methods) {
        this(Shape.of(FEATURES), model, loss, optimizer, methods);
    }

    /** On examples of another shape. */
    TracedStep(Shape example, Layer model, Loss loss, Optimizer optimizer, Regularizer... methods) {
        List<StepTrace> seen = new ArrayList<>();
        List<Regularizer> all = new ArrayList<>(Arrays.asList(methods));
        all.add(new Spy(seen));
        step = TrainingStep.of(new StepSetup(model, loss, all, optimizer, BATCH, example, CLASSES, 100));
        trace = seen.getFirst();
        variant = step.variants().getFirst();
        RandomGenerator random = new SplittableRandom(11);
        for (StateVariable variable : step.variables()) {
            float[] first = new float[variable.tensor().shape().elements()];
            variable.initializer().fill(variable.tensor().shape(), Key.stream(variable.name()), first);
            set(variable.name(), toDouble(first));
        }
        for (Parameter parameter : trace.parameters()) {
            RandomGenerator own =
                    new SplittableRandom(Key.stream(parameter.name())); // the same weights whatever the methods keep
            set(parameter.name(), normal(own, parameter.tensor().shape().elements()));
        }
        for (StateVariable variable : step.variables()) {
            variable.like().ifPresent(weight -> set(variable.name(), parameter(weight)));
        }
        double[] classes = new double[BATCH * CLASSES];
        for (int i = 0; i < BATCH; i++) {
            classes[i * CLASSES + random.nextInt(CLASSES)] = 1;
        }
        double[] ones = new double[BATCH];
        Arrays.fill(ones, 1);
        reference
                .feed("input", normal(random, BATCH * example.elements()))
                .feed("target", classes)
                .feed("weight", ones);
        at(0);
    }

    /** With cross-entropy and plain gradient descent at {@link #RATE}. */
    TracedStep(Layer model, Regularizer... methods) {
        this(model, new CrossEntropy(), new Sgd(RATE), methods);
    }

    /** A network with one hidden stage, {@code hidden} of 4 smooth units, then {@code out}. */
    static Sequential mlp() {
        return Sequential.of().then("hidden", new Linear(4, Activation.TANH)).then("out", new Linear(CLASSES));
    }

    /** z = W x + b, named {@code out}. */
    static Sequential linear() {
        return Sequential.of().then("out", new Linear(CLASSES));
    }

    private static double[] normal(RandomGenerator random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    private static double[] toDouble(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    void set(String variable, double... values) {
        variables.put(variable, values);
        reference.variable(variable, values);
    }

    /** Chooses the random numbers and run-time numbers of one step. */
    TracedStep at(long number) {
        reference.key(3, number);
        for (StepScalar scalar : step.scalars()) {
            reference.feed(scalar.input(), scalar.value().at(3, number));
        }
        return this;
    }

    double[] value(Tensor tensor) {
        return reference.value(tensor);
    }

    double scalar(Tensor tensor) {
        return reference.scalar(tensor);
    }

    double[] parameter(String name) {
        return variables.get(name).clone();
    }

    /** New values of all variables after one step from here, by name. */
    Map<String, double[]> updates() {
        List<Graph.Update> updates = variant.graph().updates();
        List<double[]> values =
                reference.values(updates.stream().map(Graph.Update::value).toList());
        Map<String, double[]> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byName.put(updates.get(i).variable(), values.get(i));
        }
        return byName;
    }

    /** Takes the step. */
    void advance() {
        updates().forEach(this::set);
    }

    /** The gradient that the optimizer saw, from its plain descent. */
    Map<String, double[]> gradients() {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        Map<String, double[]> updates = updates();
        for (Parameter parameter : trace.parameters()) {
            double[] old = parameter(parameter.name());
            double[] next = updates.get(parameter.name());
            Arrays.setAll(next, i -> (old[i] - next[i]) / RATE);
            gradients.put(parameter.name(), next);
        }
        return gradients;
    }

    /** What the methods added to the mean loss of the examples. */
    double penalty() {
        return loss() - scalar(trace.lossPerExample().mean());
    }

    /** The loss of the compiled step, with penalties. */
    double loss() {
        return scalar(variant.graph().outputs().getFirst());
    }

    /**
     * Compares the gradient that the optimizer saw with central differences of the loss plus something.
     *
     * @param extra what a gradient hook adds to the loss, as a function of the current {@link #parameter}s
     */
    void checkGradients(Supplier<Double> extra) {
        Map<String, double[]> gradients = gradients();
        compare(gradients, () -> loss() + extra.get());
    }

    /** Compares the gradient of a tensor by all parameters with central differences in which stopped values stand still. */
    void checkGradients(Tensor loss) {
        List<Tensor> leaves = trace.parameters().stream().map(Parameter::tensor).toList();
        List<double[]> exact = reference.values(Gradients.of(loss, leaves));
        Map<String, double[]> gradients = new LinkedHashMap<>();
        for (int i = 0; i < exact.size(); i++) {
            gradients.put(trace.parameters().get(i).name(), exact.get(i));
        }
        Map<Tensor, Tensor> frozen = new LinkedHashMap<>();
        for (Tensor tensor : Tensor.topological(List.of(loss))) {
            if (tensor.op() instanceof Op.StopGradient) {
                String name = "frozen" + frozen.size();
                reference.feed(name, value(tensor));
                frozen.put(tensor, Tensor.input(name, tensor.shape().toArray()));
            }
        }
        Tensor still = Rewrite.substitute(List.of(loss), frozen).getFirst();
        compare(gradients, () -> scalar(still));
    }

    private void compare(Map<String, double[]> gradients, Supplier<Double> loss) {
        double h = 1e-5;
        for (Parameter parameter : trace.parameters()) {
            double[] weights = variables.get(parameter.name());
            for (int i = 0; i < weights.length; i++) {
                double kept = weights[i];
                weights[i] = kept + h;
                double above = loss.get();
                weights[i] = kept - h;
                double below = loss.get();
                weights[i] = kept;
                double expected = (above - below) / (2 * h);
                assertThat(gradients.get(parameter.name())[i])
                        .as("gradient of %s[%d]", parameter.name(), i)
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    /** The graphs of all variants as text. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (TrainingStep.Variant form : step.variants()) {
            text.append(GraphText.of(form.graph().roots()));
        }
        return text.toString();
    }

    /** The graph of this network without any method. */
    static String plain() {
        return new TracedStep(mlp()).text();
    }

    /** Compares the graph with the golden file; {@code -Dgolden=write} writes it anew. */
    void checkGolden(String name) {
        Path file = Path.of("src/test/resources/graph", name + ".txt");
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text());
            }
            assertThat(file).as("run with -Dgolden=write to make it").exists();
            assertThat(text()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
