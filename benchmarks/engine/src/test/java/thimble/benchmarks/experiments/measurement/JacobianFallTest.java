package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.method.Spec;

class JacobianFallTest {
    private static final Conditions LINEAR = Conditions.of("toy", "linear")
            .optimizer("sgd:schedule=constant", new Spec.Setting.Value("0.1"))
            .batch(20)
            .steps(200);

    @Test
    void bothPublishedNumbersAreJudgedToBothSides() {
        assertThat(outcomes(97.2, 0.9, true)).containsExactly(Outcome.HOLDS, Outcome.HOLDS);
        assertThat(outcomes(98.2, 0.5, true)).containsExactly(Outcome.NOT, Outcome.NOT);
        assertThat(outcomes(95, 1.5, true)).containsExactly(Outcome.NOT, Outcome.NOT);
        assertThat(outcomes(97.2, 0.9, false)).containsExactly(Outcome.REPORTED, Outcome.REPORTED);
    }

    private static List<Outcome> outcomes(double accuracy, double after, boolean judged) {
        JacobianFall fall = new JacobianFall(LINEAR, 0, 1, 2, judged);
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        fall.runs(Form.FULL)
                .forEach(run -> values.put(run.key(), Map.of("accuracy", accuracy, "before", 3.6, "after", after)));
        return fall.findings(new Records(values)).stream()
                .limit(2)
                .map(Finding::outcome)
                .toList();
    }
}
