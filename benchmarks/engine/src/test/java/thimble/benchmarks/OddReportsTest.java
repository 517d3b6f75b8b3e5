package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.report.Report;
import thimble.benchmarks.report.TerminalReport;
import thimble.data.DatasetSource;

/** Comparisons at the edge of what can be drawn: the page and the terminal's result come out whole, without a number that is none. */
class OddReportsTest {
    @Test
    void oneArmOneSizeOneRepeat() {
        check(Examples.comparison("none", List.of(12), 1, 0), trial -> 0.8);
    }

    @Test
    void oneSizeManyArms() {
        check(
                Examples.comparison("none,l1,l2,dropout,ema,max-norm,forest", List.of(12), 6, 0),
                trial -> 0.8
                        + 0.01 * trial.methods().length()
                        + 0.002 * (trial.repeat() * trial.methods().length() % 7));
    }

    @Test
    void noErrorsAtAll() {
        check(Examples.comparison("none,dropout", List.of(12, 30), 6, 0), trial -> 1);
    }

    @Test
    void everythingTheSame() {
        check(Examples.comparison("none,dropout", List.of(12, 30), 6, 0), trial -> 0.5);
    }

    @Test
    void anArmThatAlwaysFails() {
        Summary summary = check(
                Examples.comparison("none,broken", List.of(12, 30), 6, 0),
                trial -> trial.methods().equals("broken") ? Double.NaN : 0.7 + 0.01 * trial.repeat());
        assertThat(Report.html(summary)).contains("Failed trials").contains("12 of 24 trials failed");
        assertThat(summary.lost()).containsExactly("broken");
        assertThat(TerminalReport.text(summary, 200, false, true))
                .endsWith("\nbroken failed in 12 of 12 trials, the first: diverged <at> step 3 & stopped\n");
    }

    @Test
    void anArmThatFailsAtOneSize() {
        Summary summary = check(
                Examples.comparison("none,broken", List.of(12, 30), 6, 0),
                trial -> trial.methods().equals("broken") && trial.size() == 12 ? Double.NaN : 0.7);
        assertThat(summary.lost()).isEmpty();
        assertThat(TerminalReport.failures(summary)).hasSize(1);
    }

    @Test
    void theBaselineAlwaysFails() {
        check(
                Examples.comparison("none,dropout", List.of(12, 30), 6, 0),
                trial -> trial.methods().equals("none") ? Double.NaN : 0.7 + 0.01 * trial.repeat());
    }

    @Test
    void crossValidationSaysItsCorrection() {
        Summary summary = check(
                Examples.comparison("none,dropout", List.of(12, 30), 2, 0, new Protocol.Folds(5)),
                trial -> 0.7
                        + 0.01 * trial.repeat()
                        + (trial.methods().equals("dropout") ? 0.03 + 0.001 * (trial.repeat() % 3) : 0));
        assertThat(Report.html(summary))
                .contains("corrected for overlapping training sets")
                .contains("5 folds × 2 repeats");
        assertThat(summary.json()).contains("paired t corrected for overlapping splits");
    }

    @Test
    void regressionCutsTheRmse() {
        Comparison comparison = new Comparison(
                "yield",
                new DatasetSource.Parts(Examples.numbers(80), Optional.of(Examples.numbers(30)), Optional.empty()),
                "mlp",
                Arm.parseList("none,l2"),
                List.of(20, 40),
                6,
                Examples.training(Tunable.around(1e-3)),
                0,
                new Protocol.Given(),
                Metric.of("rmse"),
                1);
        Summary summary = check(
                comparison,
                trial -> 20.0 / trial.size()
                        + 0.01 * trial.repeat()
                        - (trial.methods().equals("l2") ? 0.05 + 0.001 * trial.repeat() : 0));
        assertThat(Report.html(summary))
                .contains("L2 cuts the RMSE of no regularizer by")
                .contains("Test RMSE");
    }

    @Test
    void trialsOfAFallbackAreCounted() {
        Comparison comparison = Examples.comparison("none", List.of(12), 2, 0);
        List<Trial> trials = TrialExecutor.plan(comparison).stream()
                .map(key -> trial(
                        comparison,
                        key,
                        key.repeat() == 1 ? "cpu" : "reference",
                        Map.of("accuracy", 0.9, "loss", 0.4),
                        Optional.empty()))
                .toList();
        assertThat(Report.html(Summary.of(Examples.config(comparison), trials, List.of())))
                .contains("backend reference, float64, 1 thread, 1 trial on cpu");
    }

    @Test
    void nothingHasRunYet() {
        Comparison comparison = Examples.comparison("none,dropout", List.of(12, 30), 6, 0);
        Summary summary = Summary.of(Examples.config(comparison), List.of(), List.of());
        assertThat(TerminalReport.text(summary, 80, false, true)).contains("Not finished: 24 trials are still to run");
        assertThat(content(Report.html(summary))).doesNotContain("NaN").doesNotContain("Infinity");
    }

    private static Summary check(Comparison comparison, ToDoubleFunction<Trial> value) {
        List<Trial> trials = new ArrayList<>();
        for (TrialKey key : TrialExecutor.plan(comparison)) {
            Trial bare = trial(comparison, key, Map.of(), Optional.empty());
            double metric = value.applyAsDouble(bare);
            trials.add(
                    Double.isNaN(metric)
                            ? trial(comparison, key, Map.of(), Optional.of("diverged <at> step 3 & stopped"))
                            : trial(
                                    comparison,
                                    key,
                                    Map.of(comparison.metric().name(), metric, "loss", 0.4),
                                    Optional.empty()));
        }
        Summary summary = Summary.of(Examples.config(comparison), trials, List.of());
        String html = Report.html(summary);
        assertThat(html).endsWith("</html>\n");
        assertThat(content(html))
                .doesNotContain("NaN")
                .doesNotContain("Infinity")
                .doesNotContain("null");
        assertThat(summary.json()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(TerminalReport.text(summary, 80, false, true))
                .doesNotContain("NaN")
                .doesNotContain("∞");
        return summary;
    }

    /** What people read: style and script left out. */
    private static String content(String html) {
        return html.substring(html.indexOf("<main>"), html.indexOf("</main>"));
    }

    private static Trial trial(
            Comparison comparison, TrialKey key, Map<String, Double> test, Optional<String> failure) {
        return trial(comparison, key, "reference", test, failure);
    }

    private static Trial trial(
            Comparison comparison, TrialKey key, String backend, Map<String, Double> test, Optional<String> failure) {
        return new Trial(
                comparison.dataset(),
                comparison.model(),
                key.methods(),
                key.size(),
                key.repeat(),
                key.repeat(),
                backend,
                comparison.metric().name(),
                Map.of("lr", "0.001"),
                10,
                test,
                Map.of("loss", 0.1),
                0.5,
                failure);
    }
}
