package thimble.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thimble.backend.Backends;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.ExperimentRun;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Reproduction;
import thimble.benchmarks.reproduction.Workplace;
import thimble.datasets.Catalogue;
import thimble.datasets.DataFolders;

/** Repeats published experiments and prints ours beside published. */
@Command(
        name = "reproduce",
        description = "Repeat a published experiment: ours beside published, with intervals and a verdict.",
        footer = {
            "",
            "Results are kept: the same command goes on where it was stopped.",
            "  thimble reproduce                     what there is, with the time it takes",
            "  thimble reproduce a --quick           in minutes, for the direction",
            "  thimble reproduce a --write docs/reproductions.md"
        })
final class ReproduceCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "An experiment, or the letter of several; without one they are listed.")
    private @Nullable String name;

    @Option(names = "--quick", description = "In minutes: fewer steps, sizes and repeats.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for results (default: reproduce-NAME).")
    private @Nullable Path out;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Document whose section is replaced (default: reproductions.md in the folder for results).")
    private @Nullable Path document;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where named data sets are (default: THIMBLE_DATA, then the user's cache).")
    private @Nullable Path data;

    @Option(names = "--report", description = "Run nothing: report what is there.")
    private boolean report;

    @Option(names = "--dry-run", description = "Show what would run, and stop.")
    private boolean dryRun;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Inject
    ReproduceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (name == null) {
            new ReproduceListing(console).print(global.json);
            return ExitCode.OK;
        }
        List<Experiment> experiments = Experiments.named(name);
        Backends.Choice backend = global.choose(1);
        try (Interruption interruption = new Interruption()) {
            for (Experiment experiment : experiments) {
                int code = one(experiment, experiments.size() > 1, backend, interruption);
                if (code != ExitCode.OK) {
                    return code;
                }
            }
        }
        return ExitCode.OK;
    }

    private int one(Experiment experiment, boolean several, Backends.Choice backend, Interruption interruption) {
        Form form = quick ? Form.QUICK : Form.FULL;
        Path folder = folder(experiment, several);
        ExperimentRun run = new ExperimentRun(experiment, workplace(folder, form, backend));
        if (!global.quiet) {
            new ReproduceListing(console).announce(experiment, form, backend.reason(), folder);
        }
        if (dryRun) {
            run.check();
            return ExitCode.OK;
        }
        Reproduction reproduction;
        if (report) {
            reproduction = run.read();
        } else {
            try (ReproduceProgress progress = new ReproduceProgress(console, global.quiet)) {
                reproduction = run.run(progress, interruption);
            }
        }
        ReproduceResult result = new ReproduceResult(console, reproduction);
        Path written = document == null ? folder.resolve("reproductions.md") : document;
        result.write(folder, written);
        if (interruption.getAsBoolean()) {
            console.err().println("stopped; what is finished is saved in " + folder + "; the same command goes on");
            return ExitCode.INTERRUPTED;
        }
        result.print(global.json);
        if (!global.quiet) {
            console.err().println("\nwritten to " + written);
        }
        return ExitCode.OK;
    }

    private Workplace workplace(Path folder, Form form, Backends.Choice backend) {
        Catalogue catalogue = Catalogue.installed();
        List<Path> folders = DataFolders.search(Optional.ofNullable(data));
        String typed = "thimble "
                + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
        return new Workplace(
                folder,
                wanted -> catalogue.source(wanted).load(folders),
                new NetworkTrials(backend.backend()),
                backend.backend(),
                Surroundings.of(backend, typed),
                global.workers(),
                global.seed,
                form);
    }

    private Path folder(Experiment experiment, boolean several) {
        String own = "reproduce-" + experiment.name() + (quick ? "-quick" : "");
        if (out == null) {
            return Path.of(own);
        }
        return several ? out.resolve(own) : out;
    }
}
