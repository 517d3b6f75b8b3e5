package thimble.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import thimble.data.Dataset;
import thimble.train.Evaluation;
import thimble.train.SavedModel;

/** Measures a saved model on labelled examples. */
@Command(name = "evaluate", description = "Measure a saved model on labelled examples.")
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Mixin
    private DataChoice data = new DataChoice();

    @Parameters(paramLabel = "MODEL", description = "A file that 'thimble train' wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--on",
            paramLabel = "PART",
            defaultValue = "test",
            description = "Part of the data: test or train (default: test).")
    private String part = "test";

    @Inject
    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (SavedModel model =
                SavedModel.load(file, global.choose(global.workers()).backend())) {
            Dataset examples = examples(model);
            new EvaluationResult(console, global.json).print(Evaluation.of(model, examples), examples.size());
            return ExitCode.OK;
        }
    }

    private Dataset examples(SavedModel model) {
        DataChoice.Chosen chosen = data.like(model.signature());
        Optional<Dataset> held = chosen.parts().test();
        return switch (part) {
            case "train" -> chosen.parts().train();
            case "test" -> held.orElseGet(() -> all(chosen.parts().train()));
            default -> throw new IllegalArgumentException("[--on] expected test or train but received " + part);
        };
    }

    private Dataset all(Dataset examples) {
        if (!global.quiet) {
            console.err()
                    .println("these data have no test part: all examples are measured; if the model learnt from them,"
                            + " this says nothing about new ones");
        }
        return examples;
    }
}
