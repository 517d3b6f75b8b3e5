package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import thimble.benchmarks.Cell;

/** Error by training time at the headline's size, both logarithmic; a line joins the cheapest way to each error. */
final class CostFigure {
    private static final double WIDTH = 520;
    private static final double LEFT = 46;
    private static final double TOP = 14;
    private static final double BOTTOM = 258;
    private static final double LETTER = 7.1;

    private final View view;
    private final List<Cell> cells;

    CostFigure(View view) {
        this.view = view;
        cells = view.arms().stream()
                .flatMap(arm -> view.cell(arm).stream())
                .filter(cell -> cell.seconds() > 0 && error(cell) > 0)
                .toList();
    }

    boolean drawable() {
        return !cells.isEmpty();
    }

    String svg() {
        String what = Sentences.what(view.summary());
        Svg svg = new Svg(
                "costs",
                "half",
                WIDTH,
                BOTTOM + 42,
                "Training time and test " + what + " with " + view.samples(),
                "One mark per method; seconds stand in the table against the baseline.");
        double least = cells.stream().mapToDouble(Cell::seconds).min().orElse(1);
        double most = cells.stream().mapToDouble(Cell::seconds).max().orElse(1);
        Scale x = new Scale(true, least / 1.7, Math.max(most, least * 2) * 1.9, LEFT, WIDTH - 6);
        double low = cells.stream().mapToDouble(this::floor).min().orElse(0.01);
        double high = cells.stream()
                .mapToDouble(cell -> Math.max(error(cell), error(cell.ci().low())))
                .max()
                .orElse(1);
        Scale y = new Scale(true, low / 1.05, Math.max(high, low * 1.1) * 1.05, BOTTOM, TOP);
        for (double tick : y.ticks(7)) {
            svg.line("grid", LEFT, y.at(tick), WIDTH - 6, y.at(tick));
            String text = view.metric().fraction()
                    ? Numbers.setting(Double.toString(100 * tick)) + Numbers.THIN + "%"
                    : Numbers.setting(Double.toString(tick));
            svg.text("tick", LEFT - 10, y.at(tick) + 4, "end", text);
        }
        for (double tick : x.ticks(6)) {
            svg.text(
                    "tick",
                    x.at(tick),
                    BOTTOM + 17,
                    "middle",
                    Numbers.setting(Double.toString(tick)) + Numbers.THIN + "s");
        }
        svg.text(
                "tick",
                LEFT,
                BOTTOM + 37,
                "start",
                "seconds per training (log scale) · line: cheapest way to each " + what);
        svg.path(
                "cheapest",
                cheapest().stream()
                        .map(cell -> Svg.number(x.at(cell.seconds())) + " " + Svg.number(y.at(error(cell))))
                        .collect(Collectors.joining("L", "M", "")));
        List<double[]> taken = new ArrayList<>();
        for (Cell cell : cells) {
            taken.add(new double[] {
                x.at(cell.seconds()) - 6, y.at(error(cell)) - 6, x.at(cell.seconds()) + 6, y.at(error(cell)) + 6
            });
            double middle = x.at(cell.seconds());
            double end = y.within(error(cell.ci().low()));
            double other = y.within(error(cell.ci().high()));
            taken.add(new double[] {middle - 2, Math.min(end, other), middle + 2, Math.max(end, other)});
        }
        for (Cell cell : cells) {
            svg.group("arm " + view.look(cell.methods()).style());
            if (cell.trials().size() > 1) {
                svg.line(
                        "bar thin",
                        x.at(cell.seconds()),
                        y.within(error(cell.ci().low())),
                        x.at(cell.seconds()),
                        y.within(error(cell.ci().high())));
            }
            svg.mark(
                    view.look(cell.methods()).mark(),
                    true,
                    x.at(cell.seconds()),
                    y.at(error(cell)),
                    view.at(cell.methods(), view.size()) + ": " + Numbers.two(cell.seconds()) + " s, "
                            + view.numbers().valueWithUnit(cell.mean()));
            label(svg, cell, x.at(cell.seconds()), y.at(error(cell)), taken);
            svg.end();
        }
        return svg.close();
    }

    /** Beside the mark, where no other label or mark is: right, left, then the corners, then further off. */
    private void label(Svg svg, Cell cell, double x, double y, List<double[]> taken) {
        String name = view.names().brief(cell.methods());
        double width = LETTER * name.length();
        double[] best = new double[0];
        double leastOverlap = Double.POSITIVE_INFINITY;
        for (double dy : new double[] {0, -11, 11, -20, 20, -30, 30}) {
            for (boolean left : new boolean[] {false, true}) {
                double start = left ? x - 11 - width : x + 11;
                double[] box = {start, y + dy - 8, start + width, y + dy + 8};
                double overlap =
                        taken.stream().mapToDouble(other -> overlap(box, other)).sum()
                                + (box[0] < LEFT || box[2] > WIDTH ? 1e4 : 0)
                                + (box[1] < 0 || box[3] > BOTTOM ? 1e4 : 0);
                if (overlap < leastOverlap - 1e-9) {
                    leastOverlap = overlap;
                    best = box;
                }
            }
        }
        taken.add(best);
        boolean left = best[0] < x;
        svg.text("name halo", left ? best[2] : best[0], best[1] + 12.5, left ? "end" : "start", name);
    }

    private static double overlap(double[] a, double[] b) {
        double wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        double tall = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        return wide > 0 && tall > 0 ? wide * tall : 0;
    }

    private List<Cell> cheapest() {
        List<Cell> way = new ArrayList<>();
        cells.stream().sorted(Comparator.comparingDouble(Cell::seconds)).forEach(cell -> {
            if (way.isEmpty() || error(cell) < error(way.getLast())) {
                way.add(cell);
            }
        });
        return way;
    }

    private double floor(Cell cell) {
        return Math.max(
                Math.min(
                        error(cell),
                        Math.min(error(cell.ci().high()), error(cell.ci().low()))),
                error(cell) / 2);
    }

    private double error(Cell cell) {
        return error(cell.mean());
    }

    private double error(double value) {
        return view.metric().error(value);
    }
}
