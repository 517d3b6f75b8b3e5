package thimble.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.benchmarks.AnalyticTrials;
import thimble.benchmarks.Arm;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.Config;
import thimble.benchmarks.Examples;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Study;
import thimble.data.Dataset;
import thimble.data.DatasetSource;

/** Every named experiment, as it stands in its file. */
class ExperimentFilesTest {
    private static final Dataset TRAIN = Examples.classes("train", 6000, 10);
    private static final Dataset TEST = Examples.classes("test", 100, 10);

    static List<Experiment> all() {
        return Experiments.all();
    }

    @Test
    void namesAndLettersFindThem() {
        assertThat(all())
                .extracting(Experiment::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(Experiments.named("d"))
                .extracting(Experiment::name)
                .contains("generalization-gap", "dropping-capacity", "feature-noise", "input-noise");
        assertThat(Experiments.named("small-photographs").getFirst().letter()).isEqualTo("f");
        assertThatThrownBy(() -> Experiments.named("input-nose"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input-noise");
    }

    @ParameterizedTest
    @MethodSource("all")
    void partsHaveNamesOfTheirOwn(Experiment experiment) {
        for (Form form : Form.values()) {
            List<Part> parts = experiment.parts(form);
            assertThat(parts)
                    .extracting(Part::name)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z0-9-]+"));
            for (Part part : parts) {
                if (part instanceof Measurement measurement) {
                    assertThat(measurement.runs(form)).isNotEmpty();
                    assertThat(measurement.runs(form).stream().map(Measurement.Run::key))
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theQuickFormIsAShareOfTheFullOne(Experiment experiment) {
        assertThat(experiment.expected(Form.QUICK)).isLessThanOrEqualTo(Duration.ofMinutes(12));
        assertThat(experiment.expected(Form.QUICK)).isLessThan(experiment.expected(Form.FULL));
        assertThat(trainings(experiment, Form.QUICK)).isLessThanOrEqualTo(trainings(experiment, Form.FULL));
        assertThat(trainings(experiment, Form.QUICK)).isLessThanOrEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRowOfAStudyNamesAnArmAndASizeThatRun(Experiment experiment) {
        for (Form form : Form.values()) {
            for (Part part : experiment.parts(form)) {
                if (part instanceof Study study && sized(study)) {
                    Summary summary = summary(study);
                    assertThat(study.checks()).isNotEmpty();
                    for (Check check : study.checks()) {
                        assertThat(check.findings(summary))
                                .as(experiment.name() + " " + study.name())
                                .isNotEmpty()
                                .noneMatch(ExperimentFilesTest::absent);
                    }
                }
            }
        }
    }

    @Test
    void modelsAreHeldAgainstTheFirst() {
        Map<String, Summary> studies = new LinkedHashMap<>();
        new MethodCurves()
                .parts(Form.FULL).stream()
                        .filter(part -> part.name().startsWith("model-"))
                        .forEach(part -> studies.put(part.name(), summary((Study) part)));
        Results results = new Results(studies, Map.of());
        assertThat(new MethodCurves().conclusions(results))
                .hasSize(8)
                .noneMatch(ExperimentFilesTest::absent)
                .allMatch(row -> row.ours().orElseThrow() == 0);
        Plot plot = new MethodCurves().plots(results).getFirst();
        assertThat(plot.series()).hasSize(4);
        assertThat(plot.series().getLast().points()).hasSize(2);
        assertThat(plot.series().getFirst().points().getFirst().y()).isBetween(50.0, 51.0);
    }

    /** A worth beyond the sizes measured is open too, but says why. */
    private static boolean absent(Finding row) {
        return row.outcome() == Outcome.OPEN && row.remark().isEmpty();
    }

    private static boolean sized(Study study) {
        return study.sizes().stream().noneMatch(size -> size.examples() == Size.ALL);
    }

    private static int trainings(Experiment experiment, Form form) {
        int sum = 0;
        for (Part part : experiment.parts(form)) {
            sum += switch (part) {
                case Study study ->
                    study.trials()
                            + study.conditions().tune()
                                    * study.arms().size()
                                    * study.sizes().size();
                case Measurement measurement -> measurement.runs(form).size();
            };
        }
        return sum;
    }

    /** What a study would read if everything ran: the later an arm, the better. */
    private static Summary summary(Study study) {
        Conditions conditions = study.conditions();
        Comparison comparison = new Comparison(
                conditions.dataset(),
                new DatasetSource.Parts(TRAIN, Optional.of(TEST), Optional.empty()),
                conditions.model(),
                study.arms().stream().map(Arm::parse).toList(),
                study.sizes().stream().map(Size::examples).toList(),
                study.sizes().stream().mapToInt(Size::repeats).max().orElseThrow(),
                conditions.training(),
                conditions.tune(),
                conditions.protocol(),
                conditions.metric(),
                1);
        List<Trial> trials = new ArrayList<>();
        for (Size size : study.sizes()) {
            for (String arm : study.arms()) {
                for (int repeat = 1; repeat <= size.repeats(); repeat++) {
                    trials.add(trial(study, arm, size.examples(), repeat));
                }
            }
        }
        return Summary.of(Config.of(comparison, new AnalyticTrials(), Examples.environment()), trials, List.of());
    }

    private static Trial trial(Study study, String arm, int size, int repeat) {
        double value = 0.5 + 0.01 * study.arms().indexOf(arm) + 0.0001 * (repeat * 7 % 5) - 1.0 / size;
        String metric = study.conditions().metric().name();
        return new Trial(
                study.conditions().dataset(),
                study.conditions().model(),
                arm,
                size,
                repeat,
                repeat,
                "reference",
                metric,
                Map.of(),
                10,
                Map.of(metric, value, "loss", 1.0),
                Map.of(metric, value, "loss", 0.5),
                1,
                Optional.empty());
    }
}
