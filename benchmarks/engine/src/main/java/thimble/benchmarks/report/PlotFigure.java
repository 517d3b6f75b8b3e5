package thimble.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws a {@link Plot}: line and mark for each point, a bar for its interval, a ring around marked points. */
final class PlotFigure {
    private static final double WIDTH = 1080;
    private static final double TOP = 26;
    private static final double LEFT = 62;
    private static final double RIGHT = 790;
    private static final double BOTTOM = 452;
    private static final List<String> STYLES = List.of("c1", "c2", "c3", "c4", "base", "plain", "classical");

    private final Plot plot;
    private final Scale x;
    private final Scale y;

    PlotFigure(Plot plot) {
        this.plot = plot;
        x = scale(plot.logX(), points(point -> DoubleStream.of(point.x())), LEFT + 20, RIGHT - 24);
        y = scale(
                plot.logY(),
                points(point -> point.interval().isPresent()
                                && (!plot.logY() || point.interval().get().low() > 0)
                        ? DoubleStream.of(
                                point.y(),
                                point.interval().get().low(),
                                point.interval().get().high())
                        : DoubleStream.of(point.y())),
                BOTTOM,
                TOP);
    }

    String svg() {
        Svg svg = new Svg(plot.name(), "wide", WIDTH, BOTTOM + 46, plot.title(), "One line per row of the key.");
        for (double tick : y.ticks(7)) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick", LEFT - 10, y.at(tick) + 4, "end", tick(tick));
        }
        for (double tick : x.ticks(9)) {
            svg.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM);
            svg.text("tick", x.at(tick), BOTTOM + 20, "middle", tick(tick));
        }
        svg.text("tick", LEFT, BOTTOM + 40, "start", plot.x() + (plot.logX() ? " (log scale)" : ""));
        svg.text("tick", LEFT, TOP - 12, "start", plot.y() + (plot.logY() ? " (log scale)" : ""));
        for (int i = plot.series().size() - 1; i >= 0; i--) {
            svg.group("arm " + style(i));
            curve(svg, i);
            svg.key(mark(i), RIGHT + 29, TOP + 8 + 19 * i);
            svg.text(
                    "name",
                    RIGHT + 41,
                    TOP + 12.5 + 19 * i,
                    "start",
                    plot.series().get(i).label());
            svg.end();
        }
        return svg.close();
    }

    private void curve(Svg svg, int index) {
        List<Plot.Point> points = plot.series().get(index).points().stream()
                .filter(this::drawable)
                .sorted(Comparator.comparingDouble(Plot.Point::x))
                .toList();
        if (points.isEmpty()) {
            return;
        }
        for (Plot.Point point : points) {
            point.interval()
                    .ifPresent(ci -> svg.line(
                            "bar thin", x.at(point.x()), y.within(ci.low()), x.at(point.x()), y.within(ci.high())));
        }
        svg.path(
                "curve",
                points.stream()
                        .map(point -> Svg.number(x.at(point.x())) + " " + Svg.number(y.at(point.y())))
                        .collect(Collectors.joining("L", "M", "")));
        for (Plot.Point point : points) {
            String tip = plot.series().get(index).label() + ", " + tick(point.x()) + ": " + tick(point.y());
            svg.mark(mark(index), true, x.at(point.x()), y.at(point.y()), tip);
            if (point.marked()) {
                double r = 9;
                String left = Svg.number(x.at(point.x()) - r) + " " + Svg.number(y.at(point.y()));
                String right = Svg.number(x.at(point.x()) + r) + " " + Svg.number(y.at(point.y()));
                svg.path("stroke", "M" + left + "A9 9 0 0 1 " + right + "A9 9 0 0 1 " + left);
            }
        }
    }

    private boolean drawable(Plot.Point point) {
        return Double.isFinite(point.x())
                && Double.isFinite(point.y())
                && (!plot.logX() || point.x() > 0)
                && (!plot.logY() || point.y() > 0);
    }

    private double[] points(java.util.function.Function<Plot.Point, DoubleStream> numbers) {
        return plot.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(this::drawable)
                .flatMapToDouble(numbers)
                .toArray();
    }

    private static Scale scale(boolean log, double[] values, double from, double to) {
        double low = DoubleStream.of(values).min().orElse(log ? 0.1 : 0);
        double high = DoubleStream.of(values).max().orElse(1);
        if (log) {
            return new Scale(true, low / 1.06, high * 1.06, from, to);
        }
        double room = high > low ? (high - low) * 0.04 : Math.max(Math.abs(high), 1) * 0.1;
        return new Scale(false, low - room, high + room, from, to);
    }

    private static String style(int index) {
        return STYLES.get(index % STYLES.size());
    }

    private static Mark mark(int index) {
        return Mark.values()[index % Mark.values().length];
    }

    private static String tick(double value) {
        double rounded = Math.abs(value) < 1e-12
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(3))
                        .doubleValue();
        return Numbers.setting(Double.toString(rounded));
    }
}
