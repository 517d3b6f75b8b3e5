package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Study;
import thimble.data.Augmenter;
import thimble.data.DatasetSource;
import thimble.datasets.Catalogue;
import thimble.method.Methods;
import thimble.nn.Architecture;
import thimble.nn.Models;
import thimble.train.Loss;
import thimble.train.Optimizer;

/** The named experiments as written: everything they name exists, and they keep to their time. */
class ExperimentsTest {
    private static final int MOST_QUICK_TRAININGS = 220;

    static Stream<Experiment> all() {
        return Experiments.all().stream();
    }

    private static Stream<Part> parts(Experiment experiment) {
        return Stream.of(Form.values()).flatMap(form -> experiment.parts(form).stream());
    }

    private static Stream<Study> studies(Experiment experiment) {
        return parts(experiment).filter(Study.class::isInstance).map(Study.class::cast);
    }

    @Test
    void namesAreDistinctAndLettersInOrder() {
        assertThat(Experiments.all()).extracting(Experiment::name).doesNotHaveDuplicates();
        assertThat(Experiments.all()).extracting(Experiment::letter).isSorted();
        assertThatThrownBy(() -> Experiments.named("mnist-gradient-table"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'mnist-gradient-tables'?");
        assertThat(Experiments.named("a")).extracting(Experiment::name).contains("mnist-gradient-tables");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everythingNamedExists(Experiment experiment) {
        Catalogue catalogue = Catalogue.installed();
        studies(experiment).forEach(study -> {
            assertThat(catalogue.source(study.conditions().dataset()).name()).isNotEmpty();
            if (!study.conditions().model().equals(Models.AUTO)) {
                assertThat(Methods.parse(Architecture.class, study.conditions().model()))
                        .isNotNull();
            }
            var training = study.conditions().training();
            assertThat(Methods.parse(Optimizer.class, training.optimizer())).isNotNull();
            assertThat(Methods.parse(Loss.class, training.loss())).isNotNull();
            training.augment()
                    .forEach(spec ->
                            assertThat(Methods.parse(Augmenter.class, spec)).isNotNull());
            for (String arm : study.arms()) {
                Arm parsed = Arm.parse(arm);
                assertThat(ArmMethods.of(parsed.with(Map.of()))).isNotNull();
                assertThat(parsed.tunables().isEmpty() || study.conditions().tune() > 0)
                        .as("a tuning budget for " + arm)
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void partsHaveNamesOfTheirOwn(Experiment experiment) {
        for (Form form : Form.values()) {
            List<String> names = experiment.parts(form).stream().map(Part::name).toList();
            assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9][a-z0-9-]*"));
            experiment.parts(form).stream()
                    .filter(Measurement.class::isInstance)
                    .map(part -> ((Measurement) part).runs(form))
                    .forEach(runs -> assertThat(runs)
                            .isNotEmpty()
                            .extracting(Measurement.Run::key)
                            .doesNotHaveDuplicates());
        }
        assertThat(List.of(experiment.title(), experiment.source(), experiment.differences()))
                .doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theQuickFormTakesMinutes(Experiment experiment) {
        assertThat(experiment.expected(Form.QUICK)).isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(experiment.expected(Form.FULL)).isGreaterThanOrEqualTo(experiment.expected(Form.QUICK));
        int trainings = experiment.parts(Form.QUICK).stream()
                .mapToInt(part -> switch (part) {
                    case Study study ->
                        study.trials()
                                + study.conditions().tune()
                                        * study.arms().size()
                                        * study.sizes().size();
                    case Measurement measurement -> measurement.runs(Form.QUICK).size();
                })
                .sum();
        assertThat(trainings).isLessThanOrEqualTo(MOST_QUICK_TRAININGS);
    }

    @Test
    void thePenaltyOfTheJacobianFlattensTheNetworkOfItsExample() {
        DatasetSource.Parts glyphs = Catalogue.installed().source("glyphs").load(List.of());
        int[] some = IntStream.range(0, 640).toArray();
        DatasetSource.Parts few = new DatasetSource.Parts(
                glyphs.train().select(some), glyphs.test().map(test -> test.select(some)), Optional.empty());
        Bench bench = new Bench(new ReferenceBackend(), _ -> few, 1, Path.of("unused"), () -> false);
        Measurement example = (Measurement) Experiments.named("jacobian-example")
                .getFirst()
                .parts(Form.QUICK)
                .getFirst();
        List<Map<String, Double>> penalised = example.runs(Form.QUICK).stream()
                .map(run -> run.work().values(bench))
                .toList();
        assertThat(penalised).hasSize(2);
        assertThat(penalised.get(0).get("before")).isCloseTo(penalised.get(1).get("before"), within(1e-5));
        assertThat(penalised.get(0).get("after"))
                .isLessThan(penalised.get(1).get("after"))
                .isPositive();
        assertThat(penalised).allSatisfy(row -> assertThat(row.get("accuracy")).isBetween(0.0, 100.0));
    }
}
