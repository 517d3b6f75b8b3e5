package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.regularizers.AdversarialFeatures.Direction;
import thimble.regularizers.AdversarialFeatures.Kind;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

class AdversarialFeaturesTest {
    private static final int HIDDEN = 4;

    private static AdversarialFeatures method(double epsilon, double beta, int iterations, Kind kind) {
        return new AdversarialFeatures(epsilon, beta, 1e-2, iterations, kind, "", false);
    }

    /** The disturbed stage h + r in the graph of the loss. */
    static Tensor disturbed(TracedStep step, Tensor h) {
        return Tensor.topological(List.of(step.trace.loss())).stream()
                .filter(tensor ->
                        tensor.op() instanceof Op.Binary(var kind) && kind == Op.BinaryKind.ADD && tensor.input() == h)
                .findFirst()
                .orElseThrow();
    }

    private static double norm(double[] values, int row) {
        return Math.sqrt(Arrays.stream(values, row * HIDDEN, (row + 1) * HIDDEN)
                .map(v -> v * v)
                .sum());
    }

    @Test
    void theDisturbanceHasTheGivenShareOfEachExamplesLength() {
        TracedStep step = new TracedStep(TracedStep.mlp(), method(0.2, 1, 1, Kind.CE));
        Tensor h = step.trace.layer("hidden");
        double[] r = step.value(disturbed(step, h).sub(h));
        double[] lengths = step.value(h);
        for (int n = 0; n < TracedStep.BATCH; n++) {
            assertThat(norm(r, n)).isCloseTo(0.2 * norm(lengths, n), within(1e-9));
        }
    }

    @Test
    void featuresOfLengthZeroAreNotDisturbed() {
        TracedStep step = new TracedStep(TracedStep.mlp(), method(0.2, 1, 1, Kind.CE));
        step.set("hidden.kernel", new double[HIDDEN * TracedStep.FEATURES]);
        step.set("hidden.bias", new double[HIDDEN]);
        assertThat(step.penalty()).isCloseTo(step.loss() / 2, within(1e-12));
        assertThat(step.gradients().get("hidden.kernel")).doesNotContain(Double.NaN);
    }

