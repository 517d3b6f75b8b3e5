package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import thimble.benchmarks.Summary;
import thimble.benchmarks.experiments.measurement.GapEstimator;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.GapLevel;
import thimble.benchmarks.reproduction.check.GapReduction;
import thimble.benchmarks.reproduction.check.Published;
import thimble.benchmarks.statistics.Student;

/** What methods do to the generalization gap of a LeNet on few digits, from a memoriser down, and how well few held-out examples tell the gap. */
final class GeneralizationGap implements Experiment {
    private static final String STUDY = "methods";
    private static final String NONE = "none";
    private static final String MEMORISER = "memoriser";
    private static final String L1 = "l1:lambda=[1e-6..1e-3]";
    private static final String L2 = "l2:lambda=[1e-5..1e-2]";
    private static final String DROPOUT = "dropout:rate=[0.3|0.5|0.7]";
    private static final String DROPCONNECT = "dropconnect:rate=[0.3|0.5|0.7]";
    private static final String BAGGING = "bagging:members=5";
    private static final String VOTE = "bagging:members=5,combine=vote";
    private static final List<String> METHODS = List.of(L1, L2, DROPOUT, DROPCONNECT, BAGGING, VOTE);
    private static final List<String> NAMES =
            List.of("L1", "L2", "dropout", "dropconnect", "bagging of 5, averaged", "bagging of 5, by vote");

    @Override
    public String name() {
        return "generalization-gap";
    }

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "Regularization narrows the generalization gap, which few held-out examples tell";
    }

    @Override
    public String source() {
        return "K. Antczak, \"On Regularization Properties of Artificial Datasets for Deep Learning\", 2019";
    }

    @Override
    public String differences() {
        return "No numbers were published. LeNet 20-50-500, Adam at 1e-3 with a cosine to 0, batches of 50, 1,000"
            + " steps; strengths are tuned for accuracy, not for the gap, on a fifth of the training digits. The gap"
            + " is test minus training log loss in evaluation mode. Votes of 5 members are shares with one uniform"
            + " vote added, so that their log loss is finite: their gap is not on the scale of the others. Cut: 5"
            + " members in place of 10 or more, two sizes.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(20, 2));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions digits = digits(form);
        Study study = Study.of(
                        STUDY,
                        "What methods do to the gap between test and training loss",
                        digits.tune(form.choose(4, 1)))
                .arms(arms());
        int[] sizes = form.choose(new int[] {500, 2000}, new int[] {200});
        study = study.sizes(form.choose(6, 2), sizes);
        for (int size : sizes) {
            study = study.check(checks(size).toArray(Check[]::new));
        }
        return List.of(study, estimator(form));
    }

    @Override
    public List<Plot> plots(Results results) {
        Stream<Plot> gaps = Optional.ofNullable(results.studies().get(STUDY)).flatMap(GeneralizationGap::plot).stream();
        Stream<Plot> told = Optional.ofNullable(
                        results.measurements().get(estimator(Form.FULL).name()))
                .stream()
                .flatMap(records -> Stream.of(Form.values())
                        .flatMap(form -> estimator(form).plot(records).stream())
                        .limit(1));
        return Stream.concat(gaps, told).toList();
    }

    /** The gap over the number of digits, a curve for each method but votes, whose losses are on another scale; none if nothing ran yet. */
    private static Optional<Plot> plot(Summary summary) {
        List<Plot.Series> curves = new ArrayList<>();
        for (String arm : arms()) {
            List<Plot.Point> points = summary.config().sizes().stream()
                    .flatMap(size -> summary.cell(arm, size).stream())
                    .filter(cell -> cell.gaps().length > 0)
                    .map(cell -> new Plot.Point(
                            cell.size(), Student.mean(cell.gaps()), Records.interval(cell.gaps()), false))
                    .toList();
            if (!arm.equals(VOTE) && !points.isEmpty()) {
                int method = METHODS.indexOf(arm);
                curves.add(new Plot.Series(method < 0 ? arm : NAMES.get(method), points));
            }
        }
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(
                        STUDY,
                        "Gap between test and training loss",
                        "training examples",
                        true,
                        "test minus training log loss",
                        true,
                        curves));
    }

    private static Conditions digits(Form form) {
        return Conditions.of("mnist", "lenet").steps(form.choose(1000, 100));
    }

    private static GapEstimator estimator(Form form) {
        return new GapEstimator(digits(form), form.choose(500, 200), form.choose(6, 2));
    }

    private static List<String> arms() {
        List<String> arms = new ArrayList<>(List.of(NONE, MEMORISER));
        arms.addAll(METHODS);
        return arms;
    }

    private static List<Check> checks(int size) {
        String at = " · n = " + size;
        List<Check> checks = new ArrayList<>();
        checks.add(new GapLevel(
                "gap of the memoriser: the loss of guessing" + at,
                MEMORISER,
                size,
                Optional.of(new Published(Math.log(10), 0.02))));
        checks.add(GapLevel.of("gap, plain" + at, NONE, size));
        for (int i = 0; i < METHODS.size(); i++) {
            checks.add(GapLevel.of("gap, " + NAMES.get(i) + at, METHODS.get(i), size));
        }
        for (int i = 0; i < METHODS.size(); i++) {
            checks.add(new GapReduction("gap narrowed by " + NAMES.get(i) + at, METHODS.get(i), NONE, size));
        }
        for (int i = 0; i < METHODS.size(); i++) {
            checks.add(Gain.reported("accuracy, " + NAMES.get(i) + " − plain" + at, METHODS.get(i), NONE, size));
        }
        checks.add(new Gain(
                "accuracy, dropout − bagging of 5" + at,
                DROPOUT,
                BAGGING,
                size,
                new Gain.Claim.None(0.5),
                OptionalDouble.empty()));
        return checks;
    }
}
