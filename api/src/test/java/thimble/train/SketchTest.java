package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Initializers;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.nn.Tap;
import thimble.tensor.Reference;
import thimble.tensor.Tensor;

/** Methods that the hooks must carry, in their shortest form. */
class SketchTest {
    private static Sequential normed() {
        return Sequential.of()
                .then("fc1", new Linear(5, Norm.BATCH, Activation.RELU))
                .then("fc2", new Linear(4, Activation.RELU))
                .then("out", new Linear(3));
    }

    private static Trainer trainer(Regularizer method) {
        return new Trainer(new ReferenceBackend(), normed(), new CrossEntropy(), List.of(method), new Sgd(0.1), 6, 1, 5)
                .steps(4);
    }

    /** Weight decay whose strength per layer is the ratio of gradient to weight, measured before the first step. */
    private record Layerwise(Map<String, Double> ratios) implements Regularizer {
        @Override
        public String name() {
            return "layerwise";
        }

        @Override
        public String summary() {
            return "for a test";
        }

        @Override
        public Regularizer calibrate(Calibration before) {
            double[] norms = before.gradientNorms(6);
            Map<String, Double> measured = new LinkedHashMap<>();
            for (int i = 0; i < norms.length; i++) {
                Parameter parameter = before.parameters().get(i);
                if (parameter.role() == Parameter.Role.KERNEL) {
                    measured.put(parameter.name(), norms[i] / before.norm(parameter));
                }
            }
            return new Layerwise(measured);
        }

