package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.data.Targets;
import thimble.tensor.Shape;

class RidgeWeightsTest {
    private static final RidgeWeights WEIGHTS = new RidgeWeights("toy", 10, 2);

    @Test
    void oneColumnShrinksByOnePlusLambda() {
        double[] w = RidgeWeights.ridge(Examples.numbers(40), 0.25); // t = 2 x₁, standardised t = x; x₂ = 0
        assertThat(w[0]).isCloseTo(1 / 1.25, within(1e-6));
        assertThat(w[1]).isZero();
    }

    @Test
    void theNormalEquationsHold() {
        float[][] examples = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {5, 9}, {6, 4}};
        float[][] rows = {{1}, {3}, {2}, {5}, {4}, {9}};
        Dataset train = ArrayDataset.of("table", Shape.of(2), examples, rows, new Targets.Numbers(List.of("t")));
        double lambda = 0.3;
        double[] w = RidgeWeights.ridge(train, lambda);
        Dataset scaled = Preprocessing.fit(train).apply(train);
        double[] left = {lambda * w[0], lambda * w[1]};
        float[] x = new float[2];
        float[] t = new float[1];
        for (int i = 0; i < 6; i++) {
            scaled.read(i, 0, x, 0, t, 0);
            double rest = w[0] * x[0] + w[1] * x[1] - t[0];
            left[0] += rest * x[0] / 6;
            left[1] += rest * x[1] / 6;
        }
        assertThat(left[0]).isCloseTo(0, within(1e-9));
        assertThat(left[1]).isCloseTo(0, within(1e-9));
    }

    @Test
    void twoPercentIsTheBound() {
        assertThat(outcome(1.9)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(2.1)).isEqualTo(Outcome.NOT);
        assertThat(WEIGHTS.findings(new Records(new LinkedHashMap<>())))
                .hasSize(12)
                .allMatch(row -> row.outcome() == Outcome.OPEN);
    }

    private static Outcome outcome(double distance) {
        LinkedHashMap<String, Map<String, Double>> all = new LinkedHashMap<>();
        WEIGHTS.runs(Form.FULL).forEach(run -> all.put(run.key(), Map.of("distance", distance, "plain", 30.0)));
        return WEIGHTS.findings(new Records(all)).getFirst().outcome();
    }
}
