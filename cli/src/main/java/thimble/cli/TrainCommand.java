package thimble.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import thimble.backend.Backends;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.benchmarks.Budget;
import thimble.benchmarks.Training;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.nn.Models;
import thimble.nn.Network;
import thimble.train.Evaluation;
import thimble.train.LearnContext;
import thimble.train.Loss;
import thimble.train.Optimizer;
import thimble.train.Saving;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;
import thimble.train.ValidationStopping;

/** Trains one model on all training examples and saves it as one file. */
@Command(
        name = "train",
        description = "Train a model on all training examples and save it as one file.",
        footer = {
            "",
            "Examples:",
            "  thimble train --data parts/ --methods dropout+spectreg --out parts.model",
            "  thimble train --dataset mnist --steps 2000 --model lenet"
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
            description = "Methods joined by +, as in dropout:rate=0.5+spectreg (default: none).")
    private String methods = "none";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes (default: DATA.model).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", description = "Go on with an interrupted training of the same command.")
    private boolean resume;

    @Option(names = "--force", description = "Replace the model in --out.")
    private boolean force;

    @Inject
    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DataChoice.Chosen chosen = data.read();
        Path file = out.orElse(Path.of(chosen.name().replaceAll("[^A-Za-z0-9._-]", "-") + ".model"));
        Path checkpoint = file.resolveSibling(file.getFileName() + ".checkpoint");
        check(file, checkpoint);
        Backends.Choice backend = global.choose(global.workers());
        Optional<ValidationStopping> stopping =
                ArmMethods.of(Arm.parse(methods)).stopping();
        Optional<Fold> fold = stopping.map(rule -> rule.split(chosen.parts().train(), global.seed));
        DatasetSource.Parts parts = learnt(chosen.parts(), fold);
        Trainer trainer = trainer(parts.train(), backend).saving(new Saving(checkpoint, SAVE_EVERY));
        if (fold.isPresent()) {
            trainer = trainer.stopping(
                    stopping.get().on(fold.get().test(chosen.parts().train())));
        }
        if (!global.quiet) {
            console.err()
                    .println(new TextTable()
                            .row(chosen.name(), chosen.counts() + ", " + chosen.origin())
                            .row("backend", backend.reason())
                            .row(
                                    "model",
                                    training.model + ", "
                                            + trainer.stepsFor(parts.train().size()) + " steps")
                            .row("result", file + "   Ctrl-C saves; --resume goes on"));
        }
        Dataset train = augmented(parts);
        try (Interruption interruption = new Interruption();
                LiveLines lines = new LiveLines(console, global.quiet);
                TrainedModel model = trainer.fit(
                        train, new LearnContext(backend.backend(), global.seed, listener(lines), interruption))) {
            model.save(file);
            checkpoint.toFile().delete();
            lines.clear();
            report(chosen, model, file);
            return ExitCode.OK;
        } catch (CancellationException stopped) {
            console.err().println("stopped; the training is saved in " + checkpoint + "; --resume goes on");
            return ExitCode.INTERRUPTED;
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

    /** What is left to learn from where a part is held out to stop early. */
    private static DatasetSource.Parts learnt(DatasetSource.Parts all, Optional<Fold> fold) {
        return fold.map(kept -> new DatasetSource.Parts(
                        kept.train(all.train()),
                        all.test(),
                        all.decoder().map(decoder -> decoder.select(kept.train()))))
                .orElse(all);
    }

    private Dataset augmented(DatasetSource.Parts parts) {
        boolean classes = parts.train().targets() instanceof Targets.Classes;
        List<Augmenter> augmenters = new ArrayList<>();
        training.training(classes, 0).augment().forEach(spec -> augmenters.add(Methods.parse(Augmenter.class, spec)));
        augmenters.addAll(ArmMethods.of(Arm.parse(methods)).augmenters());
        Dataset train = parts.train();
        for (Augmenter augmenter : augmenters) {
            train = augmenter.augment(train, new Augmenter.AugmentContext(global.seed, parts.decoder()));
        }
        return train;
    }

    private Trainer trainer(Dataset train, Backends.Choice backend) {
        ArmMethods all = ArmMethods.of(Arm.parse(methods));
        if (all.learner().isPresent()
                || all.ensemble().isPresent()
                || !all.extractors().isEmpty()
                || !all.synthesizers().isEmpty()
                || !all.pretrainers().isEmpty()) {
            throw new IllegalArgumentException("[--methods] expected methods for one network but received " + methods);
        }
        boolean classes = train.targets() instanceof Targets.Classes;
        Training how = training.training(classes, 0);
        Network model = Models.parse(training.model, train);
        Loss loss = all.loss().orElseGet(() -> Methods.parse(Loss.class, how.loss()));
        Spec optimizer =
                Spec.parse(how.optimizer()).with(Map.of("rate", how.rate().toString()));
        int epochs = how.budget() instanceof Budget.Epochs(int count) ? count : 1;
        Trainer trainer = new Trainer(
                backend.backend(),
                model,
                loss,
                all.regularizers(),
                Methods.parse(Optimizer.class, optimizer.toString()),
                how.batch(),
                epochs,
                global.seed);
        return how.budget() instanceof Budget.Steps(int count) ? trainer.steps(count) : trainer;
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

    private void report(DataChoice.Chosen chosen, TrainedModel model, Path file) {
        Evaluation train = Evaluation.of(model, chosen.parts().train());
        Optional<Evaluation> test = chosen.parts().test().map(held -> Evaluation.of(model, held));
        new EvaluationResult(console, global.json).print(file, model, train, test);
    }
}
