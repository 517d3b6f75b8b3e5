package thimble.benchmarks.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;
import thimble.benchmarks.statistics.Interval;

/** The figures of the report as Vega-Lite specifications with their data, for people who draw them anew in a paper. */
public final class VegaLite {
    private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";
    private static final String SAMPLES = "samples";
    private static final String ERROR = "error";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Summary summary;
    private final Metric metric;

    private VegaLite(Summary summary) {
        this.summary = summary;
        this.metric = summary.config().metric();
    }

    /** Text of each specification by the name of its figure: curves, differences, gaps and costs. */
    public static SequencedMap<String, String> figures(Summary summary) {
        VegaLite all = new VegaLite(summary);
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put("curves", all.curves().toPrettyString() + "\n");
        texts.put("differences", all.differences().toPrettyString() + "\n");
        texts.put("gaps", all.gaps().toPrettyString() + "\n");
        texts.put("costs", all.costs().toPrettyString() + "\n");
        return Collections.unmodifiableSequencedMap(texts);
    }

    private ObjectNode curves() {
        ArrayNode repeats = JSON.arrayNode();
        ArrayNode means = JSON.arrayNode();
        for (Cell cell : summary.cells()) {
            mean(means, cell);
            for (Trial trial : cell.trials()) {
                row(repeats, cell)
                        .put("repeat", trial.repeat())
                        .put(ERROR, metric.error(trial.value().orElseThrow()));
            }
        }
        ObjectNode figure = figure("Test error by training samples; band: 95 % interval, dots: repeats", means);
        ArrayNode layers = figure.putArray("layer");
        ObjectNode band = layer(layers, "area", 0.15);
        scaled(band, "x", SAMPLES);
        scaled(band, "y", "low").put("title", title());
        band.putObject("y2").put("field", "high");
        ObjectNode dots = layer(layers, "circle", 0.5);
        scaled(dots, "x", SAMPLES);
        scaled(dots, "y", ERROR);
        ((ObjectNode) layers.get(1)).putObject("data").set("values", repeats);
        ObjectNode lines = layer(layers, "line", 1);
        scaled(lines, "x", SAMPLES);
        scaled(lines, "y", ERROR);
        return figure;
    }

    private ObjectNode differences() {
        ArrayNode rows = JSON.arrayNode();
        for (Cell cell : summary.cells()) {
            summary.against(cell.methods(), cell.size()).ifPresent(against -> {
                Difference difference = against.difference();
                ObjectNode row =
                        row(rows, cell).put("verdict", against.verdict().text());
                difference.relative().ifPresent(change -> row.put("change", change));
                difference.relativeCi().ifPresent(ci -> ends(row, ci));
            });
        }
        ObjectNode figure =
                figure("Change of error against " + summary.baseline() + " as a share of its error, 95 %", rows);
        figure.putObject("facet").put("field", SAMPLES).put("type", "ordinal");
        ArrayNode layers = figure.putObject("spec").putArray("layer");
        ObjectNode bars = layer(layers, "rule", 1);
        nominal(bars, "y");
        plain(bars, "x", "low").put("title", "change of error");
        bars.putObject("x2").put("field", "high");
        ObjectNode marks = layer(layers, "point", 1);
        nominal(marks, "y");
        plain(marks, "x", "change");
        marks.putObject("shape").put("field", "verdict").put("type", "nominal");
        return figure;
    }

    private ObjectNode gaps() {
        ArrayNode rows = JSON.arrayNode();
        for (Cell cell : summary.cells()) {
            for (Trial trial : cell.trials()) {
                trial.gap()
                        .ifPresent(gap ->
                                row(rows, cell).put("repeat", trial.repeat()).put("gap", gap));
            }
        }
        ObjectNode figure = figure("Held-out minus training loss of every repeat", rows);
        figure.putObject("facet").put("field", SAMPLES).put("type", "ordinal");
        ObjectNode dots = layer(figure.putObject("spec").putArray("layer"), "circle", 0.7);
        nominal(dots, "y");
        plain(dots, "x", "gap");
        return figure;
    }

    private ObjectNode costs() {
        ArrayNode rows = JSON.arrayNode();
        for (Cell cell : summary.cells()) {
            mean(rows, cell).put("seconds", cell.seconds());
        }
        ObjectNode figure = figure("Median seconds of a training and test error", rows);
        figure.putObject("facet").put("field", SAMPLES).put("type", "ordinal");
        ObjectNode marks = layer(figure.putObject("spec").putArray("layer"), "point", 1);
        scaled(marks, "x", "seconds");
        scaled(marks, "y", ERROR).put("title", title());
        return figure;
    }

    private String title() {
        return metric.rising() ? "1 - " + metric.name() : metric.name();
    }

    private ObjectNode mean(ArrayNode rows, Cell cell) {
        ObjectNode row = row(rows, cell).put(ERROR, metric.error(cell.mean()));
        double first = metric.error(cell.ci().low());
        double last = metric.error(cell.ci().high());
        ends(row, new Interval(Math.min(first, last), Math.max(first, last)));
        return row;
    }

    /** An interval of one repeat is infinite: it has no ends to draw. */
    private static void ends(ObjectNode row, Interval interval) {
        if (Double.isFinite(interval.low()) && Double.isFinite(interval.high())) {
            row.put("low", interval.low()).put("high", interval.high());
        }
    }

    private static ObjectNode row(ArrayNode rows, Cell cell) {
        return rows.addObject().put("method", cell.methods()).put(SAMPLES, cell.size());
    }

    private static ObjectNode figure(String title, ArrayNode rows) {
        ObjectNode figure = JSON.objectNode().put("$schema", SCHEMA).put("title", title);
        figure.putObject("data").set("values", rows);
        return figure;
    }

    /** A layer with one colour per method; its channels. */
    private static ObjectNode layer(ArrayNode layers, String mark, double opacity) {
        ObjectNode layer = layers.addObject();
        layer.putObject("mark").put("type", mark).put("opacity", opacity);
        ObjectNode channels = layer.putObject("encoding");
        nominal(channels, "color");
        return channels;
    }

    private static void nominal(ObjectNode channels, String channel) {
        channels.putObject(channel).put("field", "method").put("type", "nominal");
    }

    private static ObjectNode plain(ObjectNode channels, String channel, String field) {
        return channels.putObject(channel).put("field", field).put("type", "quantitative");
    }

    private static ObjectNode scaled(ObjectNode channels, String channel, String field) {
        ObjectNode definition = plain(channels, channel, field);
        definition.putObject("scale").put("type", "log");
        return definition;
    }
}