    @Test
    void withoutDisturbanceTheLossAndItsGradientsAreScaled() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep step = new TracedStep(TracedStep.mlp(), method(0, 3, 1, Kind.CE));
        assertThat(step.loss()).isCloseTo(4 * plain.loss(), within(1e-12));
        Map<String, double[]> gradients = step.gradients();
        plain.gradients().forEach((name, gradient) -> {
            Arrays.setAll(gradient, i -> 4 * gradient[i]);
            assertThat(gradients.get(name)).containsExactly(gradient, within(1e-10));
        });
    }

    /** For a linear head the divergence is ½ rᵀ H r with H = Wᵀ (diag p − p pᵀ) W, and its largest value ½ ε² ‖h‖² λ_max(H). */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-2})
    void manyIterationsReachTheTopEigenvectorOfALinearHead(double epsilon) {
        TracedStep step = new TracedStep(TracedStep.mlp(), method(epsilon, 1, 60, Kind.KL));
        double[] w = step.parameter("out.kernel");
        double[] p = step.value(step.trace.logits().softmax());
        Tensor stage = step.trace.layer("hidden");
        double[] h = step.value(stage);
        double[] r = step.value(disturbed(step, stage).sub(stage));
        double expected = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            double[] top = {1, 0.3, -0.7, 0.2};
            double largest = largestEigenvalue(w, p, n, top);
            expected += 0.5 * Math.pow(epsilon * norm(h, n), 2) * largest / TracedStep.BATCH;
            double along = 0;
            for (int f = 0; f < HIDDEN; f++) {
                along += top[f] * r[n * HIDDEN + f] / norm(r, n);
            }
            assertThat(Math.abs(along)).isCloseTo(1, within(1e-3));
        }
        assertThat(step.penalty()).isCloseTo(expected, within(0.02 * expected));
        double once = new TracedStep(TracedStep.mlp(), method(epsilon, 1, 1, Kind.KL)).penalty();
        assertThat(once).isBetween(0.3 * expected, 1.02 * expected);
    }

    /** By power iteration of v, which is the eigenvector of length 1 afterwards. */
    private static double largestEigenvalue(double[] w, double[] p, int n, double[] v) {
        double length = 1;
        for (int i = 0; i < 500; i++) {
            double[] wv = new double[TracedStep.CLASSES];
            double mean = 0;
            for (int k = 0; k < wv.length; k++) {
                for (int f = 0; f < HIDDEN; f++) {
                    wv[k] += w[k * HIDDEN + f] * v[f];
                }
                mean += p[n * wv.length + k] * wv[k];
            }
            double[] next = new double[HIDDEN];
            for (int k = 0; k < wv.length; k++) {
                for (int f = 0; f < HIDDEN; f++) {
                    next[f] += w[k * HIDDEN + f] * p[n * wv.length + k] * (wv[k] - mean);
                }
            }
            length = norm(next, 0);
            for (int f = 0; f < HIDDEN; f++) {
                v[f] = next[f] / length;
            }
        }
        return length;
    }

    @ParameterizedTest
    @EnumSource(names = {"CE", "KL"})
    void gradientsOfADominatingPenaltyAgreeWithDifferencesAtAFixedDisturbance(Kind kind) {
        TracedStep step = new TracedStep(TracedStep.mlp(), method(0.5, 1000, 1, kind));
        step.checkGradients(step.trace.loss());
    }

    @Test
    void theKindFollowsTheRandomnessOfTheForwardPass() {
        assertThat(new TracedStep(TracedStep.mlp(), method(0, 1, 1, Kind.AUTO)).penalty())
                .isGreaterThan(0.1);
        TracedStep dropout = new TracedStep(TracedStep.mlp(), new Dropout(0.5), method(0, 1, 1, Kind.AUTO));
        assertThat(dropout.penalty()).isCloseTo(0, within(1e-12));
    }

    @Test
    void runningStatisticsAreThoseOfTheUndisturbedPass() {
        Sequential normed = Sequential.of()
                .then("hidden", new Linear(HIDDEN, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        Map<String, double[]> plain = new TracedStep(normed).updates();
        Map<String, double[]> disturbed =
                new TracedStep(normed, new AdversarialFeatures(0.5, 1, 1e-2, 1, Kind.CE, "input", false)).updates();
        List<String> statistics = plain.keySet().stream()
                .filter(name -> name.contains("norm.") && !name.matches(".*(scale|shift)"))
                .toList();
        assertThat(statistics).hasSize(2);
        statistics.forEach(name -> assertThat(disturbed.get(name)).containsExactly(plain.get(name)));
    }

    @Test
    void eachStepTakesOneOfTheStagesEvenly() {
        Sequential deep = Sequential.of()
                .then("one", new Linear(HIDDEN, Activation.RELU))
                .then("two", new Linear(HIDDEN, Activation.RELU))
                .then("out", new Linear(TracedStep.CLASSES));
        TracedStep step = new TracedStep(deep, new AdversarialFeatures(0.1, 1, 1e-2, 1, Kind.CE, "", true));
        assertThat(step.step.variants()).hasSize(3);
        int[] counts = new int[3];
        for (int t = 0; t < 3000; t++) {
            counts[step.step.variant(5, t)]++;
        }
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> (count - 1000.0) * (count - 1000) / 1000)
                .sum();
        assertThat(chiSquare)
                .as("chi-square with 2 degrees of freedom, p = 0.001")
                .isLessThan(13.8);
    }

    private static AdversarialFeatures with(Direction direction, boolean bothSigns, boolean detach) {
        return new AdversarialFeatures(0.1, 1, 1e-2, 1, Kind.KL, "", false, direction, bothSigns, detach);
    }

    @Test
    void theWorstDirectionDivergesMoreThanARandomOneOfTheSameLength() {
        TracedStep worst = new TracedStep(TracedStep.mlp(), with(Direction.ADVERSARIAL, false, false));
        TracedStep random = new TracedStep(TracedStep.mlp(), with(Direction.RANDOM, false, false));
        Tensor h = random.trace.layer("hidden");
        int less = 0;
        for (int t = 0; t < 50; t++) {
            double[] r = random.at(t).value(disturbed(random, h).sub(h));
            double[] lengths = random.value(h);
            for (int n = 0; n < TracedStep.BATCH; n++) {
                assertThat(norm(r, n)).isCloseTo(0.1 * norm(lengths, n), within(1e-9));
            }
            less += worst.at(t).penalty() > random.penalty() ? 0 : 1;
        }
        assertThat(less).isZero();
    }

    @Test
    void theLargerOfBothSignsIsTakenForEachExample() {
        TracedStep one = new TracedStep(TracedStep.mlp(), with(Direction.RANDOM, false, false));
        TracedStep both = new TracedStep(TracedStep.mlp(), with(Direction.RANDOM, true, false));
        Disturbance around = new Disturbance(one.trace, "test", one.trace.layer("hidden"));
        Tensor h = one.trace.layer("hidden");
        Tensor r = disturbed(one, h).sub(h);
        double[] ahead = one.value(around.divergence(around.logits(h.add(r))));
        double[] behind = one.value(around.divergence(around.logits(h.sub(r))));
        double mean = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            mean += Math.max(ahead[n], behind[n]) / TracedStep.BATCH;
        }
        assertThat(both.penalty()).isCloseTo(mean, within(1e-12)).isGreaterThan(one.penalty());
    }

    @Test
    void aDetachedStageKeepsTheAddedGradientFromTheLayersBelow() {
        Sequential normed = Sequential.of()
                .then("below", new Linear(HIDDEN, Activation.TANH))
                .then("hidden", new Linear(HIDDEN, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        Map<String, double[]> plain = new TracedStep(normed).gradients();
        for (boolean detach : new boolean[] {true, false}) {
            Map<String, double[]> gradients = new TracedStep(
                            normed,
                            new AdversarialFeatures(
                                    0.1, 1, 1e-2, 1, Kind.CE, "below", false, Direction.ADVERSARIAL, false, detach))
                    .gradients();
            double below = 0;
            for (int i = 0; i < plain.get("below.kernel").length; i++) {
                below += Math.abs(gradients.get("below.kernel")[i] - plain.get("below.kernel")[i]);
            }
            assertThat(below < 1e-9).isEqualTo(detach);
            assertThat(gradients.get("out.kernel")).isNotEqualTo(plain.get("out.kernel"));
        }
    }

    /** Without disturbance the added pass is the plain one, because its statistics are. */
    @Test
    void statisticsAreThoseOfTheUndisturbedPass() {
        Sequential normed = Sequential.of()
                .then("below", new Linear(HIDDEN, Activation.TANH))
                .then("hidden", new Linear(HIDDEN, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        TracedStep step = new TracedStep(normed);
        Tensor h = step.trace.layer("below");
        Disturbance around = new Disturbance(step.trace, "test", h);
        Tensor r = Tensor.constant(0.1, h.shape());
        double[] gradient =
                step.value(around.logits(h.add(r)).slice(0, 0, 1).square().sum().gradient(r));
        assertThat(norm(gradient, 0)).isPositive();
        for (int n = 1; n < TracedStep.BATCH; n++) {
            assertThat(norm(gradient, n)).isZero();
        }
        TracedStep still = new TracedStep(normed, new AdversarialFeatures(0, 2, 1e-2, 1, Kind.CE, "below", false));
        Map<String, double[]> gradients = still.gradients();
        step.gradients().forEach((name, values) -> {
            Arrays.setAll(values, i -> 3 * values[i]);
            assertThat(gradients.get(name)).containsExactly(values, within(1e-9));
        });
    }

    @Test
    void refusesUnknownStagesAndModelsWithoutHiddenOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(
                        TracedStep.mlp(), new AdversarialFeatures(0.1, 1, 1e-2, 1, Kind.CE, "fc9", false)))
                .withMessageContainingAll("[adversarial-features]", "hidden", "'fc9'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.linear(), new AdversarialFeatures()))
                .withMessageStartingWith("[adversarial-features] expected a model with hidden stages; input=true");
    }
}
