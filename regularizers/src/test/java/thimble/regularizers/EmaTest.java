package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.train.TrainingStep.Evaluated;

class EmaTest {
    private static double[] evaluated(TracedStep step, String weight) {
        Evaluated instead = step.step.evaluated().orElseThrow();
        return step.value(instead.graph().outputs().get(instead.weights().indexOf(weight)));
    }

    @Test
    void evaluationReadsTheWeightedMeanOfTheWeightsSoFar() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Ema(0.9));
        double[] sum = new double[12];
        double total = 0;
        for (int t = 0; t < 20; t++) {
            step.at(t).advance();
            double[] w = step.parameter("out.kernel");
            for (int i = 0; i < sum.length; i++) {
                sum[i] = 0.9 * sum[i] + 0.1 * w[i];
            }
            total = 0.9 * total + 0.1;
            double[] mean = evaluated(step, "out.kernel");
            for (int i = 0; i < sum.length; i++) {
                assertThat(mean[i]).isCloseTo(sum[i] / total, within(1e-12));
            }
        }
        assertThat(total).isCloseTo(1 - Math.pow(0.9, 20), within(1e-12));
    }

    @Test
    void theFirstAverageIsTheFirstWeightAndAllParametersAreAveraged() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Ema(0.99));
        step.advance();
        for (String name : List.of("hidden.kernel", "hidden.bias", "out.kernel", "out.bias")) {
            assertThat(evaluated(step, name)).containsExactly(step.parameter(name), within(1e-12));
        }
    }

    @Test
    void trainingIsUnchanged() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep averaged = new TracedStep(TracedStep.mlp(), new Ema(0.9));
        assertThat(averaged.updates().get("hidden.kernel"))
                .containsExactly(plain.updates().get("hidden.kernel"));
        assertThat(averaged.loss()).isEqualTo(plain.loss());
    }

    @Test
    void averagesWhatEarlierHooksMade() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new MaxNorm(0.5), new Ema(0.9));
        step.advance();
        assertThat(evaluated(step, "hidden.kernel")).containsExactly(step.parameter("hidden.kernel"), within(1e-12));
    }
}
