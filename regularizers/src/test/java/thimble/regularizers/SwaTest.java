package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.train.TrainingStep.Evaluated;

class SwaTest {
    /** Steps of a {@link TracedStep}. */
    private static final int STEPS = 100;

    private static double[] evaluated(TracedStep step, String weight) {
        Evaluated instead = step.step.evaluated().orElseThrow();
        return step.value(instead.graph().outputs().get(instead.weights().indexOf(weight)));
    }

    private static void check(int every, List<Integer> averaged) {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Swa(0.9, every));
        double[] sum = new double[12];
        int count = 0;
        for (int t = 85; t < STEPS; t++) {
            step.at(t).advance();
            double[] w = step.parameter("out.kernel");
            double[] read = evaluated(step, "out.kernel");
            if (t < 90) {
                assertThat(read).containsExactly(w);
                continue;
            }
            if (averaged.contains(t)) {
                count++;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += w[i];
                }
            }
            for (int i = 0; i < sum.length; i++) {
                assertThat(read[i]).as("after step %d", t).isCloseTo(sum[i] / count, within(1e-12));
            }
        }
        assertThat(count).isEqualTo(averaged.size());
    }

    @Test
    void evaluationReadsTheMeanOfTheLastPart() {
        check(1, List.of(90, 91, 92, 93, 94, 95, 96, 97, 98, 99));
    }

    @Test
    void aCycleTakesEveryFewWeights() {
        check(4, List.of(90, 94, 98));
    }

    @Test
    void biasesAreAveragedTooAndTrainingIsUnchanged() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep averaged = new TracedStep(TracedStep.mlp(), new Swa());
        assertThat(averaged.updates().get("hidden.kernel"))
                .containsExactly(plain.updates().get("hidden.kernel"));
        averaged.advance();
        for (String name : List.of("hidden.kernel", "hidden.bias", "out.kernel", "out.bias")) {
            assertThat(evaluated(averaged, name)).containsExactly(averaged.parameter(name));
        }
    }
}
