package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.regularizers.AdversarialFeatures.Direction;
import thimble.regularizers.AdversarialFeatures.Kind;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;

/** How far a trained network's predictions diverge along the adversarial direction and along random ones. */
class AdversarialDirectionTest {
    private static final int FEATURES = 16;
    private static final int BATCHES = 50;

    private static final TrainedModel trained = trained();

    private static Sequential model() {
        return Sequential.of()
                .then("one", new Linear(64, Activation.RELU))
                .then("two", new Linear(64, Activation.RELU))
                .then("out", new Linear(TracedStep.CLASSES));
    }

    /** Overlapping clusters, so that predictions are not all certain. */
    private static Dataset clusters(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] x = new float[count][FEATURES];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % TracedStep.CLASSES;
            for (int f = 0; f < FEATURES; f++) {
                x[i][f] = (float) (random.nextGaussian() + (f % TracedStep.CLASSES == labels[i] ? 0.7 : 0));
            }
        }
        return ArrayDataset.of("clusters", Shape.of(FEATURES), x, labels, List.of("a", "b", "c"));
    }

    private static TrainedModel trained() {
        return new Trainer(new ReferenceBackend(), model(), new CrossEntropy(), List.of(), new Adam(0.003), 30, 10, 1)
                .fit(clusters(300, 1));
    }

    @AfterAll
    static void close() {
        trained.close();
    }

    @ParameterizedTest
    @CsvSource({"one, 0.02", "one, 0.1", "two, 0.02", "two, 0.1"})
    void theAdversarialDirectionDivergesFarMoreThanARandomOne(String stage, double epsilon) {
        TracedStep worst = step(stage, epsilon, Direction.ADVERSARIAL);
        TracedStep random = step(stage, epsilon, Direction.RANDOM);
        Tensor worstDivergence = divergence(worst, stage);
        Tensor randomDivergence = divergence(random, stage);
        Dataset data = clusters(BATCHES * TracedStep.BATCH, 2);
        int more = 0;
        double worstSum = 0;
        double randomSum = 0;
        for (int t = 0; t < BATCHES; t++) {
            double[] input = inputs(data, t * TracedStep.BATCH);
            worst.at(t).reference.feed("input", input);
            random.at(t).reference.feed("input", input);
            double[] far = worst.value(worstDivergence);
            double[] near = random.value(randomDivergence);
            for (int n = 0; n < TracedStep.BATCH; n++) {
                more += far[n] >= near[n] ? 1 : 0;
                worstSum += far[n];
                randomSum += near[n];
            }
        }
        assertThat(more).isGreaterThanOrEqualTo((int) Math.ceil(0.99 * data.size()));
        assertThat(worstSum / randomSum).isGreaterThanOrEqualTo(20);
    }

    /** The trained network in a step with the method at one stage. */
    private static TracedStep step(String stage, double epsilon, Direction direction) {
        TracedStep step = new TracedStep(
                Shape.of(FEATURES),
                model(),
                new CrossEntropy(),
                new Sgd(TracedStep.RATE),
                new AdversarialFeatures(epsilon, 1, 1e-2, 1, Kind.KL, stage, false, direction, false, false));
        trained.weights().entries().forEach(entry -> step.set(entry.name(), wide(entry.values())));
        return step;
    }

    /** KL of each example of the batch between the predictions without and with the method's disturbance. */
    private static Tensor divergence(TracedStep step, String stage) {
        Tensor h = step.trace.layer(stage);
        Disturbance around = new Disturbance(step.trace, "test", h);
        return around.divergence(around.logits(AdversarialFeaturesTest.disturbed(step, h)));
    }

    private static double[] inputs(Dataset data, int from) {
        float[] rows = new float[TracedStep.BATCH * FEATURES];
        for (int n = 0; n < TracedStep.BATCH; n++) {
            data.read(from + n, 0, rows, n * FEATURES);
            trained.preprocessing().input(rows, n * FEATURES);
        }
        return wide(rows);
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
