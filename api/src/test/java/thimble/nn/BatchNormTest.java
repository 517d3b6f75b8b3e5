package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class BatchNormTest {
    private static Probe probe(boolean training) {
        return new Probe(new BatchNorm(), Shape.of(4, 1), training)
                .set("scale", 2)
                .set("shift", 5)
                .set("mean", 10)
                .set("variance", 4)
                .input(1, 2, 3, 6);
    }

    @Test
    void trainingUsesBiasedStatisticsOfTheBatchAndMovesUnbiasedOnes() {
        Probe probe = probe(true);
        double mean = 3;
        double variance = (4 + 1 + 0 + 9) / 4.0;
        for (int i = 0; i < 4; i++) {
            double expected = (probe.numbers[i] - mean) / Math.sqrt(variance + 1e-5) * 2 + 5;
            assertThat(probe.output()[i]).isCloseTo(expected, within(1e-12));
        }
        assertThat(probe.updated("mean")[0]).isCloseTo(0.9 * 10 + 0.1 * mean, within(1e-12));
        assertThat(probe.updated("variance")[0]).isCloseTo(0.9 * 4 + 0.1 * variance * 4 / 3, within(1e-12));
    }

    @Test
    void evaluationUsesTheRunningOnes() {
        Probe probe = probe(false);
        assertThat(probe.output()[3]).isCloseTo((6 - 10) / Math.sqrt(4 + 1e-5) * 2 + 5, within(1e-12));
        assertThat(probe.trace.updates()).isEmpty();
    }

    @Test
    void rowsOfWeightZeroDoNotCount() {
        Probe padded = probe(true).weight(1, 1, 1, 0);
        Probe three = new Probe(new BatchNorm(), Shape.of(3, 1), true)
                .set("scale", 2)
                .set("shift", 5)
                .set("mean", 10)
                .set("variance", 4)
                .input(1, 2, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(padded.output()[i]).isCloseTo(three.output()[i], within(1e-12));
        }
        assertThat(padded.updated("variance")[0]).isCloseTo(three.updated("variance")[0], within(1e-12));
    }

    @Test
    void picturesHaveOneStatisticPerChannel() {
        Probe probe = new Probe(new BatchNorm(), Shape.of(2, 2, 1, 2), true)
                .set("scale", 1, 1)
                .set("shift", 0, 0)
                .input(1, 3, 10, 10, 5, 7, 10, 30);
        assertThat(probe.value(tap(probe, "mean"))).containsExactly(4, 15);
        assertThat(probe.value(tap(probe, "variance"))).containsExactly(5, 75);
    }

    @Test
    void theGradientOfAKernelBeforeItIsOrthogonalToTheKernel() {
        Probe probe = new Probe(new Linear(3, Norm.BATCH, Activation.TANH), Shape.of(6, 4), true);
        Tensor kernel = probe.trace.parameters().getFirst().tensor();
        Tensor gradient = probe.trace.output().square().sum().gradient(kernel);
        // blind to the length of the kernel but for epsilon
        assertThat(probe.value(gradient.mul(kernel).sum())[0]).isCloseTo(0, within(1e-4));
        assertThat(probe.value(gradient.square().sum())[0]).isGreaterThan(1e-2);
    }

    private static Tensor tap(Probe probe, String name) {
        return probe.trace.taps().stream()
                .filter(tap -> tap.name().equals(name) && tap.kind() == Tap.Kind.STATISTIC)
                .findFirst()
                .orElseThrow()
                .tensor();
    }
}
