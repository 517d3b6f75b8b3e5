package thimble.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import thimble.backend.BackendException;
import thimble.backend.Backends;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.Metric;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.TrialTask;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.train.Evaluation;
import thimble.train.Model;
import thimble.train.SavedModel;
import thimble.train.Saving;
import thimble.train.Signature;
import thimble.train.TrainedModel;
import thimble.train.TrainingListener;

/** Trains one model on all training examples and saves it as one file. */
@Command(
        name = "train",
        description = "Train a model on all training examples and save it as one file.",
        footer = {
            "",
            "Examples:",
            "  thimble train --data parts/ --methods dropout+spectreg --out parts.model",
            "  thimble train --dataset mnist --steps 2000 --model lenet",
            "  thimble train --data table.csv --methods ensemble:members=5+dropout --out table.model",
            "  thimble train --data table.csv --methods forest"
        })
final class TrainCommand implements Callable<Integer> {
    private static final int SAVE_EVERY = 500;

    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Mixin
    private DataChoice data = new DataChoice();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--methods",
            paramLabel = "SPEC",
            description =
                    "Methods joined by +, as an arm of compare: dropout:rate=0.5+spectreg, ensemble, forest (default:"
                            + " none).")
    private String methods = "none";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes (default: DATA.model).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", description = "Go on with an interrupted training of the same command.")
    private boolean resume;

    @Mixin
    private FallbackOption fallback = new FallbackOption();

    @Option(names = "--force", description = "Replace the model in --out.")
    private boolean force;

    @Inject
    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ArmMethods all = ArmMethods.of(Arm.parse(methods));
        all.checkSaved();
        if (resume && !all.oneNetwork()) {
            throw new IllegalArgumentException("[--resume] expected methods for one network, whose training can go on,"
                    + " but received " + methods);
        }
        DataChoice.Chosen chosen = data.read();
        Path file = out.orElse(Path.of(chosen.name().replaceAll("[^A-Za-z0-9._-]", "-") + ".model"));
        Path checkpoint = file.resolveSibling(file.getFileName() + ".checkpoint");
        check(file, checkpoint);
        Backends.Choice backend = global.choose(global.workers());
        Optional<Backends.Choice> other = fallback.choose(global.workers());
        NetworkTrials trials = new NetworkTrials(backend.backend());
        Comparison comparison = comparison(chosen);
        trials.tunables(comparison, comparison.baseline());
        trials.check(comparison, comparison.baseline());
        if (!global.quiet) {
            console.err()
                    .println(new TextTable()
                            .row(chosen.name(), chosen.counts() + ", " + chosen.origin())
                            .row("backend", backend.reason())
                            .row("model", line(all, comparison))
                            .row("result", file + (all.oneNetwork() ? "   Ctrl-C saves; --resume goes on" : "")));
        }
        // Once the interruption is closed the process may end: what is to be said of it is said before.
        try (Interruption interruption = new Interruption()) {
            try (LiveLines lines = new LiveLines(console, global.quiet);
                    SavedModel model =
                            fitted(task(comparison, lines, interruption), all, checkpoint, backend, other, lines)) {
                model.save(file);
                checkpoint.toFile().delete();
                lines.clear();
                report(chosen, model, file);
                return ExitCode.OK;
            } catch (CancellationException stopped) {
                console.err()
                        .println(
                                Files.exists(checkpoint)
                                        ? "stopped; the training is saved in " + checkpoint + "; --resume goes on"
                                        : "stopped; nothing was saved");
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private SavedModel fitted(
            TrialTask task,
            ArmMethods all,
            Path checkpoint,
            Backends.Choice backend,
            Optional<Backends.Choice> other,
            LiveLines lines) {
        NetworkTrials trials = new NetworkTrials(backend.backend());
        try {
            Model made = all.oneNetwork() ? trials.fit(task, new Saving(checkpoint, SAVE_EVERY)) : trials.fit(task);
            return saved(made, task.train(), backend);
        } catch (BackendException failure) {
            Backends.Choice next = other.orElseThrow(() -> failure);
            FallbackOption.telling(lines, next).accept(String.valueOf(failure.getMessage()));
            // A checkpoint belongs to its backend, whose bits no other has.
            checkpoint.toFile().delete();
            return fitted(task, all, checkpoint, next, Optional.empty(), lines);
        }
    }

    private void check(Path file, Path checkpoint) {
        if (Files.exists(file) && !force) {
            throw new IllegalArgumentException(
                    "[--out] expected a new file but " + file + " exists; --force replaces it");
        }
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "[--out] expected a file in a folder that can be written but received " + file);
        }
        if (resume != Files.exists(checkpoint)) {
            throw new IllegalArgumentException(
                    resume
                            ? "[--resume] expected an interrupted training in " + checkpoint + " but there is none"
                            : "[--out] an interrupted training is saved in " + checkpoint
                                    + "; --resume goes on, or delete that file");
        }
    }

    /** The training as an arm of a comparison, so that compare and train learn alike. */
    private Comparison comparison(DataChoice.Chosen chosen) {
        Dataset train = chosen.parts().train();
        boolean classes = train.targets() instanceof Targets.Classes;
        return new Comparison(
                chosen.name(),
                chosen.parts(),
                training.model,
                List.of(Arm.parse(methods)),
                List.of(train.size()),
                1,
                training.training(classes, 0),
                0,
                new Protocol.Given(),
                Metric.of(classes ? "accuracy" : "rmse"),
                global.seed);
    }

    private static TrialTask task(Comparison comparison, LiveLines lines, Interruption interruption) {
        Dataset train = comparison.data().train();
        return new TrialTask(
                comparison,
                comparison.baseline(),
                Map.of(),
                train,
                train,
                comparison.data().decoder(),
                comparison.seed(),
                listener(lines),
                interruption);
    }

    private String line(ArmMethods all, Comparison comparison) {
        if (all.learner().isPresent()) {
            return methods;
        }
        long steps = comparison
                .training()
                .budget()
                .steps(comparison.data().train().size(), comparison.training().batch());
        String members =
                all.ensemble().map(several -> several.members() + " of ").orElse("");
        return members + training.model + ", " + steps + " steps";
    }

    private SavedModel saved(Model model, Dataset train, Backends.Choice backend) {
        if (model instanceof TrainedModel network) {
            return SavedModel.of(network);
        }
        SequencedMap<String, String> provenance = new LinkedHashMap<>();
        provenance.put("methods", methods);
        provenance.put("model", training.model);
        provenance.put("seed", Long.toString(global.seed));
        provenance.put("data", train.name());
        provenance.put("examples", Integer.toString(train.size()));
        provenance.put("backend", backend.backend().description());
        return new SavedModel(model, Signature.of(train), provenance);
    }

    private static TrainingListener listener(LiveLines lines) {
        return new TrainingListener() {
            @Override
            public void step(long step, long steps, double loss) {
                lines.update(
                        (double) step / steps,
                        () -> List.of("training  %s  %s"
                                .formatted(
                                        lines.bar((double) step / steps, 26),
                                        String.format(Locale.ROOT, "step %,d of %,d   loss %.4f", step, steps, loss))));
            }
        };
    }

    private void report(DataChoice.Chosen chosen, SavedModel model, Path file) {
        Evaluation train = Evaluation.of(model, chosen.parts().train());
        Optional<Evaluation> test = chosen.parts().test().map(held -> Evaluation.of(model, held));
        new EvaluationResult(console, global.json).print(file, model, train, test);
    }
}
