package thimble.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.Arm;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.Config;
import thimble.benchmarks.FallbackTrials;
import thimble.benchmarks.Metric;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.Summary;
import thimble.benchmarks.TrialExecutor;
import thimble.benchmarks.TrialRunner;
import thimble.benchmarks.TrialStore;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Targets;
import thimble.datasets.Crop;

/** Compares methods on data: the main job. */
@Command(
        name = "compare",
        description = "Find out which methods help on your data, with evidence.",
        footer = {
            "",
            "Methods are joined by + and listed with commas; the first is the baseline. A value in brackets is tuned:",
            "  thimble compare --methods none,dropout:rate=0.5,dropout+spectreg:lambda=[1e-5..1e-2] --tune 10",
            "  thimble compare --data parts/ --repeats 3",
            "  thimble compare --data table.csv --label price"
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Mixin
    private DataChoice data = new DataChoice();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--test",
            paramLabel = "PATH|FRACTION|cv:K",
            description = "Where held-out examples come from: files like --data, a share such as 0.2, or K-fold"
                    + " cross-validation (default: the official test set, else cv:5).")
    private @Nullable String test;

    @Option(
            names = "--methods",
            paramLabel = "SPEC",
            description = "Methods to compare, separated by commas; the first is the baseline.")
    private @Nullable String methods;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            description = "Numbers of training examples (default: three up to 1,000).")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Repeats of everything with other seeds (default: 6, or 2 with cross-validation).")
    private @Nullable Integer repeats;

    @Option(
            names = "--crop",
            paramLabel = "T,L,H,W",
            description = "Rectangle of pictures to use: top, left, height and width in pixels (default: all).")
    private @Nullable String crop;

    @Option(names = "--tune", paramLabel = "N", description = "Tuning trials for every method and size (default: 0).")
    private int tune;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What is compared: accuracy, balanced-accuracy, rmse … (default: by the kind of target).")
    private @Nullable String metric;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for results (default: thimble-DATA-K).")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description = "Go on with the comparison in --out, or with the latest one of these data.")
    private boolean resume;

    @Option(
            names = "--replicas",
            paramLabel = "K",
            description =
                    "Repeats and tuning trials of a method that train as one program: a number, 1 for none, or auto"
                            + " for as many as pay on the backend (default: auto).")
    private String replicas = "auto";

    @Mixin
    private FallbackOption fallback = new FallbackOption();

    @Option(names = "--force", description = "Replace the results in --out.")
    private boolean force;

    @Option(names = "--dry-run", description = "Show what would run, and stop.")
    private boolean dryRun;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Inject
    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int workers = global.workers();
        DataChoice.Chosen chosen = cropped(withTest(data.read()));
        Backends.Choice backend = global.choose(1);
        Optional<Backends.Choice> other = fallback.choose(1);
        NetworkTrials runner = new NetworkTrials(backend.backend(), replicas(backend.backend()));
        Comparison all = comparison(chosen);
        Comparison comparison = methods == null ? all.fitting(runner) : all;
        comparison.check(runner);
        Path folder = folder(chosen.name());
        if (!global.quiet) {
            announce(chosen, backend, comparison, folder);
        }
        if (dryRun) {
            return ExitCode.OK;
        }
        String typed = "thimble "
                + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
        Config config = Config.of(comparison, runner, Surroundings.of(backend, typed));
        try (Interruption interruption = new Interruption();
                TrialStore store =
                        resume ? TrialStore.resume(folder, config) : TrialStore.create(folder, config, force)) {
            TrialExecutor.Outcome outcome = run(comparison, runner, other, workers, store, interruption);
            Summary summary = Summary.of(store);
            CompareResult result = new CompareResult(console, store, summary);
            result.write();
            if (outcome.interrupted()) {
                console.err()
                        .println("stopped; " + outcome.trials().size() + " trials are saved in " + folder
                                + "; --resume goes on");
                return ExitCode.INTERRUPTED;
            }
            result.print(global.json);
            return summary.lost().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private TrialExecutor.Outcome run(
            Comparison comparison,
            NetworkTrials runner,
            Optional<Backends.Choice> other,
            int workers,
            TrialStore store,
            Interruption interruption) {
        LiveLines lines = new LiveLines(console, global.quiet);
        TrialRunner safe = other.<TrialRunner>map(choice -> new FallbackTrials(
                        runner,
                        new NetworkTrials(choice.backend()),
                        choice.backend().name(),
                        FallbackOption.telling(lines, choice)))
                .orElse(runner);
        try (CompareProgress progress = new CompareProgress(lines, comparison.metric())) {
            return new TrialExecutor(workers).run(comparison, safe, store, progress, interruption);
        }
    }

    private int replicas(Backend backend) {
        if (replicas.equals("auto")) {
            return backend.replicas();
        }
        if (!replicas.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "[--replicas] expected auto or a number from 1 to 9999 but received " + replicas);
        }
        return Integer.parseInt(replicas);
    }

    private void announce(DataChoice.Chosen chosen, Backends.Choice backend, Comparison comparison, Path folder) {
        boolean mnistAbsent = !data.given() && chosen.name().equals("glyphs");
        int arms = comparison.arms().size();
        int trials = arms * comparison.sizes().size() * comparison.trials();
        String plan = String.format(
                Locale.ROOT,
                "%d %s × %d %s × %d repeats = %,d trials%s",
                arms,
                arms == 1 ? "method" : "methods",
                comparison.sizes().size(),
                comparison.sizes().size() == 1 ? "size" : "sizes",
                comparison.trials(),
                trials,
                tune == 0 ? ", untuned" : "; " + tune + " tuning trials per method and size");
        TextTable table = new TextTable()
                .row(chosen.name(), chosen.counts() + ", " + chosen.origin())
                .row("backend", backend.reason())
                .row(
                        "model",
                        comparison.model() + ", "
                                + comparison.training().budget().text() + ", batch "
                                + comparison.training().batch())
                .row("plan", console.unicode() ? plan : plan.replace('×', 'x'))
                .row("results", folder + "/   Ctrl-C saves; --resume goes on");
        console.err().println(table);
        if (mnistAbsent) {
            console.err().println("\nMNIST is not on this machine; 'thimble datasets fetch mnist' gets it (11.6 MB).");
        }
        console.err().println();
    }

    private DataChoice.Chosen withTest(DataChoice.Chosen chosen) {
        if (test == null || !protocolIsPath(test)) {
            return chosen;
        }
        Dataset held = data.alike(Path.of(test), chosen.parts().train());
        DatasetSource.Parts parts = new DatasetSource.Parts(
                chosen.parts().train(), Optional.of(held), chosen.parts().decoder());
        return new DataChoice.Chosen(chosen.name(), parts, chosen.origin(), chosen.unreadable());
    }

    private DataChoice.Chosen cropped(DataChoice.Chosen chosen) {
        if (crop == null) {
            return chosen;
        }
        DatasetSource.Parts parts = Crop.parse(crop).apply(chosen.parts());
        return new DataChoice.Chosen(chosen.name(), parts, chosen.origin(), chosen.unreadable());
    }

    private static boolean protocolIsPath(String text) {
        return !text.startsWith("cv:") && !text.matches("[0-9.]+(e-?[0-9]+)?");
    }

    private Comparison comparison(DataChoice.Chosen chosen) {
        Protocol protocol = protocol(chosen.parts());
        boolean classes = chosen.parts().train().targets() instanceof Targets.Classes;
        DatasetSource.Parts parts = protocol instanceof Protocol.Given
                ? chosen.parts()
                : new DatasetSource.Parts(
                        chosen.parts().train(), Optional.empty(), chosen.parts().decoder());
        return new Comparison(
                chosen.name(),
                parts,
                Defaults.model(training.model, data.given(), parts.train()),
                Arm.parseList(methods == null ? Defaults.methods(parts.train()) : methods),
                sizes.isEmpty() ? Defaults.sizes(parts.train(), protocol) : sizes,
                repeats == null ? protocol instanceof Protocol.Folds ? 2 : 6 : repeats,
                training.training(classes, tune),
                tune,
                protocol,
                Metric.of(metric == null ? classes ? "accuracy" : "rmse" : metric),
                global.seed);
    }

    private Protocol protocol(DatasetSource.Parts parts) {
        if (test == null) {
            return parts.test().isPresent() ? new Protocol.Given() : new Protocol.Folds(5);
        }
        return protocolIsPath(test) ? new Protocol.Given() : Protocol.parse(test);
    }

    private Path folder(String name) {
        if (out != null) {
            return out;
        }
        String stem = "thimble-" + name.replaceAll("[^A-Za-z0-9._-]", "-") + "-";
        int next = Arrays.stream(Optional.ofNullable(
                                Path.of("").toAbsolutePath().toFile().list())
                        .orElse(new String[0]))
                .filter(file ->
                        file.startsWith(stem) && file.substring(stem.length()).matches("[0-9]{1,6}"))
                .map(file -> Integer.parseInt(file.substring(stem.length())))
                .max(Integer::compare)
                .map(last -> resume ? last : last + 1)
                .orElse(1);
        return Path.of(stem + next);
    }
}
