package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.benchmarks.experiments.measurement.TableDepths;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Results;

/** Deep networks on small tables: they do not overfit, and how they stand beside a forest. */
final class TableDepth implements Experiment {
    private static final List<String> TABLES = List.of(
            "banknote",
            "breast-cancer",
            "breast-cancer-ljubljana",
            "german",
            "glass",
            "ionosphere",
            "iris",
            "mushroom",
            "penguins",
            "sonar",
            "wine");
    private static final List<String> FEW = List.of("breast-cancer", "glass", "iris", "sonar", "wine");

    @Override
    public String name() {
        return "table-depth";
    }

    @Override
    public String letter() {
        return "h";
    }

    @Override
    public String title() {
        return "Deep networks do not overfit small tables";
    }

    @Override
    public String source() {
        return "M. Olson, A. J. Wyner, R. Berk, \"Modern Neural Networks Generalize on Small Data Sets\", NeurIPS 2018";
    }

    @Override
    public String differences() {
        return "Eleven tables in place of 116. As published: hidden layers of 100, He's first values, 25 random splits"
            + " into four fifths and one. Here relu in place of elu, no dropout, Adam with a cosine to 0, batches of"
            + " 50 and 1,000 steps whatever the table; three learning rates (3e-4, 1e-3, 3e-3) and three depths of the"
            + " forest's trees (4, 8, any) are tried on a fifth of the training rows, the published networks and"
            + " forests were not tuned. The decomposition of a network into uncorrelated parts by linear programs is"
            + " not repeated.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(15, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        return List.of(depths(form));
    }

    @Override
    public List<Plot> plots(Results results) {
        Records records = results.measurements().get("table-depths");
        Optional<TableDepths> measured = Optional.ofNullable(records)
                .flatMap(found -> Stream.of(Form.values())
                        .map(TableDepth::depths)
                        .filter(depths -> depths.means(found, TableDepths.FOREST).length > 0)
                        .findFirst());
        if (records == null || measured.isEmpty()) {
            return List.of();
        }
        TableDepths depths = measured.get();
        List<Plot.Series> series = new ArrayList<>();
        series.add(new Plot.Series("networks", networks(depths, records)));
        series.add(new Plot.Series(
                "forest",
                TableDepths.depths().stream()
                        .map(depth -> Plot.Point.of(depth, error(depths, records, TableDepths.FOREST)))
                        .toList()));
        return List.of(new Plot(
                "table-depths",
                "Mean error over tables by the number of hidden layers",
                "hidden layers",
                true,
                "error in %",
                false,
                series));
    }

    private static List<Plot.Point> networks(TableDepths depths, Records records) {
        return TableDepths.depths().stream()
                .map(depth -> Plot.Point.of(depth, error(depths, records, TableDepths.network(depth))))
                .toList();
    }

    private static double error(TableDepths depths, Records records, String learner) {
        return 100
                * (1 - Arrays.stream(depths.means(records, learner)).average().orElse(Double.NaN));
    }

    private static TableDepths depths(Form form) {
        Conditions network = Conditions.of("tables", "mlp").steps(form.choose(1000, 300));
        return new TableDepths(network, form.choose(TABLES, FEW), form.choose(25, 3));
    }
}
