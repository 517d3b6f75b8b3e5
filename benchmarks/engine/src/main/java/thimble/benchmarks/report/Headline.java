package thimble.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.Against;
import thimble.benchmarks.ArmKind;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Verdict;

/**
 * What the answer is about.
 *
 * @param summary the comparison
 * @param size the size it is given for: the largest at which something is better, else the largest at which something is worse, else the largest
 * @param best the best arm that is better than the baseline at this size, if any is
 */
record Headline(Summary summary, int size, Optional<String> best) {
    static Headline of(Summary summary) {
        int size = largest(summary, Verdict.BETTER)
                .or(() -> largest(summary, Verdict.WORSE))
                .orElse(summary.config().sizes().getLast());
        return at(summary, size);
    }

    /** The answer at a size that was asked for. */
    static Headline at(Summary summary, int size) {
        Optional<String> best = summary.config().texts("methods").stream()
                .filter(arm -> verdict(summary, arm, size)
                        .filter(Verdict.BETTER::equals)
                        .isPresent())
                .max(Comparator.comparingDouble(arm -> -error(summary, arm, size)));
        return new Headline(summary, size, best);
    }

    /** The arm that figures describe: the best, or the baseline where nothing is better. */
    String arm() {
        return best.orElse(summary.baseline());
    }

    /** All arms, the best at this size first; arms without a result last. */
    List<String> order() {
        return summary.config().texts("methods").stream()
                .sorted(Comparator.comparingDouble(arm -> error(summary, arm, size)))
                .toList();
    }

    /** Arms but the baseline with a verdict at this size, the best first. */
    List<String> with(Verdict verdict) {
        return order().stream()
                .filter(arm ->
                        verdict(summary, arm, size).filter(verdict::equals).isPresent())
                .toList();
    }

    /** The best classical arm at this size, unless it is the baseline. */
    Optional<String> classical() {
        return order().stream()
                .filter(arm -> summary.kind(arm) == ArmKind.CLASSICAL
                        && summary.cell(arm, size).isPresent())
                .findFirst();
    }

    static Optional<Verdict> verdict(Summary summary, String arm, int size) {
        return summary.against(arm, size).map(Against::verdict);
    }

    static double error(Summary summary, String arm, int size) {
        return summary.cell(arm, size)
                .map(Cell::mean)
                .map(mean -> summary.config().metric().error(mean))
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Optional<Integer> largest(Summary summary, Verdict verdict) {
        return summary.config().sizes().reversed().stream()
                .filter(size -> summary.config().texts("methods").stream()
                        .anyMatch(arm -> verdict(summary, arm, size)
                                .filter(verdict::equals)
                                .isPresent()))
                .findFirst();
    }
}
