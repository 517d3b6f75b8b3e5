package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.train.SavedModel;

/** Applies a saved model to examples. */
@Command(
        name = "predict",
        description = "Apply a saved model to examples; one line each: origin, prediction, probability.",
        footer = {"", "Example:", "  thimble predict parts.model new-pictures/"})
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A file that 'thimble train' wrote.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "Pictures, a folder of them, or a table with the model's columns.")
    private Path input = Path.of("");

    @Option(names = "--scores", description = "Show the scores of all classes.")
    private boolean scores;

    @Inject
    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (SavedModel model =
                SavedModel.load(file, global.choose(global.workers()).backend())) {
            Targets targets = model.signature().targets();
            Dataset examples = UnlabelledData.read(input, model.signature());
            float[][] rows = model.predict(examples);
            if (global.json) {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < rows.length; i++) {
                    all.add(json(examples.origin(i), targets, rows[i]));
                }
                console.out().println(Json.text(all));
                return ExitCode.OK;
            }
            if (scores) {
                console.out().println("example\t" + String.join("\t", names(targets)));
            }
            for (int i = 0; i < rows.length; i++) {
                console.out().println(examples.origin(i) + "\t" + line(targets, rows[i]));
            }
            return ExitCode.OK;
        }
    }

    private static List<String> names(Targets targets) {
        return switch (targets) {
            case Targets.Classes(List<String> classes) -> classes;
            case Targets.Numbers(List<String> numbers) -> numbers;
        };
    }

    private String line(Targets targets, float[] row) {
        if (targets instanceof Targets.Classes(List<String> names) && !scores) {
            int best = best(row);
            return names.get(best) + "\t" + String.format(Locale.ROOT, "%.4f", row[best]);
        }
        StringBuilder line = new StringBuilder();
        for (float value : row) {
            line.append(line.isEmpty() ? "" : "\t").append(String.format(Locale.ROOT, "%.4f", value));
        }
        return line.toString();
    }

    private static ObjectNode json(String origin, Targets targets, float[] row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("origin", origin);
        List<String> names = names(targets);
        if (targets instanceof Targets.Classes) {
            node.put("class", names.get(best(row))).put("probability", row[best(row)]);
        }
        ObjectNode scores = node.putObject("scores");
        for (int i = 0; i < row.length; i++) {
            scores.put(names.get(i), row[i]);
        }
        return node;
    }

    private static int best(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }
}
