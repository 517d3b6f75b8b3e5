package thimble.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import thimble.train.Evaluation;
import thimble.train.SavedModel;
import thimble.train.TrainedModel;

/**
 * Metrics of a model as a table or as JSON.
 *
 * @param console where they go
 * @param json true for JSON
 */
record EvaluationResult(Console console, boolean json) {
    /** Prints the metrics on training examples and, if there are any, on held-out ones. */
    void print(Path file, SavedModel model, Evaluation train, Optional<Evaluation> test) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("model", file.toString());
            if (model.model() instanceof TrainedModel network) {
                node.put("parameters", network.parameterCount());
            } else {
                node.put("kind", model.kind()).put("bytes", file.toFile().length());
            }
            node.set("train", tree(train));
            test.ifPresent(held -> node.set("test", tree(held)));
            console.out().println(Json.text(node));
            return;
        }
        TextTable table = new TextTable();
        table.row("metric", "train", test.isPresent() ? "test" : "");
        train.metrics()
                .forEach((name, value) -> table.row(
                        name,
                        text(value),
                        test.map(held -> text(held.metric(name))).orElse("")));
        console.out().println(table);
        console.out().println(String.format(Locale.ROOT, "%nmodel  %s  %s", file, size(file, model)));
    }

    private static String size(Path file, SavedModel model) {
        if (model.model() instanceof TrainedModel network) {
            return String.format(Locale.ROOT, "%,d parameters", network.parameterCount());
        }
        int examples = model.examples();
        String held = examples == 0 ? "" : String.format(Locale.ROOT, ", holds its %,d training examples", examples);
        return String.format(
                Locale.ROOT, "%s, %,d bytes%s", model.kind(), file.toFile().length(), held);
    }

    /** Prints the metrics on one data set. */
    void print(Evaluation evaluation, int examples) {
        if (json) {
            ObjectNode node = tree(evaluation);
            node.put("examples", examples);
            console.out().println(Json.text(node));
            return;
        }
        TextTable table = new TextTable().row("metric", "value");
        evaluation.metrics().forEach((name, value) -> table.row(name, text(value)));
        console.out().println(table);
        console.out().println(String.format(Locale.ROOT, "%n%,d examples", examples));
    }

    private static ObjectNode tree(Evaluation evaluation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        evaluation.metrics().forEach(node::put);
        return node;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
