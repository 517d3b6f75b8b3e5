package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Model;
import thimble.train.Saving;
import thimble.train.Stopping;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;

class NetworkTrialsTest {
    private final NetworkTrials runner = new NetworkTrials(new ReferenceBackend());

    @TempDir
    private Path temporary;

    @Test
    void networksAndAnchorsAreTunedTrainedAndMeasured() {
        Comparison comparison = comparison("none,cosine,forest:trees=20", blobs(90), "cross-entropy", "accuracy", 2);
        try (TrialStore store = store(comparison)) {
            List<Trial> trials = new TrialExecutor(2)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
            assertThat(trials).hasSize(6).allSatisfy(trial -> {
                assertThat(trial.failure()).isEmpty();
                assertThat(trial.value().orElseThrow()).isGreaterThan(0.8);
                assertThat(trial.gap()).isPresent();
                assertThat(trial.test()).containsKeys("accuracy", "balanced-accuracy", "log-loss", "loss");
            });
            assertThat(trials.get(0).hyperparameters()).containsOnlyKeys("lr");
            assertThat(trials.get(0).steps()).isEqualTo(100);
            assertThat(trials.get(2).hyperparameters())
                    .containsEntry("forest.trees", "20")
                    .containsKey("forest.depth");
            assertThat(trials.get(2).steps()).isZero();
            assertThat(TrialStore.tuning(store.folder())).hasSize(6);
            assertThat(Summary.of(store).kind("forest:trees=20")).isEqualTo(ArmKind.CLASSICAL);
        }
    }

    @Test
    void ensemblesAndFeaturesWrapNetworksAndAnchors() {
        String methods = "none,bagging:members=3"
            + ",ensemble:members=2,pca:components=1,nearest-neighbours+pca:components=1,bagging:members=4+ntk+pca:components=2";
        Comparison comparison = comparison(methods, blobs(90), "cross-entropy", "accuracy", 0);
        try (TrialStore store = store(comparison)) {
            List<Trial> trials = new TrialExecutor(2)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
            assertThat(trials).hasSize(12).allSatisfy(trial -> {
                assertThat(trial.failure()).isEmpty();
                assertThat(trial.value().orElseThrow()).isGreaterThan(0.7);
                assertThat(trial.test().get("prior-loss")).isCloseTo(Math.log(2), within(0.05));
            });
            assertThat(trials.get(1).steps()).isEqualTo(300);
            assertThat(trials.get(1).train()).containsKey("out-of-bag-error");
            assertThat(trials.get(2).steps()).isEqualTo(200);
            assertThat(trials.get(2).train()).doesNotContainKey("out-of-bag-error");
            assertThat(trials.get(2).hyperparameters()).containsEntry("ensemble.members", "2");
            assertThat(trials.get(5).train()).containsKey("out-of-bag-error");
        }
    }

    @Test
    void earlyStoppingHoldsOutAShareOfWhatIsGiven() {
        Dataset data = blobs(40);
        Comparison comparison =
                comparison("early-stopping:share=0.25,every=5,patience=2", data, "cross-entropy", "accuracy", 0);
        Arm arm = comparison.arms().getFirst();
        TrialTask task = new TrialTask(
                comparison, arm, Map.of(), data, data, Optional.empty(), 9, TrainingListener.NONE, () -> false);
        Fold fold = Split.heldOut(data, 0.25, 9);
        Trainer byHand = new Trainer(
                        new ReferenceBackend(),
                        Models.parse("mlp:hidden=8", data),
                        new CrossEntropy(),
                        List.of(),
                        new Adam(0.03),
                        10,
                        1,
                        9)
                .steps(100)
                .stopping(new Stopping(fold.test(data), 5, 2));
        try (Model model = runner.fit(task);
                TrainedModel expected = byHand.fit(fold.train(data))) {
            assertThat(((TrainedModel) model).weights())
                    .usingRecursiveComparison()
                    .isEqualTo(expected.weights());
        }
        assertThat(runner.run(task).hyperparameters())
                .containsEntry("early-stopping.share", "0.25")
                .containsEntry("early-stopping.patience", "2");
    }

    @Test
    void earlyStoppingNeedsTwoOfEachClass() {
        Comparison few = sized(comparison("none,early-stopping", blobs(30), "cross-entropy", "accuracy", 0), 3);
        assertThatThrownBy(() -> few.check(runner))
                .hasMessage("[early-stopping] expected at least two samples of each class, 4 in all,"
                        + " but received the size 3");
    }

