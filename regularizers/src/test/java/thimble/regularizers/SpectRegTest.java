package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Pool2d;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;
import thimble.train.CrossEntropy;
import thimble.train.Schedule;
import thimble.train.Sgd;

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
            case RADEMACHER -> 2 * (all - diagonal);
            case GAUSSIAN -> 2 * all;
            case SPHERE -> 2.0 * M / (M + 2) * (all - trace * trace / M);
            case EXACT -> 0;
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
        assertThat(sum / STEPS).isCloseTo(norm, within(4 * Math.sqrt(expected / STEPS) + 1e-9));
        assertThat(squares / STEPS).isCloseTo(expected, within(0.15 * expected + 1e-18));
    }

    @Test
    void moreProjectionsDivideTheVariance() {
        SpectReg method = new SpectReg(1, Projection.GAUSSIAN, 4, SpectReg.Scale.UNIT, BatchStatistics.BATCH);
        TracedStep step = new TracedStep(TracedStep.linear(), method);
        double[][] a = gram(step.parameter("out.kernel"));
        double norm = a[0][0] + a[1][1] + a[2][2];
        double expected = variance(Projection.GAUSSIAN, a, norm) / TracedStep.BATCH / 4;
        double squares = 0;
        for (int t = 0; t < STEPS; t++) {
            squares += Math.pow(step.at(t).penalty() - norm, 2) / STEPS;
        }
        assertThat(squares).isCloseTo(expected, within(0.15 * expected));
    }

    @Test
    void thePublishedScaleDividesByTheNumberOfLogits() {
        SpectReg ours = new SpectReg(1);
        SpectReg published = new SpectReg(1, ours.projection(), 1, SpectReg.Scale.PUBLISHED, ours.statistics());
        assertThat(new TracedStep(TracedStep.mlp(), published).penalty() * M)
                .isCloseTo(new TracedStep(TracedStep.mlp(), ours).penalty(), within(1e-12));
    }

    @Test
    void theExactNormOfAConvolutionalNetworkIsThatOfItsLogitsOneByOne() {
        Sequential lenet = Sequential.of()
                .then("conv", new Conv2d(3, Window.of(3, 3), Norm.NONE, Activation.RELU))
                .then("pool", Pool2d.max(2))
                .then("flatten", new Flatten())
                .then("out", new Linear(M));
        TracedStep step = new TracedStep(
                Shape.of(1, 8, 8), lenet, new CrossEntropy(), new Sgd(0.1), new SpectReg(1, Projection.EXACT));
        double expected = 0;
        for (int i = 0; i < TracedStep.BATCH; i++) {
            for (int k = 0; k < M; k++) {
                Tensor logit = step.trace
                        .logits()
                        .slice(0, i, i + 1)
                        .slice(1, k, k + 1)
                        .sum();
                expected +=
                        step.scalar(logit.gradient(step.trace.input()).square().sum()) / TracedStep.BATCH;
            }
        }
        assertThat(step.penalty()).isCloseTo(expected, within(1e-9 * expected));
    }

    @ParameterizedTest
    @EnumSource(Projection.class)
    void theNormFallsWhenThePenaltyIsTrainedAlone(Projection projection) {
        Sgd descent = new Sgd(TracedStep.RATE, 0, false, Schedule.CONSTANT, 0);
        TracedStep step = new TracedStep(TracedStep.mlp(), new Flat(), descent, new SpectReg(0.2, projection));
        double first = norm(step);
        double last = first;
        for (int t = 0; t < 100; t++) {
            step.at(t).advance();
            if (t % 10 == 9) {
                double now = norm(step);
                assertThat(now).isLessThan(last);
                last = now;
            }
        }
        assertThat(last).isLessThan(first / 4);
    }

    /** The mean of ‖J‖²_F at the weights of another step. */
    private static double norm(TracedStep other) {
        TracedStep exact = new TracedStep(TracedStep.mlp(), new SpectReg(1, Projection.EXACT));
        exact.trace.parameters().forEach(weight -> exact.set(weight.name(), other.parameter(weight.name())));
        return exact.penalty();
    }

    /** ∂R/∂W = 2 W, of one draw 2 r (rᵀ W) averaged over the examples, and ∂R/∂b = 0. */
    @ParameterizedTest
    @EnumSource(names = {"EXACT", "RADEMACHER", "GAUSSIAN"})
    void thePenaltyOfALinearModelHasTheKnownGradient(Projection projection) {
        Map<String, double[]> plain = new TracedStep(TracedStep.linear()).gradients();
        TracedStep step = new TracedStep(TracedStep.linear(), new SpectReg(100, projection));
        Map<String, double[]> penalised = step.gradients();
        assertThat(penalised.get("out.bias")).containsExactly(plain.get("out.bias"), within(1e-10));
        double[] w = step.parameter("out.kernel");
        double[] expected = plain.get("out.kernel");
        Shape logits = step.trace.logits().shape();
        double[] r = switch (projection) {
            case RADEMACHER -> step.value(Tensor.signs("spectreg", logits, true));
            case GAUSSIAN -> step.value(Tensor.normal("spectreg", logits, true));
            case SPHERE, EXACT -> new double[0];
        };
        for (int k = 0; k < M; k++) {
            for (int f = 0; f < TracedStep.FEATURES; f++) {
                int at = k * TracedStep.FEATURES + f;
                if (projection == Projection.EXACT) {
                    expected[at] += 100 * 2 * w[at];
                    continue;
                }
                for (int n = 0; n < TracedStep.BATCH; n++) {
                    double rW = 0;
                    for (int j = 0; j < M; j++) {
                        rW += r[n * M + j] * w[j * TracedStep.FEATURES + f];
                    }
                    expected[at] += 100 * 2 * r[n * M + k] * rW / TracedStep.BATCH;
                }
            }
        }
        assertThat(penalised.get("out.kernel")).containsExactly(expected, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Projection.class)
    void gradientsOfADominatingPenaltyAgreeWithDifferences(Projection projection) {
        TracedStep step = new TracedStep(TracedStep.mlp(), new SpectReg(100, projection));
        assertThat(step.penalty()).isGreaterThan(20 * (step.loss() - step.penalty()));
        step.checkGradients(() -> 0.0);
    }
}
