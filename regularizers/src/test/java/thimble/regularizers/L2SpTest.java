package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.regularizers.L2Sp.Towards;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Provenance;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

class L2SpTest {
    private static final String START = "l2-sp.start.";

    private static L2Sp towardsInitial(double alpha) {
        return new L2Sp(alpha, 0, Towards.INITIAL, false, "");
    }

    @Test
    void thePullIsTheDistanceFromTheStartAndNewWeightsDecay() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new L2Sp(70, 40, Towards.PRETRAINED, false, "out.kernel"));
        double[] start = step.parameter("hidden.kernel");
        Arrays.setAll(start, i -> 0.1 * i - 0.7);
        step.set(START + "hidden.kernel", start);
        step.checkGradients(() -> {
            double[] w = step.parameter("hidden.kernel");
            double far = 0;
            for (int i = 0; i < w.length; i++) {
                far += 0.5 * (w[i] - start[i]) * (w[i] - start[i]);
            }
            double size = Arrays.stream(step.parameter("out.kernel"))
                    .map(v -> 0.5 * v * v)
                    .sum();
            return 70 * far + 40 * size;
        });
    }

    @Test
    void nothingPullsAtTheStart() {
        TracedStep step = new TracedStep(TracedStep.mlp(), towardsInitial(50));
        TracedStep plain = new TracedStep(TracedStep.mlp());
        plain.updates()
                .forEach((name, w) -> assertThat(step.updates().get(name)).containsExactly(w));
    }

    @Test
    void aStrongPullHoldsTheWeightsWhereTheyBegan() {
        double before = Double.POSITIVE_INFINITY;
        for (double alpha : new double[] {0.5, 2, 8}) {
            TracedStep step = new TracedStep(TracedStep.linear(), towardsInitial(alpha));
            double[] start = step.parameter("out.kernel");
            for (int t = 0; t < 400; t++) {
                step.advance();
            }
            double[] pull = step.parameter("out.kernel");
            Arrays.setAll(pull, i -> alpha * (pull[i] - start[i]));
            double[] loss = new TracedStep(TracedStep.linear()).gradients().get("out.kernel");
            double distance =
                    Arrays.stream(pull).map(v -> v * v / alpha / alpha).sum();
            assertThat(distance).isLessThan(before);
            assertThat(Math.sqrt(distance))
                    .isLessThan(Math.sqrt(Arrays.stream(loss).map(v -> v * v).sum()) / alpha);
            before = distance;
        }
        assertThat(Math.sqrt(before)).isLessThan(0.1);
    }

    private static Dataset data() {
        float[][] examples = {{1, 0}, {0, 1}, {1, 1}, {0, 0}};
        return ArrayDataset.of("corners", Shape.of(2), examples, new int[] {0, 1, 1, 0}, List.of("a", "b"));
    }

    private static Trainer trainer(L2Sp method) {
        return new Trainer(
                new ReferenceBackend(),
                thimble.nn.Models.parse("mlp:hidden=3", data()),
                new CrossEntropy(),
                List.of(method),
                new Sgd(0.1),
                4,
                2,
                1);
    }

    @Test
    void pretrainedWeightsAreFoundAndWrittenDown() {
        Weights pretrained =
                new Weights(List.of(new Weights.Entry("fc1.kernel", Shape.of(3, 2), new float[] {1, 2, 3, 4, 5, 6})));
        try (TrainedModel model = trainer(new L2Sp(1000, 0, Towards.PRETRAINED, false, ""))
                .initial(pretrained)
                .steps(1)
                .fit(data())) {
            assertThat(model.provenance().get(Provenance.CALIBRATED))
                    .isEqualTo("l2-sp:alpha=1000,beta=0,fresh=out.kernel");
            assertThat(model.provenance().get(Provenance.INITIALIZERS)).isEqualTo("given: fc1; GlorotUniform: out");
            float[] kernel = model.weights().find("fc1.kernel").orElseThrow().values();
            for (int i = 0; i < 6; i++) {
                assertThat(kernel[i]).isCloseTo(i + 1, within(0.2f)); // one step of the loss alone
            }
        }
    }

    @Test
    void aCheckBeforeTrainingKnowsWhetherWeightsWillBeGiven() {
        Trainer trainer = trainer(new L2Sp());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.check(data().example(), data().targets(), 4))
                .withMessageStartingWith("[l2-sp] expected pre-trained weights");
        assertThatCode(() -> trainer.check(data().example(), data().targets(), 4, true))
                .doesNotThrowAnyException();
        Weights given =
                new Weights(List.of(new Weights.Entry("fc1.kernel", Shape.of(3, 2), new float[] {1, 2, 3, 4, 5, 6})));
        assertThatCode(() -> trainer.initial(given).check(data().example(), data().targets(), 4))
                .doesNotThrowAnyException();
    }

    @Test
    void randomWeightsAreNoPretrainedOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(new L2Sp()).fit(data()))
                .withMessage("[l2-sp] expected pre-trained weights but the model begins with random ones; give it"
                        + " pre-trained ones, or decay towards the random ones with towards=initial");
        try (TrainedModel model = trainer(towardsInitial(0.1)).fit(data())) {
            assertThat(model.provenance()).doesNotContainKey(Provenance.CALIBRATED);
        }
    }
}