        @Override
        public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
            Map<Parameter, Tensor> changed = new LinkedHashMap<>(gradients);
            changed.replaceAll((parameter, gradient) -> ratios.containsKey(parameter.name())
                    ? gradient.add(parameter.tensor().mul(step.value(parameter.name(), ratios.get(parameter.name()))))
                    : gradient);
            return changed;
        }
    }

    @Test
    void calibrationSeesOneExampleAtATimeWithStatisticsOfTheBatch() {
        Dataset data = Blobs.points(6, 2);
        ReferenceBackend backend = new ReferenceBackend();
        StepSetup setup = new StepSetup(normed(), new CrossEntropy(), List.of(), new Sgd(0.1), 6, data.example(), 3, 4);
        List<StateVariable> variables = TrainingStep.variables(ForwardPass.trace(setup));
        try (thimble.backend.State state =
                backend.allocate(variables.stream().map(StateVariable::tensor).toList())) {
            variables.forEach(v -> state.write(
                    v.name(),
                    Initializers.values(v.initializer(), v.name(), v.tensor().shape(), 5)));
            InitialCalibration calibration = new InitialCalibration(setup, backend, state, data, 5, Optional.empty());
            double[] norms = calibration.gradientNorms(6);
            double[] expected = new double[norms.length];
            StepGraph.Loss loss = StepGraph.loss(setup);
            BatchFeed.Batch batch = BatchFeed.Batch.of(setup);
            BatchFeed.fill(data, new BatchOrder(6, 6, 5), 0, 6, batch);
            Reference reference = new Reference();
            reference.feed("input", wide(batch.input())).feed("target", wide(batch.target()));
            variables.forEach(v -> reference.variable(
                    v.name(),
                    wide(Initializers.values(
                            v.initializer(), v.name(), v.tensor().shape(), 5))));
            for (int i = 0; i < 6; i++) {
                // the loss of one row of the same batch, not of a batch of one
                Tensor one = loss.context().lossPerExample().slice(0, i, i + 1).sum();
                List<Tensor> gradients = new ArrayList<>(
                        StepGraph.gradients(one, loss.context().pass().parameters())
                                .values());
                for (int p = 0; p < expected.length; p++) {
                    expected[p] +=
                            Math.sqrt(reference.scalar(gradients.get(p).square().sum())) / 6;
                }
            }
            for (int p = 0; p < norms.length; p++) {
                assertThat(norms[p]).isCloseTo(expected[p], within(1e-6));
            }
            float[] mean = new float[5];
            state.read("fc1.norm.mean", mean);
            assertThat(mean).containsExactly(0, 0, 0, 0, 0);
        }
    }

    @Test
    void whatWasCalibratedReachesTheStep() {
        List<Map<String, Double>> seen = new ArrayList<>();
        Regularizer spy = new Methodlike("spy") {
            @Override
            public Regularizer calibrate(Calibration before) {
                Layerwise measured = (Layerwise) new Layerwise(Map.of()).calibrate(before);
                seen.add(measured.ratios());
                return measured;
            }
        };
        trainer(spy).fit(Blobs.points(12, 2)).close();
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst()).containsOnlyKeys("fc1.kernel", "fc2.kernel", "out.kernel");
        assertThat(seen.getFirst().values()).allMatch(ratio -> ratio > 0);
    }

    /** Moving average of weights, read by evaluation. */
    private static Regularizer average(double decay, List<String> names) {
        return new Methodlike("average") {
            @Override
            public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
                updated.forEach((parameter, value) -> {
                    names.add(parameter.name());
                    Tensor mean = step.variable(parameter.name(), parameter);
                    Tensor kept = step.value("decay", decay);
                    step.update(mean, mean.mul(kept).add(value.mul(kept.neg().add(1))));
                });
                return updated;
            }

            @Override
            public Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
                return Optional.of(step.variable(weight.name(), weight));
            }
        };
    }

    @Test
    void averagedWeightsAreSavedWithStatisticsEstimatedAnew() {
        Dataset data = Blobs.points(12, 2);
        // a decay of 1 keeps the mean at its first value: that of the weight
        try (TrainedModel kept = trainer(average(1, new ArrayList<>())).fit(data);
                TrainedModel followed = trainer(average(0, new ArrayList<>())).fit(data);
                TrainedModel plain = trainer(new Methodlike("nothing") {}).fit(data)) {
            assertThat(values(followed, "fc2.kernel")).containsExactly(values(plain, "fc2.kernel"));
            float[] first = Initializers.values(
                    ((Linear) normed().parts().get(1).layer()).kernel(),
                    "fc2.kernel",
                    thimble.tensor.Shape.of(4, 5),
                    5);
            assertThat(values(kept, "fc2.kernel")).containsExactly(first);
            assertThat(values(followed, "fc1.norm.mean")).isNotEqualTo(values(plain, "fc1.norm.mean"));
            // twelve examples in batches of six: the mean of both batch means is the mean of fc1 over all examples
            double[] mean = new double[5];
            float[] kernel = values(followed, "fc1.kernel");
            Dataset scaled = followed.preprocessing().apply(data);
            float[] x = new float[2];
            for (int i = 0; i < 12; i++) {
                scaled.read(i, 0, x, 0);
                for (int u = 0; u < 5; u++) {
                    mean[u] += (kernel[2 * u] * x[0] + kernel[2 * u + 1] * x[1]) / 12;
                }
            }
            for (int u = 0; u < 5; u++) {
                assertThat((double) values(followed, "fc1.norm.mean")[u]).isCloseTo(mean[u], within(1e-6));
            }
        }
    }

    private static float[] values(TrainedModel model, String name) {
        return model.weights().find(name).orElseThrow().values();
    }

    /** Adds noise of a fixed size to one hidden stage, another one in each step. */
    private record Noise(String at) implements Regularizer {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public String summary() {
            return "for a test";
        }

        @Override
        public List<Regularizer> variants(List<Tap> taps) {
            return taps.stream()
                    .filter(tap -> tap.kind() == Tap.Kind.HIDDEN)
                    .<Regularizer>map(tap -> new Noise(tap.name()))
                    .toList();
        }

        @Override
        public Optional<Tensor> penalty(StepTrace step) {
            Tensor h = step.layer(at);
            Tensor moved = h.add(
                    step.normal("noise", h.shape()).mul(step.value("size", 0.1)).stopGradient());
            Tensor again = step.logitsWith(Map.of(h, moved));
            return Optional.of(
                    step.lossFunction().perExample(again, step.target()).mean());
        }
    }

    @Test
    void variantsAreProgramsOverOneStateDrawnPerStep() {
        Dataset data = Blobs.points(12, 2);
        StepSetup setup = new StepSetup(
                normed(), new CrossEntropy(), List.of(new Noise("")), new Sgd(0.1), 6, data.example(), 3, 4);
        TrainingStep step = TrainingStep.of(setup);
        assertThat(step.variants()).hasSize(2);
        int[] drawn = new int[2];
        for (int s = 0; s < 1000; s++) {
            drawn[step.variant(7, s)]++;
        }
        assertThat(drawn[0]).isBetween(430, 570);
        ReferenceBackend backend = new ReferenceBackend();
        Trainer trainer = new Trainer(
                        backend, normed(), new CrossEntropy(), List.of(new Noise("")), new Sgd(0.1), 6, 1, 5)
                .steps(8);
        try (TrainedModel first = trainer.fit(data);
                TrainedModel second = trainer.fit(data)) {
            assertThat(backend.compiled()).isEqualTo(2);
            assertThat(values(first, "fc1.kernel")).containsExactly(values(second, "fc1.kernel"));
        }
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
