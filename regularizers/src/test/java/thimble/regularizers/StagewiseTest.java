package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Optimizer;
import thimble.train.Schedule;
import thimble.train.Sgd;

/** Learning rates by stage and gradual unfreezing. */
class StagewiseTest {
    private static Sequential deep() {
        return Sequential.of()
                .then("first", new Linear(4, Activation.TANH))
                .then("second", new Linear(4, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void updatesShrinkByTheFactorFromStageToStage(boolean adam) {
        Optimizer optimizer = adam ? new Adam(0.01) : new Sgd(0.1, 0.9, false, Schedule.CONSTANT, 0);
        TracedStep plain = new TracedStep(deep(), new CrossEntropy(), optimizer);
        TracedStep scaled = new TracedStep(deep(), new CrossEntropy(), optimizer, new LayerwiseRate(0.5));
        Map<String, Double> factors = Map.of("first", 0.25, "second", 0.5, "out", 1.0);
        factors.forEach((stage, factor) -> {
            for (String role : List.of(".kernel", ".bias")) {
                double[] w = plain.parameter(stage + role);
                double[] far = plain.updates().get(stage + role);
                double[] near = scaled.updates().get(stage + role);
                for (int i = 0; i < w.length; i++) {
                    assertThat(near[i] - w[i]).isCloseTo(factor * (far[i] - w[i]), within(1e-12));
                }
            }
        });
    }

    @Test
    void factorZeroTrainsTheLastStageAlone() {
        TracedStep step = new TracedStep(deep(), new LayerwiseRate(0));
        Map<String, double[]> plain = new TracedStep(deep()).updates();
        Map<String, double[]> updates = step.updates();
        assertThat(updates.get("first.kernel")).containsExactly(step.parameter("first.kernel"));
        assertThat(updates.get("second.bias")).containsExactly(step.parameter("second.bias"));
        assertThat(updates.get("out.kernel")).containsExactly(plain.get("out.kernel"));
    }

    @Test
    void stagesThawFromTheLastToTheFirst() {
        TracedStep plain = new TracedStep(deep());
        TracedStep step = new TracedStep(deep(), new GradualUnfreezing(0.6)); // of 100 steps
        Map<String, Integer> thaw = Map.of("first", 60, "second", 30, "out", 0);
        for (int t : new int[] {0, 29, 30, 59, 60, 99}) {
            Map<String, double[]> updates = step.at(t).updates();
            Map<String, double[]> free = plain.at(t).updates();
            thaw.forEach((stage, from) -> {
                String name = stage + ".kernel";
                assertThat(updates.get(name))
                        .as("%s at step %d", name, t)
                        .containsExactly(t < from ? step.parameter(name) : free.get(name));
            });
        }
    }

    @Test
    void aModelOfOneStageIsLeftAlone() {
        Map<String, double[]> plain = new TracedStep(TracedStep.linear()).updates();
        Map<String, double[]> both =
                new TracedStep(TracedStep.linear(), new LayerwiseRate(), new GradualUnfreezing()).updates();
        plain.forEach((name, values) -> assertThat(both.get(name)).containsExactly(values));
    }
}
