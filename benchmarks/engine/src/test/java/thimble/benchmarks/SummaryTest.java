package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final double[] BASE = {0.90, 0.91, 0.92, 0.90, 0.93, 0.91};
    private static final double[] GAIN = {0.010, 0.012, 0.008, 0.011, 0.009, 0.010};

    @Test
    void cellsAndDifferencesByHand() {
        Summary summary = summary(6, 0);
        Cell cell = summary.cell("none", 12).orElseThrow();
        assertThat(cell.mean()).isCloseTo(0.911666667, within(1e-9));
        assertThat(cell.deviation()).isCloseTo(0.0116904519, within(1e-9));
        assertThat(cell.ci().halfWidth()).isCloseTo(2.5705818 * 0.0116904519 / Math.sqrt(6), within(1e-9));
        Against against = summary.against("spectreg", 12).orElseThrow();
        assertThat(against.difference().mean()).isCloseTo(0.01, within(1e-12));
        assertThat(against.difference().effect().orElseThrow()).isCloseTo(0.01 / Math.sqrt(2e-6), within(1e-6));
        assertThat(against.difference().wins()).isEqualTo(6);
        assertThat(against.difference().permutation()).hasValue(0.03125);
        assertThat(against.difference().relative().orElseThrow()).isCloseTo(-0.01 / 0.0883333333, within(1e-6));
        assertThat(against.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(against.adjusted().orElseThrow())
                .isEqualTo(against.difference().p().orElseThrow() * 2);
        assertThat(summary.against("forest", 12).orElseThrow().verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(summary.kind("forest")).isEqualTo(ArmKind.CLASSICAL);
    }

    @Test
    void belowSixPairsThereIsNoPAndNoClaim() throws Exception {
        Summary summary = summary(5, 0);
        Against against = summary.against("spectreg", 12).orElseThrow();
        assertThat(against.difference().p()).isEmpty();
        assertThat(against.verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        JsonNode result = Json.parse(summary.json()).required("results").get(1);
        assertThat(result.required("p").isNull()).isTrue();
        assertThat(result.required("pHolm").isNull()).isTrue();
        assertThat(result.required("pReason").asText()).startsWith("fewer than 6 pairs");
    }

    @Test
    void jsonNamesMetricDirectionAndVerdict() throws Exception {
        JsonNode json = Json.parse(summary(6, 1).json());
        assertThat(json.required("schema").asInt()).isEqualTo(1);
        assertThat(json.required("metric").asText()).isEqualTo("accuracy");
        assertThat(json.required("better").asText()).isEqualTo("larger");
        assertThat(json.required("failed").asInt()).isEqualTo(1);
        JsonNode result = json.required("results").get(1);
        assertThat(result.required("verdict").asText()).isEqualTo("better");
        assertThat(result.required("wins").asInt()).isEqualTo(6);
        assertThat(result.required("difference").required("ci95").get(0).asDouble())
                .isBetween(0.008, 0.01);
        assertThat(result.required("difference").required("bootstrap95").size()).isEqualTo(2);
        assertThat(json.required("results").get(2).required("failed").asInt()).isEqualTo(1);
        assertThat(json.required("results").get(2).required("n").asInt()).isEqualTo(5);
        assertThat(json.required("results").get(2).required("reason").asText()).isEqualTo("diverged");
        assertThat(result.has("reason")).isFalse();
    }

    @Test
    void onePairHasNoInterval() throws Exception {
        JsonNode result = Json.parse(summary(1, 0).json()).required("results").get(1);
        assertThat(result.required("ci95").isNull()).isTrue();
        assertThat(result.required("difference").required("ci95").isNull()).isTrue();
        assertThat(result.required("effectSize").isNull()).isTrue();
    }

    @Test
    void fallingMetricsTurnTheVerdict() {
        assertThat(Metric.of("rmse").better(-0.1)).isTrue();
        assertThat(Metric.of("rmse").error(0.3)).isEqualTo(0.3);
        assertThat(Metric.of("accuracy").better(-0.1)).isFalse();
        assertThat(Metric.of("accuracy").error(0.75)).isEqualTo(0.25);
    }

    @Test
    void optimismIsValidationMinusTest() {
        Comparison comparison = Examples.comparison("none", List.of(12), 1, 2);
        TrialKey key = new TrialKey("none", 12, 0);
        List<TuningTrial> tuning = List.of(
                new TuningTrial(key, 0, Map.of("lr", "0.001"), Map.of("accuracy", 0.93), Optional.empty()),
                new TuningTrial(key, 1, Map.of("lr", "0.01"), Map.of("accuracy", 0.95), Optional.empty()),
                new TuningTrial(key, 2, Map.of("lr", "0.1"), Map.of("accuracy", 0.99), Optional.of("diverged")));
        Summary summary = Summary.of(Examples.config(comparison), List.of(trial("none", 1, 0.9)), tuning);
        assertThat(summary.optimism().get(new Summary.Key("none", 12))).isCloseTo(0.05, within(1e-12));
    }

    private static Summary summary(int repeats, int broken) {
        Comparison comparison = Examples.comparison("none,spectreg,forest", List.of(12), repeats, 0);
        List<Trial> trials = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            trials.add(trial("none", repeat, BASE[repeat - 1]));
            trials.add(trial("spectreg", repeat, BASE[repeat - 1] + GAIN[repeat - 1]));
            trials.add(
                    repeat <= broken
                            ? trial("forest", repeat, Double.NaN)
                            : trial("forest", repeat, BASE[repeat - 1] + (repeat % 2 == 0 ? 0.02 : -0.019)));
        }
        return Summary.of(Examples.config(comparison), trials, List.of());
    }

    private static Trial trial(String methods, int repeat, double accuracy) {
        boolean failed = Double.isNaN(accuracy);
        return new Trial(
                "toy",
                "mlp",
                methods,
                12,
                repeat,
                repeat,
                "reference",
                "accuracy",
                Map.of("lr", "0.001"),
                10,
                failed ? Map.of() : Map.of("accuracy", accuracy, "loss", 0.3),
                Map.of("accuracy", 1.0, "loss", 0.1),
                0.25,
                failed ? Optional.of("diverged") : Optional.empty());
    }
}
