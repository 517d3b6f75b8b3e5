package thimble.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;

/**
 * What every part of the report reads: one summary, one way to name, number and draw.
 *
 * @param summary the comparison
 * @param headline what the answer is about
 * @param names names for prose
 * @param numbers numbers for print
 * @param looks how arms are drawn
 */
record View(Summary summary, Headline headline, Names names, Numbers numbers, Map<String, Look> looks) {
    static View of(Headline headline) {
        Summary summary = headline.summary();
        return new View(summary, headline, new Names(summary), Numbers.of(summary), Look.of(headline));
    }

    Metric metric() {
        return summary.config().metric();
    }

    List<Integer> sizes() {
        return summary.config().sizes();
    }

    int size() {
        return headline.size();
    }

    String baseline() {
        return summary.baseline();
    }

    /** Arms, the best at the headline's size first. */
    List<String> arms() {
        return headline.order();
    }

    /** Arms in the order drawn: references first, so that candidates lie on top. */
    List<String> layers() {
        return arms().reversed().stream()
                .sorted((a, b) -> Boolean.compare(look(b).reference(), look(a).reference()))
                .toList();
    }

    Look look(String arm) {
        return looks.getOrDefault(arm, new Look("plain", Mark.CROSS));
    }

    Optional<Cell> cell(String arm, int size) {
        return summary.cell(arm, size);
    }

    Optional<Cell> cell(String arm) {
        return summary.cell(arm, size());
    }

    /** Name of an arm with a size, for tips. */
    String at(String arm, int size) {
        return names.of(arm).whole() + ", " + Numbers.count(size) + " samples";
    }

    /** {@code 500 samples}. */
    String samples() {
        return Numbers.count(size()) + " samples";
    }
}
