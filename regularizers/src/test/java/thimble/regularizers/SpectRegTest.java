package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thimble.regularizers.SpectReg.Projection;

class SpectRegTest {
    private static final int STEPS = 3000;
    private static final int M = TracedStep.CLASSES;

    /** A = W Wᵀ of the linear model, the Gram matrix of its Jacobian. */
    private static double[][] gram(double[] w) {
        double[][] a = new double[M][M];
        for (int i = 0; i < M; i++) {
            for (int j = 0; j < M; j++) {
                for (int f = 0; f < TracedStep.FEATURES; f++) {
                    a[i][j] += w[i * TracedStep.FEATURES + f] * w[j * TracedStep.FEATURES + f];
                }
            }
        }
        return a;
    }

    /** Variance of rᵀ A r for one projection. */
    private static double variance(Projection projection, double[][] a, double trace) {
        double all = 0;
        double diagonal = 0;
        for (int i = 0; i < M; i++) {
            diagonal += a[i][i] * a[i][i];
            for (int j = 0; j < M; j++) {
                all += a[i][j] * a[i][j];
            }
        }
        return switch (projection) {
            case SIGNS -> 2 * (all - diagonal);
            case GAUSSIAN -> 2 * all;
            case SPHERE -> 2.0 * M / (M + 2) * (all - trace * trace / M);
        };
    }

    @ParameterizedTest
    @EnumSource(Projection.class)
    void theMeanPenaltyOfALinearModelIsItsFrobeniusNorm(Projection projection) {
        TracedStep step = new TracedStep(TracedStep.linear(), new SpectReg(1, projection));
        double[][] a = gram(step.parameter("out.kernel"));
        double norm = a[0][0] + a[1][1] + a[2][2];
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < STEPS; t++) {
            double penalty = step.at(t).penalty();
            sum += penalty;
            squares += (penalty - norm) * (penalty - norm);
        }
        double expected = variance(projection, a, norm) / TracedStep.BATCH; // each example draws its own projection
        assertThat(sum / STEPS).isCloseTo(norm, within(4 * Math.sqrt(expected / STEPS)));
        assertThat(squares / STEPS).isCloseTo(expected, within(0.15 * expected));
    }

    @Test
    void thePenaltyOfALinearModelLeavesItsBiasAlone() {
        double[] plain = new TracedStep(TracedStep.linear()).gradients().get("out.bias");
        double[] penalised = new TracedStep(TracedStep.linear(), new SpectReg(100))
                .gradients()
                .get("out.bias");
        assertThat(penalised).containsExactly(plain, within(1e-10));
    }

    @ParameterizedTest
    @EnumSource(Projection.class)
    void gradientsOfADominatingPenaltyAgreeWithDifferences(Projection projection) {
        TracedStep step = new TracedStep(TracedStep.mlp(), new SpectReg(100, projection));
        assertThat(step.penalty()).isGreaterThan(20 * (step.loss() - step.penalty()));
        step.checkGradients(() -> 0.0);
    }
}
