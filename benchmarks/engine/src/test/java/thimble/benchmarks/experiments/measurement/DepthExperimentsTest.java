package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Size;
import thimble.method.Spec;
import thimble.nn.Models;
import thimble.tensor.Shape;

/** The experiments on depth and decay, read from records that nobody trained. */
class DepthExperimentsTest {
    private static final Conditions TOY =
            Conditions.of("toy", "linear").steps(3).optimizer("sgd", new Spec.Setting.Value("0.02"));
    private static final DecayNetwork SHALLOW = DecayNetwork.layers(3);
    private static final DecayNetwork DEEP = DecayNetwork.layers(20);
    private static final int STRENGTHS = 12;

    @ParameterizedTest
    @ValueSource(strings = {"b", "g", "h"})
    void formsDifferInSizeAndPartsHaveNamesAndKeysOfTheirOwn(String letter) {
        Experiment experiment = Experiments.named(letter).getFirst();
        assertThat(experiment.expected(Form.QUICK)).isLessThan(java.time.Duration.ofMinutes(6));
        assertThat(experiment.parts(Form.FULL)).extracting(Part::name).doesNotHaveDuplicates();
        List<String> quick = keys(experiment, Form.QUICK);
        assertThat(quick).doesNotHaveDuplicates().hasSizeBetween(10, 30);
        List<String> full = keys(experiment, Form.FULL);
        assertThat(full).doesNotHaveDuplicates().hasSizeGreaterThan(2 * quick.size());
        assertThat(experiment.plots(new Results(Map.of(), Map.of()))).isEmpty();
    }

    private static List<String> keys(Experiment experiment, Form form) {
        List<String> keys = new ArrayList<>();
        for (Part part : experiment.parts(form)) {
            Measurement measurement = (Measurement) part;
            assertThat(measurement.findings(new Records(new LinkedHashMap<>())))
                    .isNotEmpty()
                    .allMatch(row -> row.outcome() == Outcome.OPEN);
            measurement.runs(form).forEach(run -> keys.add(measurement.name() + run.key()));
        }
        return keys;
    }

    @Test
    void networksHaveTheLayersOfTheirNames() {
        assertThat(Models.parse(DEEP.spec(), Shape.of(1, 28, 28), 10).layers().toString())
                .contains("fc19")
                .doesNotContain("fc20");
        assertThat(DEEP.deep()).isTrue();
        assertThat(SHALLOW.deep()).isFalse();
        assertThat(DecayNetwork.convolutional("lenet5", "glorot").spec()).isEqualTo("lenet5:init=glorot");
    }

    @Test
    void aRangeEndsWhereTheErrorCrossesTheBound() {
        double[] strengths = {1e-3, 1e-2, 1e-1, 1};
        StrengthRange range = StrengthRange.of(strengths, new double[] {4, 2, 2.25, 3.25}, 0.5);
        assertThat(range.low()).isCloseTo(1e-2 * Math.pow(0.1, 0.25), within(1e-12));
        assertThat(range.high()).isCloseTo(1e-1 * Math.pow(10, 0.25), within(1e-12));
        assertThat(range.factor()).isCloseTo(Math.pow(10, 1.5), within(1e-9));
        assertThat(range.ended()).isTrue();
        StrengthRange open = StrengthRange.of(strengths, new double[] {2, 2.1, 5, 2.2}, 0.5);
        assertThat(open.low()).isEqualTo(1e-3);
        assertThat(open.high()).isBetween(1e-2, 2e-2);
        assertThat(open.ended()).isFalse();
    }

