package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.Backend;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.nn.Tap;
import thimble.tensor.Tensor;

/** The next batch is handed over before the step is waited for, losses are read many at once, and nothing else changes. */
class PrefetchTest {
    private static final Dataset DATA = Blobs.points(40, 3);

    /** Two forms of the step, drawn for each. */
    private static final class TwoForms extends Methodlike {
        TwoForms() {
            super("two-forms");
        }

        @Override
        public List<Regularizer> variants(List<Tap> taps) {
            return List.of(
                    new Methodlike("two-forms") {
                        @Override
                        public Optional<Tensor> penalty(StepTrace step) {
                            return Optional.of(step.logits().square().mean());
                        }
                    },
                    new Methodlike("two-forms") {});
        }
    }

    private static List<Double> losses(Backend backend, Trainer trainer, int every) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public int every() {
                return every;
            }

            @Override
            public void step(long step, long steps, double loss) {
                losses.add(loss);
            }
        };
        trainer.fit(DATA, new LearnContext(backend, 1, listener, () -> false)).close();
        return losses;
    }

    @Test
    void theNextBatchIsFedBeforeTheStepIsWaitedFor() {
        KeepingBackend backend = new KeepingBackend(4);
        Blobs.trainer(backend).steps(10).fit(DATA).close();
        List<String> events = backend.events().stream()
                .filter(event -> event.matches("input|run .*|fetch"))
                .toList();
        assertThat(events)
                .containsExactly(
                        "input", "run 0", "input", "run 1", "input", "run 2", "input", "run 3", "input", "fetch",
                        "run 4", "input", "run 5", "input", "run 6", "input", "run 7", "input", "fetch", "run 8",
                        "input", "run 9", "fetch");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 100})
    void keptLossesAreThoseReadAfterEachStep(int kept) {
        for (int every : new int[] {1, 7}) {
            Backend backend = new KeepingBackend(kept);
            Backend plain = new ReferenceBackend();
            assertThat(losses(backend, Blobs.trainer(backend, new TwoForms()).steps(50), every))
                    .isEqualTo(
                            losses(plain, Blobs.trainer(plain, new TwoForms()).steps(50), every))
                    .hasSize(50 / every + (50 % every == 0 ? 0 : 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void weightsHaveTheSameBits(int kept) {
        float[][] weights = IntStream.of(1, kept)
                .mapToObj(KeepingBackend::new)
                .map(backend -> {
                    try (TrainedModel model =
                            Blobs.trainer(backend, new TwoForms()).steps(50).fit(DATA)) {
                        return model.weights().find("fc1.kernel").orElseThrow().values();
                    }
                })
                .toArray(float[][]::new);
        assertThat(weights[1]).isEqualTo(weights[0]);
    }

    @Test
    void aDivergenceIsFoundAtItsStepHoweverLateItIsRead() {
        Dataset numbers = ArrayDataset.of("numbers", new float[][] {{1, 2}, {2, 1}, {0, 1}}, new float[] {1, 2, 3});
        Sequential layers =
                Sequential.of().then("fc1", new Linear(4, Activation.TANH)).then("out", new Linear(1));
        List<TrainingDivergedException> failures = IntStream.of(1, 16)
                .mapToObj(KeepingBackend::new)
                .map(backend ->
                        new Trainer(backend, layers, new MeanSquaredError(), List.of(), new Sgd(1e19), 3, 30, 7))
                .map(wild -> catchThrowableOfType(TrainingDivergedException.class, () -> wild.fit(numbers)))
                .toList();
        assertThat(failures.get(1).step()).isEqualTo(failures.get(0).step());
        assertThat(failures.get(1)).hasMessage(failures.get(0).getMessage());
    }
}
