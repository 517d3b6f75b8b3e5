package thimble.benchmarks.reproduction.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.PartResult;
import thimble.benchmarks.reproduction.Reproduction;

/** A reproduction as JSON. */
public final class ReproductionJson {
    /** Version of the form. */
    public static final int SCHEMA = 1;

    private ReproductionJson() {}

    /** The tree: numbers in the unit that each row names. */
    public static ObjectNode tree(Reproduction reproduction) {
        Experiment experiment = reproduction.experiment();
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("experiment", experiment.name())
                .put("letter", experiment.letter())
                .put("title", experiment.title())
                .put("source", experiment.source())
                .put("differences", experiment.differences())
                .put("form", reproduction.form().name().toLowerCase(Locale.ROOT))
                .put("complete", reproduction.complete())
                .put("seconds", reproduction.seconds())
                .put("version", reproduction.environment().version())
                .put("backend", reproduction.environment().backend())
                .put("processor", reproduction.environment().processor());
        ArrayNode parts = tree.putArray("parts");
        for (PartResult part : reproduction.parts()) {
            ObjectNode node = parts.addObject()
                    .put("name", part.part().name())
                    .put("title", part.part().title())
                    .put("done", part.done())
                    .put("planned", part.planned());
            node.set("rows", rows(part.findings()));
        }
        tree.set("conclusions", rows(reproduction.conclusions()));
        return tree;
    }

    private static ArrayNode rows(List<Finding> findings) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            ObjectNode row = rows.addObject()
                    .put("label", finding.label())
                    .put("unit", finding.unit().name().toLowerCase(Locale.ROOT));
            number(row, "ours", finding.ours());
            finding.interval()
                    .ifPresentOrElse(
                            ci -> row.putArray("ci95").add(ci.low()).add(ci.high()), () -> row.putNull("ci95"));
            number(row, "published", finding.published());
            number(row, "difference", finding.difference());
            row.put("verdict", finding.outcome().text()).put("remark", finding.remark());
        }
        return rows;
    }

    private static void number(ObjectNode row, String name, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            row.put(name, value.getAsDouble());
        } else {
            row.putNull(name);
        }
    }
}
