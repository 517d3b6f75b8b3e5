package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JacobianTest {
    @Test
    void theExactFormOfALinearModelIsHalfItsSquaredWeights() {
        TracedStep step = new TracedStep(TracedStep.linear(), new Jacobian(3, -1));
        double squares =
                Arrays.stream(step.parameter("out.kernel")).map(w -> w * w).sum();
        assertThat(step.penalty()).isCloseTo(1.5 * squares, within(1e-10));
    }

    /** Two penalties with λ and λ/2 of {@link SpectReg} are the same function, whose gradient by the kernel is λ W. */
    @Test
    void halfTheStrengthOfSpectRegIsTheSamePenalty() {
        TracedStep jacobian = new TracedStep(TracedStep.mlp(), new Jacobian(2, -1));
        TracedStep spectReg = new TracedStep(TracedStep.mlp(), new SpectReg(1, Projection.EXACT));
        assertThat(jacobian.penalty()).isCloseTo(spectReg.penalty(), within(1e-12));
    }

    @Test
    void projectionsAverageToTheExactForm() {
        double exact = new TracedStep(TracedStep.mlp(), new Jacobian(1, -1)).penalty();
        for (int projections : new int[] {1, 3}) {
            TracedStep step = new TracedStep(TracedStep.mlp(), new Jacobian(1, projections));
            int steps = 2000;
            double sum = 0;
            double squares = 0;
            for (int t = 0; t < steps; t++) {
                double penalty = step.at(t).penalty();
                sum += penalty / steps;
                squares += penalty * penalty / steps;
            }
            assertThat(sum).isCloseTo(exact, within(4 * Math.sqrt((squares - sum * sum) / steps)));
        }
    }

    @Test
    void gradientsOfADominatingPenaltyAgreeWithDifferences() {
        for (int projections : new int[] {-1, 2}) {
            TracedStep step = new TracedStep(TracedStep.mlp(), new Jacobian(100, projections));
            assertThat(step.penalty()).isGreaterThan(20 * (step.loss() - step.penalty()));
            step.checkGradients(() -> 0.0);
        }
    }

    @Test
    void refusesNoProjections() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jacobian(1, 0))
                .withMessage("[jacobian] expected projections >= 1, or -1 for the exact norm, but received 0");
    }
}
