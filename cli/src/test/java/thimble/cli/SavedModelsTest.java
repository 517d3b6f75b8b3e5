package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.Backend;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Arm;
import thimble.benchmarks.Budget;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.Metric;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.Training;
import thimble.benchmarks.TrialTask;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.FeatureExtractor;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.tensor.Shape;
import thimble.train.Ensemble;
import thimble.train.Learner;
import thimble.train.Loss;
import thimble.train.Model;
import thimble.train.SavedModel;
import thimble.train.Signature;
import thimble.train.TrainingListener;

/** Whatever learns can be saved, and says the same afterwards, bit for bit. */
class SavedModelsTest {
    /** Learners and extractors whose models cannot be saved, and why; {@code train} refuses them. */
    private static final Map<String, String> NOT_SAVED = Map.of();

    private static final List<String> FEW = List.of("forest", "boosted-trees", "bagging", "ensemble");
    private static final List<String> CLASSES_ALONE = List.of("logistic-regression");
    private static final Backend BACKEND = new ReferenceBackend();

    @TempDir
    private Path folder = Path.of("");

    static Stream<String> arms() {
        List<String> arms = new ArrayList<>(List.of(
                "none",
                "bagging:members=3,combine=vote",
                "ensemble:members=2+pca:components=2",
                "bagging:members=3+forest:trees=4+pca:components=2",
                "pca:components=2,whiten=true+nearest-neighbours:k=3",
                "kernel-ridge:kernel=laplace",
                "ntk:depth=4,fixed=1",
                "dropout+ema"));
        for (Class<? extends Method> kind : List.of(Learner.class, Ensemble.class)) {
            Methods.discover(kind).stream()
                    .map(method -> FEW.contains(method.name()) ? method.name() + few(method) : method.name())
                    .forEach(arms::add);
        }
        Methods.discover(FeatureExtractor.class).forEach(method -> arms.add(method.name() + ":components=2"));
        Methods.discover(Loss.class).stream()
                .map(Method::name)
                .filter(name -> !name.equals("mean-squared-error"))
                .forEach(arms::add);
        return arms.stream().filter(arm -> !NOT_SAVED.containsKey(arm)).distinct();
    }

    private static String few(Method method) {
        return method instanceof Ensemble ? ":members=2" : ":trees=6";
    }

    private static Dataset points(boolean classes) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] examples = new float[36][5];
        int[] labels = new int[examples.length];
        float[] numbers = new float[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = i % 3;
            for (int f = 0; f < 5; f++) {
                examples[i][f] = (float) (100 * random.nextDouble() + (f == 0 ? 30 * labels[i] : 0));
            }
            numbers[i] = examples[i][1] - 2 * examples[i][2];
        }
        examples[7][3] = Float.NaN;
        return classes
                ? ArrayDataset.of("points", Shape.of(5), examples, labels, List.of("a", "b", "c"))
                : ArrayDataset.of("points", examples, numbers);
    }

    private static SavedModel trained(String arm, boolean classes) {
        Dataset data = points(classes);
        Training training = new Training(
                new Budget.Steps(6),
                12,
                "adam",
                new Spec.Setting.Value("0.01"),
                classes ? "cross-entropy" : "mean-squared-error",
                List.of());
        Comparison comparison = new Comparison(
                "points",
                new DatasetSource.Parts(data, Optional.empty(), Optional.empty()),
                arm.contains("pca") ? "mlp:hidden=4" : "mlp:hidden=6,norm=batch",
                List.of(Arm.parse(arm)),
                List.of(data.size()),
                1,
                training,
                0,
                new Protocol.Given(),
                Metric.of("accuracy"),
                5);
        TrialTask task = new TrialTask(
                comparison,
                comparison.baseline(),
                Map.of(),
                data,
                data,
                Optional.empty(),
                5,
                TrainingListener.NONE,
                () -> false);
        Model model = new NetworkTrials(BACKEND).fit(task);
        return new SavedModel(model, Signature.of(data), new java.util.LinkedHashMap<>(Map.of("methods", arm)));
    }

    @ParameterizedTest
    @MethodSource("arms")
    void aSavedModelSaysTheSame(String arm) {
        for (boolean classes : List.of(true, false)) {
            boolean fits = classes
                    || Arrays.stream(arm.split("\\+"))
                            .noneMatch(one -> CLASSES_ALONE.contains(one)
                                    || one.contains("vote")
                                    || Methods.discover(Loss.class).stream()
                                            .anyMatch(loss -> loss.name().equals(one)));
            if (fits) {
                saysTheSame(arm, classes);
            }
        }
    }

    private void saysTheSame(String arm, boolean classes) {
        Path file = folder.resolve("saved.model");
        Dataset data = points(classes);
        float[] row = new float[5];
        try (SavedModel model = trained(arm, classes)) {
            model.save(file);
            try (SavedModel back = SavedModel.load(file, BACKEND)) {
                assertThat(back.kind()).isEqualTo(model.kind());
                assertThat(back.signature()).isEqualTo(model.signature());
                assertThat(back.provenance()).containsEntry("methods", arm);
                float[][] scores = model.predict(data);
                assertThat(back.predict(data)).isDeepEqualTo(scores);
                for (int i = 0; i < data.size(); i++) {
                    data.read(i, 0, row, 0);
                    assertThat(back.predict(row)).containsExactly(model.predict(row));
                }
                Path again = folder.resolve("again.model");
                back.save(again);
                assertThat(again).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void everyLearnerCanBeSavedOrIsKnownNotTo() {
        List<String> unsaved = new ArrayList<>();
        Methods.discover(Learner.class).stream()
                .filter(one -> one.reader().isEmpty())
                .forEach(one -> unsaved.add(one.name()));
        Methods.discover(FeatureExtractor.class).stream()
                .filter(one -> one.reader().isEmpty())
                .forEach(one -> unsaved.add(one.name()));
        assertThat(unsaved).containsExactlyInAnyOrderElementsOf(NOT_SAVED.keySet());
    }

    /** A bit may fall where nothing reads it, such as the blanks that fill the header. */
    @ParameterizedTest
    @MethodSource("arms")
    void aDamagedFileIsSaidToBe(String arm) throws IOException {
        Path file = folder.resolve("damaged.model");
        Dataset data = points(true);
        try (SavedModel model = trained(arm, true)) {
            model.save(file);
            byte[] whole = Files.readAllBytes(file);
            float[][] scores = model.predict(data);
            SplittableRandom random = new SplittableRandom(8);
            for (int i = 0; i < 60; i++) {
                byte[] bytes = whole.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : bytes);
                try (SavedModel back = SavedModel.load(file, BACKEND)) {
                    assertThat(back.predict(data)).isDeepEqualTo(scores);
                } catch (DataException damaged) {
                    assertThat(damaged).hasMessageContaining(file.toString());
                }
            }
        }
    }
}
