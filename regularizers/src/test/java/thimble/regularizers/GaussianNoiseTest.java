package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.train.MeanSquaredError;
import thimble.train.Schedule;
import thimble.train.Sgd;

class GaussianNoiseTest {
    private static final int STEPS = 4000;

    /** Mean over steps of the squared error of a linear model, with its standard error. */
    private static double[] meanLoss(GaussianNoise noise) {
        TracedStep step = new TracedStep(TracedStep.linear(), new MeanSquaredError(), new Sgd(0.1), noise);
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < STEPS; t++) {
            double loss = step.at(t).loss();
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / STEPS;
        return new double[] {mean, Math.sqrt((squares / STEPS - mean * mean) / STEPS)};
    }

    private static double plainLoss() {
        return new TracedStep(TracedStep.linear(), new MeanSquaredError(), new Sgd(0.1)).loss();
    }

    @Test
    void additiveNoiseOnALinearModelIsRidge() {
        double[] w = new TracedStep(TracedStep.linear()).parameter("out.kernel");
        double squares = 0;
        for (double weight : w) {
            squares += weight * weight;
        }
        double[] mean = meanLoss(new GaussianNoise(0.5, false, "input"));
        assertThat(mean[0] - plainLoss()).isCloseTo(0.25 * squares / TracedStep.CLASSES, within(4 * mean[1]));
    }

    /** In expectation, with λ = σ² and both divided by the number of outputs: the mean of squares is that of the outputs too. */
    @Test
    void additiveNoiseOnALinearModelIsSpectReg() {
        double sigma = 0.5;
        Sgd descent = new Sgd(TracedStep.RATE, 0, false, Schedule.CONSTANT, 0);
        TracedStep penalised = new TracedStep(
                TracedStep.linear(),
                new MeanSquaredError(),
                descent,
                new SpectReg(sigma * sigma, Projection.EXACT, 1, SpectReg.Scale.PUBLISHED, BatchStatistics.BATCH));
        double[] loss = meanLoss(new GaussianNoise(sigma, false, "input"));
        assertThat(loss[0]).isCloseTo(penalised.loss(), within(4 * loss[1]));
        assertThat(penalised.loss()).isGreaterThan(plainLoss() + 20 * loss[1]);

        TracedStep noisy = new TracedStep(
                TracedStep.linear(), new MeanSquaredError(), descent, new GaussianNoise(sigma, false, "input"));
        double[] expected = penalised.gradients().get("out.kernel");
        double[] sum = new double[expected.length];
        double[] squares = new double[expected.length];
        for (int t = 0; t < STEPS; t++) {
            double[] gradient = noisy.at(t).gradients().get("out.kernel");
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
                squares[i] += gradient[i] * gradient[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            double mean = sum[i] / STEPS;
            double error = Math.sqrt((squares[i] / STEPS - mean * mean) / STEPS);
            assertThat(mean).isCloseTo(expected[i], within(4 * error));
        }
    }

    @Test
    void multiplicativeNoiseWeighsColumnsByTheInput() {
        TracedStep step = new TracedStep(TracedStep.linear());
        double[] w = step.parameter("out.kernel");
        double[] x = step.value(step.trace.input());
        double expected = 0;
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < TracedStep.CLASSES; k++) {
                double weight = w[k * TracedStep.FEATURES + i % TracedStep.FEATURES];
                expected += 0.25 * x[i] * x[i] * weight * weight / TracedStep.CLASSES / TracedStep.BATCH;
            }
        }
        double[] mean = meanLoss(new GaussianNoise(0.5, true, "input"));
        assertThat(mean[0] - plainLoss()).isCloseTo(expected, within(4 * mean[1]));
    }

    @Test
    void gradientsSeeTheNoisyPass() {
        new TracedStep(TracedStep.mlp(), new GaussianNoise(0.5, true, "hidden")).checkGradients(() -> 0.0);
        new TracedStep(TracedStep.mlp(), new GaussianNoise()).checkGradients(() -> 0.0);
    }

    @Test
    void refusesUnknownPlaces() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new GaussianNoise(0.1, false, "fc9")))
                .withMessageContainingAll("[gaussian-noise]", "hidden", "'fc9'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianNoise(0.1, false, ""))
                .withMessage(
                        "[gaussian-noise] expected at to be 'input' or the name of a layer's output but received ''");
    }
}
