package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Trial;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/**
 * Held-out minus training loss of every arm that has losses, at the headline's size. The first row is the memoriser: no training loss, and
 * the class shares for everything unseen.
 */
final class GapFigure {
    private static final double WIDTH = 520;
    private static final double ROW = 49;
    private static final double TOP = 10;
    private static final String MEMORISER = "memoriser";

    private final View view;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Names.Name name, Look look, String tip, double[] gaps) {}

    GapFigure(View view) {
        this.view = view;
        for (String arm : view.arms()) {
            double[] gaps = view.cell(arm).map(Cell::gaps).orElse(new double[0]);
            if (gaps.length > 0) {
                Row row = new Row(view.names().of(arm), view.look(arm), view.at(arm, view.size()), gaps);
                rows.add(arm.equals(MEMORISER) ? 0 : rows.size(), row);
            }
        }
        double[] memorised = memorised();
        if (!rows.isEmpty() && !view.arms().contains(MEMORISER) && memorised.length > 0) {
            Look plain = new Look("classical", Mark.PLUS);
            rows.addFirst(new Row(new Names.Name(MEMORISER, ""), plain, "a memoriser, " + view.samples(), memorised));
        }
    }

    /** Gaps of a memoriser, which every trial with a log loss knows: its training loss is 0. */
    private double[] memorised() {
        return view.cell(view.baseline()).stream()
                .flatMap(cell -> cell.trials().stream())
                .map(trial -> trial.test().get(Trial.PRIOR_LOSS))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** What is drawn, in words. */
    String caption() {
        String losses = "Both losses in evaluation mode, without penalties.";
        return rows.stream().anyMatch(row -> row.name.own().equals(MEMORISER))
                ? losses + " The memoriser knows its samples by heart and guesses the rest by class shares."
                : losses;
    }

    boolean drawable() {
        return !rows.isEmpty();
    }

    String svg() {
        double bottom = TOP + ROW * rows.size();
        Svg svg = new Svg(
                "gaps",
                "half",
                WIDTH,
                bottom + 42,
                "Generalization gap with " + view.samples(),
                "Held-out minus training loss of each method; the accuracies stand in the table of test results.");
        int longest =
                rows.stream().mapToInt(row -> row.name.whole().length()).max().orElse(10);
        double low = Math.min(
                0,
                rows.stream()
                        .mapToDouble(row -> Arrays.stream(row.gaps).min().orElse(0))
                        .min()
                        .orElse(0));
        double high = rows.stream()
                .mapToDouble(row -> Math.max(
                        interval(row).high(), Arrays.stream(row.gaps).max().orElse(0)))
                .max()
                .orElse(1);
        double top = Math.max(high, low + 1e-6);
        Scale x = new Scale(false, low, top, Math.clamp(14 + 6.8 * longest, 110, 230), WIDTH - 62);
        int decimals = top - low < 0.02 ? 4 : top - low < 10 ? 2 : 1;
        for (double tick : x.ticks(5)) {
            svg.line(Math.abs(tick) < 1e-12 ? "zero" : "grid", x.at(tick), TOP, x.at(tick), bottom);
            svg.text(
                    "tick",
                    x.at(tick),
                    bottom + 17,
                    "middle",
                    Numbers.setting(Double.toString(tick)).replace("-", Numbers.MINUS));
        }
        svg.text("tick", x.from(), bottom + 37, "start", "held-out loss − training loss");
        for (int i = 0; i < rows.size(); i++) {
            draw(svg, rows.get(i), x, TOP + ROW * (i + 0.5), decimals);
        }
        return svg.close();
    }

    private void draw(Svg svg, Row row, Scale x, double y, int decimals) {
        double mean = Student.mean(row.gaps);
        Interval ci = interval(row);
        svg.group("arm " + row.look.style());
        svg.name(0, y + 4.5, "start", row.name);
        svg.line("stem", x.at(0), y, x.at(mean), y);
        if (row.gaps.length > 1) {
            svg.line("bar", x.within(ci.low()), y, x.within(ci.high()), y);
        }
        for (double gap : row.gaps) {
            svg.dot(x.at(gap), y + 9, row.tip + ", one repeat: " + Numbers.fixed(gap, decimals));
        }
        svg.mark(row.look.mark(), true, x.at(mean), y, row.tip + ": gap " + Numbers.fixed(mean, decimals));
        svg.text("soft", WIDTH - 2, y + 4.5, "end", Numbers.fixed(mean, decimals))
                .end();
    }

    private Interval interval(Row row) {
        return Student.interval(row.gaps, Cell.LEVEL, view.summary().config().overlap());
    }
}
