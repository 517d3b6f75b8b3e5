package thimble.benchmarks.report;

import java.util.List;
import java.util.Optional;
import thimble.benchmarks.Against;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Verdict;
import thimble.benchmarks.statistics.Interval;

/** Change of error against the baseline, one panel per size on one scale: bar for the interval, dots for the pairs, filled if distinguishable. */
final class DifferenceFigure {
    private static final double WIDTH = 1080;
    private static final double ROW = 46;
    private static final double GAP = 12;
    private static final int PANELS = 6;

    private final View view;
    private final List<String> arms;
    private final double left;
    private final double reach;
    private final double panel;

    DifferenceFigure(View view) {
        this.view = view;
        arms = view.arms().stream().filter(arm -> !arm.equals(view.baseline())).toList();
        int longest = arms.stream()
                .mapToInt(arm -> view.names().of(arm).whole().length())
                .max()
                .orElse(10);
        left = Math.clamp(44 + 6.7 * longest, 130, 300);
        int columns = Math.min(PANELS, view.sizes().size());
        panel = Math.min(420, (WIDTH - left - GAP * (columns - 1)) / columns);
        reach = reach();
    }

    /** True if there is anything to draw. */
    boolean drawable() {
        return arms.stream()
                .anyMatch(arm ->
                        view.sizes().stream().anyMatch(size -> change(arm, size).isPresent()));
    }

    String svg() {
        int rows = Math.ceilDiv(view.sizes().size(), PANELS);
        double block = 26 + ROW * arms.size() + 34;
        String baseline = view.names().of(view.baseline()).whole();
        String what = Sentences.what(view.summary());
        Svg svg = new Svg(
                "differences",
                "wide",
                WIDTH,
                rows * block + 16,
                "Change of test " + what + " against " + baseline,
                "One panel per number of samples; left of the line are fewer errors. The numbers stand in the tables"
                        + " against the baseline.");
        for (int row = 0; row < rows; row++) {
            double top = row * block + 26;
            for (int i = 0; i < arms.size(); i++) {
                String arm = arms.get(i);
                double middle = top + ROW * (i + 0.5) + 8;
                if (i > 0) {
                    svg.line("grid", 0, top + ROW * i, WIDTH, top + ROW * i);
                }
                svg.group("arm " + view.look(arm).style());
                svg.key(view.look(arm).mark(), 10, middle)
                        .name(24, middle + 4.5, "start", view.names().of(arm))
                        .end();
            }
            List<Integer> sizes =
                    view.sizes().subList(row * PANELS, Math.min(view.sizes().size(), (row + 1) * PANELS));
            for (int column = 0; column < sizes.size(); column++) {
                panel(svg, sizes.get(column), left + column * (panel + GAP), top);
            }
        }
        String more = view.metric().fraction()
                ? "fewer errors than " + baseline + " · more errors"
                : "lower than " + baseline + " · higher";
        svg.text(
                "tick",
                left,
                rows * block + 6,
                "start",
                "← " + more + " → change of test " + what + ", % of " + baseline + "’s " + what);
        return svg.close();
    }

    private void panel(Svg svg, int size, double start, double top) {
        double bottom = top + ROW * arms.size();
        svg.rectangle("panel", start, top, panel, bottom - top);
        svg.text(
                "strong", start + panel / 2, top - 11, "middle", Numbers.count(size) + (panel > 110 ? " samples" : ""));
        Scale x = new Scale(false, -reach, reach, start + 3, start + panel - 3);
        double tick = Scale.step(reach / 2.5);
        for (double value : new double[] {-tick, tick}) {
            svg.line("grid", x.at(value), top, x.at(value), bottom);
            svg.text("tick", x.at(value), bottom + 17, "middle", Numbers.signed(100 * value, 0) + Numbers.THIN + "%");
        }
        for (int i = 1; i < arms.size(); i++) {
            svg.line("grid", start, top + ROW * i, start + panel, top + ROW * i);
        }
        svg.line("zero", x.at(0), top, x.at(0), bottom);
        svg.text("tick", x.at(0), bottom + 17, "middle", "0");
        for (int i = 0; i < arms.size(); i++) {
            String arm = arms.get(i);
            double middle = top + ROW * (i + 0.5) + 8;
            svg.group("arm " + view.look(arm).style());
            Optional<Against> against = view.summary().against(arm, size);
            if (against.isPresent() && change(arm, size).isPresent()) {
                row(svg, arm, size, against.get(), x, middle);
            } else {
                svg.text("soft", start + panel / 2, middle + 4, "middle", "no pairs");
            }
            svg.end();
        }
    }

    private void row(Svg svg, String arm, int size, Against against, Scale x, double y) {
        Difference difference = against.difference();
        double mean = difference.relative().orElseThrow();
        Interval ci = difference.relativeCi().orElseThrow();
        boolean real = against.verdict() != Verdict.NOT_DISTINGUISHABLE;
        if (difference.pairs() > 1 && ci.high() > -reach && ci.low() < reach) {
            svg.line("bar", x.within(ci.low()), y, x.within(ci.high()), y);
        }
        double scale = mean == 0 ? 0 : mean / difference.mean();
        for (double value : difference.values()) {
            if (Math.abs(value * scale) <= reach) {
                svg.dot(
                        x.at(value * scale),
                        y + 9,
                        view.at(arm, size) + ", one pair: " + view.numbers().difference(value) + " "
                                + view.numbers().unit());
            }
        }
        String tip = view.at(arm, size) + ": " + view.numbers().difference(difference.mean()) + " "
                + view.numbers().unit() + " (" + view.numbers().differences(difference.ci()) + ")";
        if (Math.abs(mean) <= reach) {
            svg.mark(view.look(arm).mark(), real, x.at(mean), y, tip);
        } else {
            double tip0 = x.at(Math.copySign(reach, mean));
            double back = Math.copySign(8, mean);
            svg.path("mark", "M" + Svg.number(tip0) + " " + Svg.number(y) + "l" + Svg.number(-back) + " -5v10Z");
        }
        String percent = Numbers.signed(100 * mean, 0) + Numbers.THIN + "%";
        double half = Math.max(19, 4 * percent.length());
        double place = Math.clamp(x.within(mean), x.from() + half, x.to() - half);
        svg.text((real ? "strong" : "soft") + " halo onpanel", place, y - 9, "middle", percent);
    }

    private Optional<Interval> change(String arm, int size) {
        return view.summary()
                .against(arm, size)
                .flatMap(against -> against.difference().relativeCi());
    }

    /** Wide enough for the intervals of all coloured arms, and for grey ones as far as those stay readable. */
    private double reach() {
        double coloured = furthest(false);
        double grey = furthest(true);
        double least = coloured == 0 ? grey : coloured;
        return Math.clamp(Math.max(1.18 * least, Math.min(1.18 * grey, 1.75 * least)), 0.04, 1.5);
    }

    private double furthest(boolean reference) {
        return arms.stream()
                .filter(arm -> view.look(arm).reference() == reference)
                .flatMap(arm -> view.sizes().stream().flatMap(size -> change(arm, size).stream()))
                .mapToDouble(ci -> Math.max(Math.abs(ci.low()), Math.abs(ci.high())))
                .max()
                .orElse(0);
    }
}
