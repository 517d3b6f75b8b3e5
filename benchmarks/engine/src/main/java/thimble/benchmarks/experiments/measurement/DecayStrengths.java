package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import thimble.benchmarks.Cell;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Bootstrap;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/**
 * Error over the strength of weight decay, with one λ and with λ by layer. In each repeat both try the same strengths on a fifth of the
 * examples; the curves are those of these trainings, the tuned error is that of a training on all examples with the λ chosen.
 *
 * @param conditions how networks train; the model changes
 * @param networks the networks
 * @param sizes numbers of examples with their repeats
 * @param main the number of examples at which curves are drawn and ranges of λ compared
 */
public record DecayStrengths(Conditions conditions, List<DecayNetwork> networks, List<Size> sizes, int main)
        implements Measurement {
    static final String ONE = "l2";
    static final String LAYERWISE = "layerwise-decay";

    /** λ; of the last layer where it differs by layer. */
    private static final double[] STRENGTHS = {
        2e-5, 5e-5, 1.25e-4, 3e-4, 8e-4, 2e-3, 5e-3, 1.25e-2, 3e-2, 8e-2, 0.2, 0.5
    };

    private static final double PUBLISHED = 20;
    private static final double REACHED = 15;
    private static final double SLACK = 0.5;
    private static final double TOLERANT = 1.5;
    private static final int RESAMPLES = 2_000;
    private static final String CHOSEN = "chosen";
    private static final String TUNED = "tuned";

    @Override
    public String name() {
        return "decay-strengths";
    }

    @Override
    public String title() {
        return "One λ against λ by layer: tuned error, and how exactly λ must be met";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (Size size : sizes) {
            for (int repeat = 1; repeat <= size.repeats(); repeat++) {
                for (DecayNetwork network : networks) {
                    for (String method : List.of(ONE, LAYERWISE)) {
                        int r = repeat;
                        runs.add(new Run(
                                key(network, method, size.examples(), r),
                                bench -> values(bench, network, method, size.examples(), r)));
                    }
                }
            }
        }
        return runs;
    }

    private Map<String, Double> values(Bench bench, DecayNetwork network, String method, int examples, int repeat) {
        Conditions here = conditions.model(network.spec());
        GridSearch search = new GridSearch(bench, bench.parts(here, examples, repeat), bench.seed() + repeat - 1);
        List<GridSearch.Candidate> candidates = Arrays.stream(STRENGTHS)
                .mapToObj(lambda -> new GridSearch.Candidate(here, method + ":lambda=" + lambda))
                .toList();
        List<GridSearch.Tried> tried = search.tried(candidates);
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < STRENGTHS.length; i++) {
            values.put(validation(i), tried.get(i).validation());
            values.put(test(i), tried.get(i).test());
        }
        GridSearch.Candidate best = GridSearch.best(tried).candidate();
        values.put(CHOSEN, STRENGTHS[candidates.indexOf(best)]);
        values.put(TUNED, search.learnt(best).test());
        return values;
    }

    @Override
    public String extent() {
        return STRENGTHS.length + " strengths, "
                + conditions.training().budget().text() + "; samples (repeats): " + Size.text(sizes);
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (DecayNetwork network : networks) {
            sizes.stream()
                    .sorted(Comparator.comparingInt(Size::examples))
                    .forEach(size -> rows.add(reduction(network, size, records)));
        }
        networks.forEach(network -> rows.add(tolerance(network, records)));
        return rows;
    }

    /** By which share of the errors with one λ there are fewer with λ by layer, both tuned. */
    private Finding reduction(DecayNetwork network, Size size, Records records) {
        String label = network.label() + ", n = " + size.examples() + ": fewer errors with λ by layer";
        List<Integer> pairs = pairs(network, size.examples(), records);
        if (pairs.isEmpty()) {
            return Finding.open(label, Unit.PERCENT, OptionalDouble.of(PUBLISHED));
        }
        double[] one = values(network, ONE, size.examples(), pairs, TUNED, records);
        double[] layerwise = values(network, LAYERWISE, size.examples(), pairs, TUNED, records);
        double error = 1 - Student.mean(one);
        double[] shares = IntStream.range(0, one.length)
                .mapToDouble(i -> 100 * (layerwise[i] - one[i]) / error)
                .toArray();
        Optional<Interval> interval = Records.interval(shares);
        return Finding.judged(
                        label,
                        Unit.PERCENT,
                        Student.mean(shares),
                        interval,
                        OptionalDouble.of(PUBLISHED),
                        interval.map(ci -> Rules.reaches(ci, REACHED)).orElse(Outcome.REPORTED))
                .remark("errors " + Unit.PERCENT.text(100 * error) + " with one λ, "
                        + Unit.PERCENT.text(100 * (1 - Student.mean(layerwise))) + " by layer; claimed: the interval"
                        + " reaches " + Unit.NUMBER.number(REACHED) + " %");
    }

    /** The factor between the ends of the range of λ within half a point of the best, by layer over one. */
    private Finding tolerance(DecayNetwork network, Records records) {
        String label = network.label() + ", n = " + main + ": width of the range of λ, by layer over one";
        List<Integer> pairs = pairs(network, main, records);
        if (pairs.isEmpty()) {
            return Finding.open(label, Unit.FACTOR, OptionalDouble.empty());
        }
        int[] all = IntStream.range(0, pairs.size()).toArray();
        double[][] one = curves(network, ONE, pairs, records);
        double[][] layerwise = curves(network, LAYERWISE, pairs, records);
        StrengthRange wide = range(layerwise, all);
        StrengthRange narrow = range(one, all);
        double ours = wide.factor() / narrow.factor();
        Optional<Interval> interval = pairs.size() < 2
                ? Optional.empty()
                : Optional.of(new Bootstrap(RESAMPLES, main)
                        .percentile(
                                pairs.size(),
                                Cell.LEVEL,
                                picks -> range(layerwise, picks).factor()
                                        / range(one, picks).factor()));
        Outcome outcome = network.deep() ? Rules.ratio(ours, interval, TOLERANT) : Outcome.REPORTED;
        return Finding.judged(label, Unit.FACTOR, ours, interval, OptionalDouble.empty(), outcome)
                .remark((network.deep() ? "claimed: at least 1.5, and more than 1 beyond doubt; " : "")
                        + "within 0.5 points of the best: one λ " + text(narrow) + ", by layer " + text(wide));
    }

    private static String text(StrengthRange range) {
        return Unit.NUMBER.number(range.low()) + " … " + Unit.NUMBER.number(range.high())
                + (range.ended() ? "" : " (to the end of those tried)");
    }

    private static StrengthRange range(double[][] curves, int[] picks) {
        return StrengthRange.of(STRENGTHS, mean(curves, picks), SLACK);
    }

    private static double[] mean(double[][] curves, int[] picks) {
        return IntStream.range(0, STRENGTHS.length)
                .mapToDouble(i -> Arrays.stream(picks)
                        .mapToDouble(pick -> curves[pick][i])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /** Error over λ of a network, with a ring at the λ that validation chose: the middle one over repeats. */
    public Optional<Plot> plot(DecayNetwork network, Records records) {
        List<Integer> pairs = pairs(network, main, records);
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        List<Plot.Series> series = List.of(
                new Plot.Series("λ by layer", points(network, LAYERWISE, pairs, records)),
                new Plot.Series("one λ", points(network, ONE, pairs, records)));
        return Optional.of(new Plot(
                "decay-" + network.label().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                network.label() + ", " + main
                        + " digits: test error over λ (of the last layer), ringed where validation" + " chose",
                "λ",
                true,
                "test error in %",
                true,
                series));
    }

    private List<Plot.Point> points(DecayNetwork network, String method, List<Integer> pairs, Records records) {
        double[][] curves = curves(network, method, pairs, records);
        double[] chosen = values(network, method, main, pairs, CHOSEN, records);
        Arrays.sort(chosen);
        double middle = chosen[(chosen.length - 1) / 2];
        return IntStream.range(0, STRENGTHS.length)
                .mapToObj(i -> {
                    double[] here =
                            Arrays.stream(curves).mapToDouble(curve -> curve[i]).toArray();
                    return new Plot.Point(
                            STRENGTHS[i], Student.mean(here), Records.interval(here), STRENGTHS[i] == middle);
                })
                .toList();
    }

    /** Test errors in percent by repeat and strength. */
    private double[][] curves(DecayNetwork network, String method, List<Integer> pairs, Records records) {
        double[][] curves = new double[pairs.size()][STRENGTHS.length];
        for (int i = 0; i < STRENGTHS.length; i++) {
            double[] accuracy = values(network, method, main, pairs, test(i), records);
            for (int pair = 0; pair < curves.length; pair++) {
                curves[pair][i] = 100 * (1 - accuracy[pair]);
            }
        }
        return curves;
    }

    /** Repeats in which both methods were measured. */
    private List<Integer> pairs(DecayNetwork network, int examples, Records records) {
        return sizes.stream()
                .filter(size -> size.examples() == examples)
                .flatMap(size -> IntStream.rangeClosed(1, size.repeats()).boxed())
                .filter(repeat -> List.of(ONE, LAYERWISE).stream()
                        .allMatch(method -> records.values().containsKey(key(network, method, examples, repeat))))
                .toList();
    }

    private double[] values(
            DecayNetwork network, String method, int examples, List<Integer> pairs, String name, Records records) {
        return records.values(
                pairs.stream()
                        .map(repeat -> key(network, method, examples, repeat))
                        .toList(),
                name);
    }

    private String key(DecayNetwork network, String method, int examples, int repeat) {
        return method + " | " + network.spec() + " | "
                + conditions.training().budget().text() + " | n=" + examples + " | repeat " + repeat;
    }

    private static String validation(int strength) {
        return "validation at " + STRENGTHS[strength];
    }

    private static String test(int strength) {
        return "test at " + STRENGTHS[strength];
    }
}