    @Test
    void aDivergedTrainingIsAFailedTrial() {
        Comparison comparison =
                comparison("none", numbers(), "mean-squared-error", "rmse", 0, new Spec.Setting.Value("1e30"));
        try (TrialStore store = store(comparison)) {
            List<Trial> trials = new TrialExecutor(1)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
            assertThat(trials)
                    .hasSize(2)
                    .allSatisfy(trial -> assertThat(trial.ok()).isFalse());
            assertThat(trials.getFirst().failure().orElseThrow()).contains("finite");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "nonsense # unknown method 'nonsense'",
                "forrest # did you mean 'forest'",
                "none+cosine # expected none alone",
                "forest+early-stopping # expected forest without methods for networks",
                "early-stopping+pca # expected early-stopping without pca",
                "early-stopping:share=1 # expected a share in (0, 1)",
                "early-stopping:patience=0 # [early-stopping] patience expected >= 1 but received 0",
                "forest+cosine # expected forest without methods for networks",
                "bagging+ensemble # expected at most one ensemble but received bagging and ensemble",
                "pca:components=3 # [pca] expected at most 2 components of examples [2] but received 3",
                "bagging:members=0 # [bagging] members expected >= 1 but received 0",
                "forest:trees=[0|10] # [forest] expected trees >= 1 but received 0",
                "forest:leaves=3 # unknown parameter 'leaves'",
                "cosine+binary-cross-entropy # expected at most one loss but received cosine and binary-cross-entropy",
                "forest+ntk # expected at most one learner but received forest and ntk",
                "pca:components=2+pca:components=1 # [pca] expected one method of this name but received two",
                "forest+forest:trees=[10|20] # [forest] expected one method of this name but received two",
            })
    void badArmsAreSaidBeforeAnyTraining(String methods, String message) {
        Comparison comparison = comparison(methods, blobs(30), "cross-entropy", "accuracy", 2);
        assertThatThrownBy(() -> comparison.check(runner))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void methodsWhoseModelsCannotBeSavedAreSaidBeforeAnyTraining() {
        Learner own = new Learner() {
            @Override
            public String name() {
                return "oracle";
            }

            @Override
            public String summary() {
                return "knows";
            }

            @Override
            public Model fit(Dataset train, LearnContext context) {
                throw new AssertionError("nothing is trained");
            }
        };
        ArmMethods plain = ArmMethods.of(Arm.parse("none"));
        ArmMethods methods = new ArmMethods(
                Optional.of(own),
                plain.ensemble(),
                plain.extractors(),
                plain.regularizers(),
                plain.augmenters(),
                plain.synthesizers(),
                plain.pretrainers(),
                plain.loss(),
                plain.stopping());
        assertThatThrownBy(methods::checkSaved)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[methods] expected methods whose models can be saved but those of oracle cannot; compare"
                        + " judges it beside others");
        ArmMethods.of(Arm.parse("ensemble+forest+pca")).checkSaved();
    }

    @Test
    void onlyOneNetworkHasCheckpoints() {
        Dataset data = blobs(20);
        Comparison comparison = comparison("ensemble", data, "cross-entropy", "accuracy", 0);
        TrialTask task = new TrialTask(
                comparison,
                comparison.baseline(),
                Map.of(),
                data,
                data,
                Optional.empty(),
                9,
                TrainingListener.NONE,
                () -> false);
        assertThatThrownBy(() -> runner.fit(task, new Saving(temporary.resolve("x.checkpoint"), 5)))
                .hasMessage("[saving] expected methods for one network but received ensemble");
    }

    @Test
    void lossAndModelMustFitTheData() {
        for (String loss : List.of("cross-entropy", "binary-cross-entropy", "focal", "cosine")) {
            String message =
                    "[" + loss + "] expected classes but the targets are the numbers [y]; mean-squared-error fits";
            assertThatThrownBy(
                            () -> comparison("none", numbers(), loss, "rmse", 0).check(runner))
                    .hasMessageStartingWith(message);
            assertThatThrownBy(() -> comparison("none," + loss, numbers(), "mean-squared-error", "rmse", 0)
                            .check(runner))
                    .hasMessageStartingWith(message);
        }
        Comparison other = comparison("none", blobs(30), "cross-entropy", "accuracy", 0);
        Comparison unknown = new Comparison(
                other.dataset(),
                other.data(),
                "lennet",
                other.arms(),
                other.sizes(),
                2,
                other.training(),
                0,
                other.protocol(),
                other.metric(),
                1);
        assertThatThrownBy(() -> unknown.check(runner)).hasMessageContaining("lenet");
    }

    @Test
    void theRateComesFromTheOptimizer() {
        assertThat(NetworkTrials.rate("adam", 0)).isEqualTo(new Spec.Setting.Value("0.001"));
        assertThat(NetworkTrials.rate("adam:rate=0.01", 5)).isEqualTo(new Spec.Setting.Value("0.01"));
        assertThat(NetworkTrials.rate("adam", 5))
                .isInstanceOfSatisfying(
                        Spec.Setting.Range.class,
                        range -> assertThat(new Tunable("lr", range).middle()).isEqualTo("0.001"));
    }

    private TrialStore store(Comparison comparison) {
        return TrialStore.create(
                temporary.resolve("results"), Config.of(comparison, runner, Examples.environment()), false);
    }

    private static Comparison comparison(String methods, Dataset data, String loss, String metric, int tune) {
        return comparison(
                methods,
                data,
                loss,
                metric,
                tune,
                tune == 0 ? new Spec.Setting.Value("0.03") : new Spec.Setting.Range(0.01, 0.1));
    }

    private static Comparison sized(Comparison other, int size) {
        return new Comparison(
                other.dataset(),
                other.data(),
                other.model(),
                other.arms(),
                List.of(size),
                other.repeats(),
                other.training(),
                other.tune(),
                other.protocol(),
                other.metric(),
                other.seed());
    }

    private static Comparison comparison(
            String methods, Dataset data, String loss, String metric, int tune, Spec.Setting rate) {
        return new Comparison(
                "toy",
                new DatasetSource.Parts(data, Optional.empty(), Optional.empty()),
                "mlp:hidden=8",
                Arm.parseList(methods),
                List.of(20),
                2,
                new Training(new Budget.Steps(100), 10, "adam", rate, loss, List.of()),
                tune,
                new Protocol.Fraction(0.3),
                Metric.of(metric),
                1);
    }

    private static Dataset blobs(int size) {
        Random random = new Random(4);
        float[][] examples = new float[size][2];
        float[][] rows = new float[size][2];
        for (int i = 0; i < size; i++) {
            examples[i][0] = (float) (3 * (i % 2) + 0.4 * random.nextGaussian());
            examples[i][1] = (float) random.nextGaussian();
            rows[i][i % 2] = 1;
        }
        return ArrayDataset.of("blobs", Shape.of(2), examples, rows, new Targets.Classes(List.of("a", "b")));
    }

    private static Dataset numbers() {
        return Examples.numbers(60);
    }
}
