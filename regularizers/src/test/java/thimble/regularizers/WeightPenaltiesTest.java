package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.method.Methods;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;

/** L1, L2, elastic net and decoupled decay. */
class WeightPenaltiesTest {
    private static TracedStep flat(Regularizer method) {
        return new TracedStep(
                TracedStep.mlp(), new Flat(), new Sgd(TracedStep.RATE, 0, false, Schedule.COSINE, 0), method);
    }

    private static double sumOverKernels(TracedStep step, boolean squares) {
        return Arrays.asList("hidden.kernel", "out.kernel").stream()
                .flatMapToDouble(name -> Arrays.stream(step.parameter(name)))
                .map(w -> squares ? 0.5 * w * w : Math.abs(w))
                .sum();
    }

    @Test
    void l2AddsTheGradientOfHalfTheSquares() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new L2(50));
        step.checkGradients(() -> 50 * sumOverKernels(step, true));
    }

    @Test
    void l1AddsTheGradientOfAbsoluteValues() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new L1(50, false));
        step.checkGradients(() -> 50 * sumOverKernels(step, false));
    }

    @Test
    void elasticAddsBoth() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Elastic(30, 70));
        step.checkGradients(() -> 30 * sumOverKernels(step, false) + 70 * sumOverKernels(step, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1", "l1:proximal=true", "l2", "elastic", "decoupled"})
    void biasesAndNormalisationsDecayOnlyIfAsked(String spec) {
        Sequential normed = Sequential.of()
                .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        String strengths = spec.equals("elastic") ? "lambda1=1,lambda2=1" : "lambda=1";
        for (boolean all : new boolean[] {false, true}) {
            Regularizer method = Methods.parse(
                    Regularizer.class, spec + (spec.contains(":") ? "," : ":") + strengths + ",all=" + all);
            TracedStep step = new TracedStep(normed, new Flat(), new Sgd(TracedStep.RATE), method);
            Map<String, double[]> updates = step.updates();
            for (Parameter parameter : step.trace.parameters()) {
                double[] w = step.parameter(parameter.name());
                double[] next = updates.get(parameter.name());
                boolean acts = all || parameter.role() == Parameter.Role.KERNEL;
                for (int i = 0; i < w.length; i++) {
                    assertThat(next[i] != w[i]).as(parameter.name()).isEqualTo(acts);
                }
            }
        }
    }

    /** The sub-gradient takes sign(0) = 0. */
    @Test
    void aWeightOfZeroStaysThere() {
        for (Regularizer method : List.of(new L1(1, false), new L1(1, true), new Elastic(1, 1))) {
            TracedStep step = flat(method);
            double[] w = step.parameter("hidden.kernel");
            w[3] = 0;
            w[4] = -0.0;
            step.set("hidden.kernel", w);
            double[] next = step.updates().get("hidden.kernel");
            assertThat(next[3]).isZero();
            assertThat(next[4]).isZero();
            assertThat(next[5]).isNotEqualTo(w[5]);
        }
    }

    @Test
    void decoupledDecayOfAFlatLossIsTheProductOfItsSteps() {
        TracedStep step = flat(new Decoupled(0.5));
        double[] first = step.parameter("out.kernel");
        double product = 1;
        for (int t = 0; t < 10; t++) {
            step.at(t).advance();
            product *= 1 - 0.5 * new Sgd(TracedStep.RATE, 0, false, Schedule.COSINE, 0).rate(t, 100);
        }
        double[] last = step.parameter("out.kernel");
        for (int i = 0; i < last.length; i++) {
            assertThat(last[i]).isCloseTo(first[i] * product, within(1e-12));
        }
    }

    /** The square root of the mean square takes the size of the gradient away: small weights move as far as large ones. */
    @Test
    void l2UnderAdamMovesWeightsByTheRateWhereDecoupledDecayIsTheirShare() {
        double rate = 1e-4;
        int steps = 20;
        Adam adam = new Adam(rate, 0.9, 0.999, 1e-8, Schedule.CONSTANT, 0);
        TracedStep coupled = new TracedStep(TracedStep.mlp(), new Flat(), adam, new L2(1));
        TracedStep decoupled = new TracedStep(TracedStep.mlp(), new Flat(), adam, new Decoupled(1));
        for (int t = 0; t < steps; t++) {
            coupled.at(t).advance();
            decoupled.at(t).advance();
        }
        for (String kernel : List.of("hidden.kernel", "out.kernel")) {
            double[] first = new TracedStep(TracedStep.mlp()).parameter(kernel);
            double[] alike = coupled.parameter(kernel);
            double[] share = decoupled.parameter(kernel);
            for (int i = 0; i < first.length; i++) {
                double moved = steps * rate;
                assertThat(first[i] - alike[i]).isCloseTo(moved * Math.signum(first[i]), within(0.05 * moved));
                assertThat(share[i]).isCloseTo(first[i] * Math.pow(1 - rate, steps), within(1e-12));
            }
        }
    }

    @Test
    void decoupledDecayIsL2UnderPlainDescent() {
        Map<String, double[]> coupled = new TracedStep(TracedStep.mlp(), new L2(0.3)).updates();
        Map<String, double[]> decoupled = new TracedStep(TracedStep.mlp(), new Decoupled(0.3)).updates();
        coupled.forEach((name, weights) -> assertThat(decoupled.get(name)).containsExactly(weights, within(1e-14)));
    }

    @Test
    void decoupledDecayDependsOnTheWeightBeforeTheStepAndNotOnTheGradient() {
        Sgd momentum = new Sgd(TracedStep.RATE, 0.9, true, Schedule.CONSTANT, 0);
        TracedStep plain = new TracedStep(TracedStep.mlp(), new CrossEntropy(), momentum);
        TracedStep decayed = new TracedStep(TracedStep.mlp(), new CrossEntropy(), momentum, new Decoupled(2));
        double[] w = plain.parameter("out.kernel");
        double[] expected = plain.updates().get("out.kernel");
        Arrays.setAll(expected, i -> expected[i] - TracedStep.RATE * 2 * w[i]);
        assertThat(decayed.updates().get("out.kernel")).containsExactly(expected, within(1e-14));
    }

    @Test
    void proximalL1ShrinksByRateTimesLambdaToExactZeros() {
        TracedStep step = flat(new L1(4, true));
        double[] first = step.parameter("hidden.kernel");
        double[] next = step.updates().get("hidden.kernel");
        for (int i = 0; i < next.length; i++) {
            double size = Math.max(Math.abs(first[i]) - 0.4, 0);
            assertThat(next[i]).isCloseTo(Math.signum(first[i]) * size, within(1e-12));
        }
        assertThat(Arrays.stream(next).filter(w -> w == 0).count()).isBetween(1L, 19L);
    }
}
