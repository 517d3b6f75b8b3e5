package thimble.benchmarks.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.Level;
import thimble.benchmarks.statistics.Interval;

/** Models without any method, over numbers of digits; the first is what the others are held against. */
final class ModelCurves {
    private static final String NONE = "none";
    private static final String PLAIN = "model-lenet5";

    /** A model by the name of its study. */
    private record Drawn(String study, String model, boolean large) {}

    private static final List<Drawn> MODELS = List.of(
            new Drawn(PLAIN, "lenet5", false),
            new Drawn("model-harmonic", "lenet5:conv=harmonic", false),
            new Drawn("model-normalised", "lenet5:norm=batch", false),
            new Drawn("model-wide", "wide-resnet:depth=10,width=1", true));

    private ModelCurves() {}

    /** A study for each model; large ones on few digits with fewer repeats. */
    static List<Part> studies(Conditions lenet, Form form) {
        List<Part> studies = new ArrayList<>();
        for (Drawn drawn : MODELS) {
            int[] sizes = sizes(drawn, form);
            Study study = Study.of(drawn.study(), "Accuracy of " + drawn.model(), lenet.model(drawn.model()))
                    .arms(NONE)
                    .sizes(form.choose(drawn.large() ? 3 : 6, drawn.large() ? 1 : 2), sizes);
            for (int size : sizes) {
                study = study.check(Level.of(drawn.model() + ", n = " + size, NONE, size));
            }
            studies.add(study);
        }
        return studies;
    }

    private static int[] sizes(Drawn drawn, Form form) {
        if (form == Form.QUICK) {
            return new int[] {500};
        }
        return drawn.large() ? new int[] {100, 500} : new int[] {100, 500, 2000};
    }

    /** Each model less the first, paired by repeat. */
    static List<Finding> gains(Results results) {
        List<Finding> rows = new ArrayList<>();
        for (Drawn drawn : MODELS.subList(1, MODELS.size())) {
            Optional.ofNullable(results.studies().get(drawn.study()))
                    .ifPresent(summary -> sizes(summary)
                            .forEach(size ->
                                    rows.add(Gain.reported(drawn.model() + " − lenet5, n = " + size, NONE, NONE, size)
                                            .finding(
                                                    results.difference(drawn.study(), NONE, PLAIN, NONE, size),
                                                    Metric.of("accuracy")))));
        }
        return rows;
    }

    /** Error over the number of digits, a curve for each model; none if nothing ran yet. */
    static Optional<Plot> plot(Results results) {
        Map<String, List<Plot.Point>> curves = new LinkedHashMap<>();
        for (Drawn drawn : MODELS) {
            List<Plot.Point> points = new ArrayList<>();
            Optional.ofNullable(results.studies().get(drawn.study()))
                    .ifPresent(summary -> sizes(summary)
                            .forEach(size -> summary.cell(NONE, size).ifPresent(cell -> points.add(point(cell)))));
            if (!points.isEmpty()) {
                curves.put(drawn.model(), points);
            }
        }
        List<Plot.Series> series = curves.entrySet().stream()
                .map(curve -> new Plot.Series(curve.getKey(), curve.getValue()))
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot("models", "Models", "training examples", true, "test error in %", true, series));
    }

    private static Plot.Point point(Cell cell) {
        Interval error =
                new Interval(100 - 100 * cell.ci().high(), 100 - 100 * cell.ci().low());
        boolean several = cell.trials().size() > 1;
        return new Plot.Point(
                cell.size(), 100 - 100 * cell.mean(), several ? Optional.of(error) : Optional.empty(), false);
    }

    private static List<Integer> sizes(Summary summary) {
        return summary.config().sizes();
    }
}