    @Test
    void tunedErrorsAndRangesAreComparedInPairs() {
        DecayStrengths strengths = new DecayStrengths(TOY, List.of(SHALLOW, DEEP), List.of(new Size(30, 3)), 30);
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        int[] repeat = new int[1];
        for (Measurement.Run run : strengths.runs(Form.FULL)) {
            boolean layerwise = run.key().startsWith(DecayStrengths.LAYERWISE);
            double noise = 0.001 * (repeat[0]++ / 4);
            values.put(run.key(), curve(layerwise ? 6 : 4, layerwise ? 0.92 : 0.90, noise));
        }
        Records records = new Records(values);
        List<Finding> rows = strengths.findings(records);
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).ours().orElseThrow()).isCloseTo(100 * 0.02 / (0.1 - 0.001), within(1e-6));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(rows.get(2).outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(rows.get(3).ours().orElseThrow()).isGreaterThan(1.5);
        assertThat(rows.get(3).outcome()).isEqualTo(Outcome.HOLDS);
        var plot = strengths.plot(DEEP, records).orElseThrow();
        assertThat(plot.series()).hasSize(2);
        assertThat(plot.series().getFirst().points()).hasSize(STRENGTHS);
        assertThat(plot.series().getFirst().points().stream().filter(point -> point.marked()))
                .hasSize(1)
                .first()
                .satisfies(point -> assertThat(point.x()).isEqualTo(8e-4));
    }

    /** A curve that is flat for some of the weakest strengths, worse by a point with each stronger one, and 8e-4 chosen. */
    private static Map<String, Double> curve(int flat, double tuned, double noise) {
        Map<String, Double> values = new LinkedHashMap<>();
        double[] strengths = {2e-5, 5e-5, 1.25e-4, 3e-4, 8e-4, 2e-3, 5e-3, 1.25e-2, 3e-2, 8e-2, 0.2, 0.5};
        for (int i = 0; i < strengths.length; i++) {
            double accuracy = 0.9 + noise - 0.01 * Math.max(0, i - flat);
            values.put("validation at " + strengths[i], accuracy);
            values.put("test at " + strengths[i], accuracy);
        }
        values.put("chosen", 8e-4);
        values.put("tuned", tuned + noise);
        return values;
    }

    @Test
    void balanceIsTheSpreadOverLayers() {
        DecayBalances balances = new DecayBalances(TOY, 30, 2, 4, List.of(SHALLOW, DEEP));
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        for (Measurement.Run run : balances.runs(Form.FULL)) {
            boolean layerwise = run.key().startsWith(DecayStrengths.LAYERWISE);
            double spread = layerwise ? 1 + 2e-7 : run.key().contains(DEEP.spec()) ? 8 : 4;
            Map<String, Double> ratios = new LinkedHashMap<>();
            for (int step : new int[] {0, 2, 4}) {
                double now = step == 0 ? spread : 10;
                ratios.put("step " + step + " | fc1.kernel", 0.001 * now);
                ratios.put("step " + step + " | out.kernel", 0.001);
            }
            values.put(run.key(), ratios);
        }
        Records records = new Records(values);
        List<Finding> rows = balances.findings(records);
        assertThat(rows).hasSize(11);
        assertThat(rows.getFirst().ours().orElseThrow()).isCloseTo(4, within(1e-9));
        assertThat(rows.getFirst().remark()).isEqualTo("fc1 0.00400 · out 0.00100");
        assertThat(rows.get(1).ours().orElseThrow()).isCloseTo(10, within(1e-9));
        assertThat(rows.get(3).ours().orElseThrow()).isCloseTo(2e-7, within(1e-12));
        assertThat(rows.get(3).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(rows.getLast().ours().orElseThrow()).isCloseTo(2, within(1e-9));
        assertThat(rows.getLast().outcome()).isEqualTo(Outcome.HOLDS);
        var plot = balances.plot(records).orElseThrow();
        assertThat(plot.series().getFirst().points().getFirst().y()).isCloseTo(4, within(1e-9));
    }

    @Test
    void depthsAreComparedOnEachTableAndOverAll() {
        TableDepths depths = new TableDepths(TOY, List.of("a", "b", "c"), 4);
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        int run = 0;
        for (Measurement.Run each : depths.runs(Form.FULL)) {
            int table = run++ % 3;
            Map<String, Double> accuracies = new LinkedHashMap<>();
            for (String learner : TableDepths.learners()) {
                boolean deepest = learner.equals(TableDepths.network(TableDepths.DEEP));
                boolean forest = learner.equals(TableDepths.FOREST);
                accuracies.put(learner, 0.8 + 0.01 * run / 3 + (deepest ? 0.012 * table - 0.005 : forest ? 0.03 : 0));
                accuracies.put(TableDepths.training(learner), 1.0);
            }
            values.put(each.key(), accuracies);
        }
        List<Finding> rows = depths.findings(new Records(values));
        assertThat(rows).hasSize(3 + 4 + 1);
        assertThat(rows.get(0).ours().orElseThrow()).isCloseTo(-0.5, within(1e-9));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(rows.get(3).ours().orElseThrow()).isCloseTo(0.7, within(1e-9));
        assertThat(rows.get(3).remark())
                .contains("over 3 tables: better on 2, worse on 1")
                .contains("p = 0.5");
        assertThat(rows.get(6).label()).contains("forest");
        assertThat(rows.get(6).ours().orElseThrow()).isCloseTo(-2.3, within(1e-9));
        assertThat(rows.get(6).outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(rows.get(7).ours()).hasValue(100);
        var plots = Experiments.named("h")
                .getFirst()
                .plots(new Results(Map.of(), Map.of("table-depths", new Records(values))));
        assertThat(plots).isEmpty();
    }
}
