package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Tensor;
import thimble.train.Loss;
import thimble.train.Regularizer;
import thimble.train.Sgd;

/**
 * Penalties on a quadratic loss ½ Σ h_i (w_i − w*_i)², whose axes are its eigenvectors: where descent ends is known in closed form.
 */
class QuadraticTest {
    private static final double[] CURVATURE = {0.5, 1, 2, 4, 8};
    private static final double[] BEST = {1, -1, 0.2, -0.5, 0.05};
    private static final double LAMBDA = 0.6;

    /** Reads the weights through inputs that are unit vectors; the target's place is taken by constants. */
    private record Quadratic() implements Loss {
        @Override
        public String name() {
            return "quadratic";
        }

        @Override
        public String summary() {
            return "a sum of squares";
        }

        @Override
        public Tensor perExample(Tensor output, Tensor target) {
            // Row i of the output is w_i + b in column 0; target columns 0 and 1 hold h_i and w*_i.
            Tensor w = output.slice(1, 0, 1);
            Tensor h = target.slice(1, 0, 1);
            Tensor best = target.slice(1, 1, 2);
            return w.sub(best).square().mul(h).mul(0.5 * TracedStep.BATCH);
        }

        @Override
        public Tensor scores(Tensor output) {
            return output;
        }
    }

    private static double[] solution(Regularizer... methods) {
        TracedStep step = new TracedStep(
                Sequential.of().then("out", new Linear(TracedStep.CLASSES)),
                new Quadratic(),
                new Sgd(TracedStep.RATE),
                methods);
        double[] inputs = new double[TracedStep.BATCH * TracedStep.FEATURES];
        double[] targets = new double[TracedStep.BATCH * TracedStep.CLASSES];
        for (int i = 0; i < TracedStep.FEATURES; i++) {
            inputs[i * TracedStep.FEATURES + i] = 1;
            targets[i * TracedStep.CLASSES] = CURVATURE[i];
            targets[i * TracedStep.CLASSES + 1] = BEST[i];
        }
        step.reference.feed("input", inputs).feed("target", targets);
        for (int t = 0; t < 600; t++) {
            step.advance();
            step.set("out.bias", 0, 0, 0); // the loss is a function of the kernel alone
        }
        return Arrays.copyOf(step.parameter("out.kernel"), TracedStep.FEATURES);
    }

    @Test
    void withoutPenaltyDescentFindsTheMinimum() {
        assertThat(solution()).containsExactly(BEST, within(1e-9));
    }

    @Test
    void l2ShrinksAlongEachEigenvector() {
        double[] expected = BEST.clone();
        Arrays.setAll(expected, i -> CURVATURE[i] / (CURVATURE[i] + LAMBDA) * BEST[i]);
        assertThat(solution(new L2(LAMBDA))).containsExactly(expected, within(1e-9));
        assertThat(solution(new Decoupled(LAMBDA))).containsExactly(expected, within(1e-9));
    }

    @Test
    void proximalL1ThresholdsAlongEachEigenvector() {
        double[] expected = BEST.clone();
        Arrays.setAll(expected, i -> Math.signum(BEST[i]) * Math.max(Math.abs(BEST[i]) - LAMBDA / CURVATURE[i], 0));
        double[] solution = solution(new L1(LAMBDA, true));
        assertThat(solution).containsExactly(expected, within(1e-9));
        assertThat(Arrays.stream(solution).filter(w -> w == 0).count()).isEqualTo(3);
    }

    @Test
    void theSubGradientStaysNearTheThresholdButNotAtZero() {
        double[] proximal = solution(new L1(LAMBDA, true));
        double[] subgradient = solution(new L1(LAMBDA, false));
        assertThat(subgradient).containsExactly(proximal, within(2 * TracedStep.RATE * LAMBDA));
        assertThat(subgradient).doesNotContain(0.0);
    }

    @Test
    void elasticThresholdsAndShrinks() {
        double[] solution = solution(new Elastic(0.1, LAMBDA));
        for (int i = 0; i < BEST.length; i++) {
            double expected = Math.signum(BEST[i])
                    * Math.max(CURVATURE[i] * Math.abs(BEST[i]) - 0.1, 0)
                    / (CURVATURE[i] + LAMBDA);
            assertThat(solution[i]).isCloseTo(expected, within(2 * TracedStep.RATE * 0.1));
        }
    }
}
