package thimble.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import thimble.benchmarks.Cell;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/** Held-out minus training loss of every arm that has losses, at the headline's size. */
final class GapFigure {
    private static final double WIDTH = 520;
    private static final double ROW = 49;
    private static final double TOP = 10;

    private final View view;
    private final List<String> arms;

    GapFigure(View view) {
        this.view = view;
        arms = view.arms().stream()
                .filter(arm ->
                        view.cell(arm).filter(cell -> cell.gaps().length > 0).isPresent())
                .toList();
    }

    boolean drawable() {
        return !arms.isEmpty();
    }

    String svg() {
        double bottom = TOP + ROW * arms.size();
        Svg svg = new Svg(
                "gaps",
                "half",
                WIDTH,
                bottom + 42,
                "Generalization gap with " + view.samples(),
                "Held-out minus training loss of each method; the accuracies stand in the table of test results.");
        int longest = arms.stream()
                .mapToInt(arm -> view.names().of(arm).whole().length())
                .max()
                .orElse(10);
        double low = Math.min(
                0,
                arms.stream()
                        .mapToDouble(arm -> Arrays.stream(gaps(arm)).min().orElse(0))
                        .min()
                        .orElse(0));
        double high = arms.stream()
                .mapToDouble(arm -> Math.max(
                        interval(arm).high(), Arrays.stream(gaps(arm)).max().orElse(0)))
                .max()
                .orElse(1);
        double top = Math.max(high, low + 1e-6);
        Scale x = new Scale(false, low, top, Math.clamp(14 + 6.8 * longest, 110, 230), WIDTH - 62);
        int decimals = top - low < 0.02 ? 4 : top - low < 2 ? 2 : 1;
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
        for (int i = 0; i < arms.size(); i++) {
            row(svg, arms.get(i), x, TOP + ROW * (i + 0.5), decimals);
        }
        return svg.close();
    }

    private void row(Svg svg, String arm, Scale x, double y, int decimals) {
        double[] gaps = gaps(arm);
        double mean = Student.mean(gaps);
        Interval ci = interval(arm);
        svg.group("arm " + view.look(arm).style());
        svg.name(0, y + 4.5, "start", view.names().of(arm));
        svg.line("stem", x.at(0), y, x.at(mean), y);
        if (gaps.length > 1) {
            svg.line("bar", x.within(ci.low()), y, x.within(ci.high()), y);
        }
        for (double gap : gaps) {
            svg.dot(x.at(gap), y + 9, view.at(arm, view.size()) + ", one repeat: " + Numbers.fixed(gap, decimals));
        }
        svg.mark(
                view.look(arm).mark(),
                true,
                x.at(mean),
                y,
                view.at(arm, view.size()) + ": gap " + Numbers.fixed(mean, decimals));
        svg.text("soft", WIDTH - 2, y + 4.5, "end", Numbers.fixed(mean, decimals))
                .end();
    }

    private double[] gaps(String arm) {
        return view.cell(arm).orElseThrow().gaps();
    }

    private Interval interval(String arm) {
        return Student.interval(gaps(arm), Cell.LEVEL, view.summary().config().overlap());
    }
}
