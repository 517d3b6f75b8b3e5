package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.document.ReproductionText;

/**
 * Says what can be reproduced, and what one experiment is about to do.
 *
 * @param console where it is printed
 */
record ReproduceListing(Console console) {
    /** All experiments with their expected time. */
    void print(boolean json) {
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            Experiments.all().forEach(experiment -> all.add(node(experiment)));
            console.out().println(Json.text(all));
            return;
        }
        TextTable table = new TextTable().row("", "name", "time", "--quick", "claim");
        for (Experiment experiment : Experiments.all()) {
            table.row(
                    experiment.letter(),
                    experiment.name(),
                    ReproductionText.duration(experiment.expected(Form.FULL)),
                    ReproductionText.duration(experiment.expected(Form.QUICK)),
                    experiment.title());
        }
        console.out().println(table);
    }

    /** The plan of one experiment, to standard error. */
    void announce(Experiment experiment, Form form, String backend, Path folder) {
        TextTable table = new TextTable()
                .row(experiment.name(), experiment.title())
                .row("source", experiment.source())
                .row("backend", backend)
                .row("time", "about " + ReproductionText.duration(experiment.expected(form)) + " on two cores");
        for (Part part : experiment.parts(form)) {
            table.row(
                    part.name(),
                    switch (part) {
                        case Study study -> {
                            int arms = study.arms().size();
                            int tuned = study.conditions().tune();
                            yield String.format(
                                    Locale.ROOT,
                                    "%d %s, %,d trainings%s",
                                    arms,
                                    arms == 1 ? "method" : "methods",
                                    study.trials(),
                                    tuned == 0 ? "" : "; " + tuned + " tuning trials per method and size");
                        }
                        case Measurement measurement ->
                            String.format(
                                    Locale.ROOT,
                                    "%,d runs",
                                    measurement.runs(form).size());
                    });
        }
        table.row("results", folder + "/   Ctrl-C saves; the same command goes on");
        console.err().println(table + "\n");
    }

    private static ObjectNode node(Experiment experiment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", experiment.name())
                .put("letter", experiment.letter())
                .put("title", experiment.title())
                .put("source", experiment.source())
                .put("seconds", experiment.expected(Form.FULL).toSeconds())
                .put("secondsQuick", experiment.expected(Form.QUICK).toSeconds());
    }
}
