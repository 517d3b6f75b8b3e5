package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class TrainerTest {
    /** A strength that reaches the graph as a run-time number. */
    private record Shrink(double lambda) implements Regularizer {
        @Override
        public String name() {
            return "shrink";
        }

        @Override
        public String summary() {
            return "for a test";
        }

        @Override
        public java.util.Optional<Tensor> penalty(StepTrace step) {
            return java.util.Optional.of(
                    step.parameters().getFirst().tensor().square().sum().mul(step.value("lambda", lambda)));
        }
    }

    private static float[] flat(TrainedModel model) {
        List<Float> all = new ArrayList<>();
        for (Weights.Entry entry : model.weights().entries()) {
            for (float value : entry.values()) {
                all.add(value);
            }
        }
        float[] flat = new float[all.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = all.get(i);
        }
        return flat;
    }

    private static float[] weights(ReferenceBackend backend, long seed, double lambda) {
        Dataset data = Blobs.points(40, 3);
        Trainer trainer = Blobs.trainer(backend, new Shrink(lambda)).steps(6);
        try (TrainedModel model = trainer.fit(data, new LearnContext(backend, seed))) {
            return flat(model);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
        assertThat(weights(new ReferenceBackend(), 1, 0.1)).containsExactly(weights(new ReferenceBackend(), 1, 0.1));
        assertThat(weights(new ReferenceBackend(), 2, 0.1)).isNotEqualTo(weights(new ReferenceBackend(), 1, 0.1));
    }

    @Test
    void tenSeedsTimesEightStrengthsInFourThreadsCompileOneProgramAndEqualTheSerialResults() throws Exception {
        ReferenceBackend shared = new ReferenceBackend();
        List<Callable<float[]>> trials = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            for (int strength = 1; strength <= 8; strength++) {
                long s = seed;
                double lambda = strength * 0.01;
                trials.add(() -> weights(shared, s, lambda));
            }
        }
        List<float[]> parallel = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<float[]> trial : threads.invokeAll(trials)) {
                parallel.add(trial.get());
            }
        }
        assertThat(shared.compiled()).isEqualTo(1);
        for (int i = 0; i < trials.size(); i++) {
            assertThat(parallel.get(i))
                    .as("trial " + i)
                    .containsExactly(trials.get(i).call());
        }
    }

    @Test
    void batchesAreWindowsOverPermutations() {
        BatchOrder order = new BatchOrder(7, 3, 11);
        List<Integer> seen = new ArrayList<>();
        for (int step = 0; step < 7; step++) {
            for (int place = 0; place < 3; place++) {
                assertThat(order.epoch(step, place)).isEqualTo((step * 3 + place) / 7);
                seen.add(order.index(step, place));
            }
        }
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(seen.subList(epoch * 7, epoch * 7 + 7)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        }
        assertThat(seen.subList(0, 7)).isNotEqualTo(seen.subList(7, 14));
    }

    @Test
    void stepsAreEpochsRoundedUpAndABatchIsNeverLargerThanTheData() {
        Trainer trainer = Blobs.trainer(new ReferenceBackend());
        assertThat(trainer.stepsFor(41)).isEqualTo(33);
        assertThat(trainer.stepsFor(4)).isEqualTo(8);
        assertThat(trainer.steps(5).stepsFor(41)).isEqualTo(5);
        try (TrainedModel model = trainer.steps(3).fit(Blobs.points(4, 1))) {
            assertThat(model.provenance()).containsEntry("batch", "4");
        }
    }

    @Test
    void listenersHearStepsAndTheLoss() {
        List<Long> heard = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public int every() {
                return 4;
            }

            @Override
            public void step(long step, long steps, double loss) {
                assertThat(steps).isEqualTo(30);
                heard.add(step);
                losses.add(loss);
            }
        };
        ReferenceBackend backend = new ReferenceBackend();
        Blobs.trainer(backend)
                .steps(30)
                .fit(Blobs.points(40, 3), new LearnContext(backend, 1, listener, () -> false))
                .close();
        assertThat(heard).containsExactly(4L, 8L, 12L, 16L, 20L, 24L, 28L, 30L);
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    @Test
    void cancellingEndsTheTraining() {
        ReferenceBackend backend = new ReferenceBackend();
        AtomicInteger asked = new AtomicInteger();
        LearnContext context = new LearnContext(backend, 1, TrainingListener.NONE, () -> asked.incrementAndGet() > 5);
        assertThatThrownBy(() -> Blobs.trainer(backend).steps(30).fit(Blobs.points(40, 3), context))
                .isInstanceOf(CancellationException.class)
                .hasMessage("training was cancelled after 5 of 30 steps");
    }

    @Test
    void divergenceNamesStepLayerAndPrimitive() {
        Dataset numbers = ArrayDataset.of("numbers", new float[][] {{1, 2}, {2, 1}, {0, 1}}, new float[] {1, 2, 3});
        Sequential layers =
                Sequential.of().then("fc1", new Linear(4, Activation.TANH)).then("out", new Linear(1));
        Trainer wild =
                new Trainer(new ReferenceBackend(), layers, new MeanSquaredError(), List.of(), new Sgd(1e19), 3, 8, 7);
        assertThatThrownBy(() -> wild.fit(numbers))
                .isInstanceOfSatisfying(
                        TrainingDivergedException.class,
                        e -> assertThat(e.step()).isBetween(1L, 4L))
                .hasMessageContaining("expected a finite loss but diverged at step")
                .hasMessageContaining("in layer out, matmul·ᵀ [3,1] is ");
    }

    @Test
    void anErrorWhileReadingDataReachesTheCaller() {
        Dataset broken = Blobs.points(40, 3).map(1, (_, _, _, _, _) -> {
            throw new IllegalStateException("broken picture");
        });
        Trainer trainer = Blobs.trainer(new ReferenceBackend());
        Trainer raw = trainer.with(new TrainerOptions(
                3, java.util.Optional.empty(), java.util.Optional.empty(), java.util.Optional.empty(), false));
        assertThatThrownBy(() -> raw.fit(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken picture");
    }

    @Test
    void dataMustFitTheLoss() {
        Dataset numbers = ArrayDataset.of("numbers", new float[][] {{1, 2}, {2, 1}}, new float[] {1, 2});
        assertThatThrownBy(() -> Blobs.trainer(new ReferenceBackend()).fit(numbers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[cross-entropy] expected classes but the targets are the numbers [");
        assertThatThrownBy(() -> Blobs.trainer(new ReferenceBackend())
                        .fit(Blobs.points(3, 1).select(new int[0])))
                .hasMessage("[training] expected at least one example but 'blobs' is empty");
    }

    @Test
    void aCheckFindsWhatTrainingWouldRefuseWithoutTraining() {
        Dataset data = Blobs.points(30, 3);
        Trainer fits = Blobs.trainer(new ReferenceBackend(), new Shrink(0.1));
        assertThatCode(() -> fits.check(data.example(), data.targets(), 30)).doesNotThrowAnyException();
        assertThatThrownBy(() -> fits.check(Shape.of(1, 2), data.targets(), 30))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fits.check(data.example(), new Targets.Numbers(List.of("a", "b", "c")), 30))
                .hasMessageStartingWith("[cross-entropy] expected classes but the targets are the numbers [a, b, c]");
        Learner learner = fits;
        assertThatCode(() -> learner.check(data.example(), data.targets())).doesNotThrowAnyException();
        assertThatThrownBy(() -> learner.check(Shape.of(1, 2), data.targets()))
                .isInstanceOf(IllegalArgumentException.class);
        Trainer twice = Blobs.trainer(new ReferenceBackend(), new Shrink(0.1), new Shrink(0.2));
        assertThatThrownBy(() -> twice.check(data.example(), data.targets(), 30))
                .hasMessage("[shrink] expected one method of this name but received two; leave one out");
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new Trainer(
                        new ReferenceBackend(), Blobs.mlp(), new CrossEntropy(), List.of(), new Adam(), 0, 1, 1))
                .hasMessage("batch expected >= 1 but received 0");
        assertThatThrownBy(() -> new Adam(-1)).hasMessage("[adam] rate expected > 0 but received -1");
        assertThatThrownBy(() -> new Adam(Double.NaN)).hasMessage("[adam] rate expected > 0 but received NaN");
        assertThatThrownBy(() -> new Sgd(1, 1, false, Schedule.CONSTANT, 0))
                .hasMessage("[sgd] momentum expected in [0, 1) but received 1");
    }

    @Test
    void earlyStoppingKeepsTheBestWeights() {
        ReferenceBackend backend = new ReferenceBackend();
        Dataset train = Blobs.points(30, 3);
        Dataset validation = Blobs.points(30, 4);
        List<Long> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public int every() {
                return 1;
            }

            @Override
            public void step(long step, long steps, double loss) {
                heard.add(step);
            }
        };
        Trainer trainer = new Trainer(backend, Blobs.mlp(), new CrossEntropy(), List.of(), new Sgd(1.5), 10, 100, 7);
        LearnContext context = new LearnContext(backend, 7, listener, () -> false);
        try (TrainedModel stopped =
                trainer.stopping(new Stopping(validation, 2, 2)).fit(train, context)) {
            assertThat(heard.size()).isLessThan(300);
            double best = stopped.meanLoss(validation);
            for (long steps = 2; steps <= heard.getLast(); steps += 2) {
                // the schedule is constant, so a shorter training is the same one cut short
                try (TrainedModel shorter = trainer.steps(steps).fit(train)) {
                    assertThat(shorter.meanLoss(validation)).isGreaterThanOrEqualTo(best);
                }
            }
        }
    }
}
