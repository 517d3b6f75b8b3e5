package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Trial;

/** Error by number of samples, both logarithmic: line and mark for the mean, band for its interval, a dot for every repeat. */
final class LearningCurveFigure {
    private static final double WIDTH = 1080;
    private static final double TOP = 14;
    private static final double LEFT = 52;
    private static final double RIGHT = 790;
    private static final double LABEL_STEP = 19;
    /** Characters that fit between the end of a line and its value. */
    private static final int LABEL = 31;

    private final View view;
    private final Scale x;
    private final Scale y;
    private final double bottom;

    LearningCurveFigure(View view) {
        this.view = view;
        List<Integer> sizes = view.sizes();
        bottom = Math.max(452, TOP + LABEL_STEP * (view.arms().size() + 1));
        x = new Scale(true, sizes.getFirst(), sizes.getLast(), LEFT + 26, RIGHT - 24);
        List<Double> errors = new ArrayList<>();
        for (Cell cell : view.summary().cells()) {
            cell.trials().forEach(trial -> errors.add(error(trial)));
            errors.add(error(cell.ci().low()));
            errors.add(error(cell.ci().high()));
        }
        double least = errors.stream()
                .filter(e -> e > 0)
                .min(Comparator.naturalOrder())
                .orElse(0.01);
        double smallestDot = view.summary().cells().stream()
                .flatMap(cell -> cell.trials().stream())
                .mapToDouble(this::error)
                .filter(e -> e > 0)
                .min()
                .orElse(least);
        double most = errors.stream().max(Comparator.naturalOrder()).orElse(1.0);
        double low = Math.max(least, smallestDot / 2);
        y = new Scale(true, low / 1.06, Math.max(most, low * 1.2) * 1.06, bottom, TOP);
    }

    String svg() {
        String what = Sentences.what(view.summary());
        Svg svg = new Svg(
                "curves",
                "wide",
                WIDTH,
                bottom + 46,
                "Test " + what + " by number of training samples",
                "One line per method, both axes logarithmic; the numbers stand in the table of test results.");
        for (double tick : y.ticks(7)) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick", LEFT - 10, y.at(tick) + 4, "end", tick(tick));
        }
        double lastLabel = Double.NEGATIVE_INFINITY;
        for (int size : view.sizes()) {
            svg.line("grid", x.at(size), TOP, x.at(size), bottom);
            if (x.at(size) - lastLabel > 44) {
                svg.text("tick", x.at(size), bottom + 20, "middle", Numbers.count(size));
                lastLabel = x.at(size);
            }
        }
        svg.text("tick", LEFT, bottom + 40, "start", "labelled training samples (log scale)");
        List<String> layers = view.layers();
        layers.forEach(arm -> bands(svg, arm));
        for (String arm : layers) {
            svg.group("arm " + view.look(arm).style());
            curve(svg, arm);
            svg.end();
        }
        labels(svg);
        return svg.close();
    }

    private void bands(Svg svg, String arm) {
        List<Cell> cells = cells(arm);
        if (cells.size() < 2 || cells.stream().anyMatch(cell -> cell.trials().size() < 2)) {
            return;
        }
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 2 * cells.size(); i++) {
            boolean back = i >= cells.size();
            Cell cell = cells.get(back ? 2 * cells.size() - 1 - i : i);
            double edge = error(back ? cell.ci().high() : cell.ci().low());
            data.append(i == 0 ? "M" : "L")
                    .append(Svg.number(x.at(cell.size())))
                    .append(' ')
                    .append(Svg.number(place(edge)));
        }
        svg.group("arm " + view.look(arm).style()).path("band", data + "Z").end();
    }

    private void curve(Svg svg, String arm) {
        List<Cell> cells = cells(arm);
        double shift = (view.arms().indexOf(arm) - (view.arms().size() - 1) / 2.0)
                * Math.min(4.2, 30.0 / view.arms().size());
        for (Cell cell : cells) {
            for (Trial trial : cell.trials()) {
                svg.dot(
                        across(arm, cell) + (view.sizes().size() == 1 ? 9 : shift),
                        place(error(trial)),
                        view.at(arm, cell.size()) + ", repeat " + trial.repeat() + ": "
                                + view.numbers().valueWithUnit(trial.value().orElseThrow()));
            }
        }
        if (cells.size() == 1 && cells.getFirst().trials().size() > 1) {
            Cell cell = cells.getFirst();
            svg.line(
                    "bar",
                    across(arm, cell),
                    place(error(cell.ci().low())),
                    across(arm, cell),
                    place(error(cell.ci().high())));
        }
        svg.path(
                "curve",
                cells.stream()
                        .map(cell -> Svg.number(across(arm, cell)) + " " + Svg.number(place(error(cell.mean()))))
                        .collect(Collectors.joining("L", "M", "")));
        for (Cell cell : cells) {
            svg.mark(
                    view.look(arm).mark(),
                    true,
                    across(arm, cell),
                    place(error(cell.mean())),
                    view.at(arm, cell.size()) + ": " + view.numbers().valueWithUnit(cell.mean()) + " "
                            + view.numbers().half(cell));
        }
    }

    private void labels(Svg svg) {
        Map<String, Double> wanted = new LinkedHashMap<>();
        view.arms().stream()
                .filter(arm -> !cells(arm).isEmpty())
                .sorted(Comparator.comparingDouble(
                        arm -> place(error(cells(arm).getLast().mean()))))
                .forEach(arm -> wanted.put(arm, place(error(cells(arm).getLast().mean()))));
        double[] places =
                apart(wanted.values().stream().mapToDouble(Double::doubleValue).toArray(), bottom);
        int last = view.sizes().getLast();
        String percent = view.metric().fraction() ? ", %" : "";
        int i = 0;
        for (Map.Entry<String, Double> label : wanted.entrySet()) {
            String arm = label.getKey();
            double to = places[i];
            if (i == 0) {
                svg.text(
                        "tick",
                        WIDTH - 2,
                        to - 17,
                        "end",
                        Sentences.what(view.summary()) + " at " + Numbers.count(last) + percent);
            }
            double from = label.getValue();
            svg.path(
                    "leader",
                    "M" + Svg.number(RIGHT - 8) + " " + Svg.number(from) + "C" + Svg.number(RIGHT + 6) + " "
                            + Svg.number(from) + " " + Svg.number(RIGHT) + " " + Svg.number(to) + " "
                            + Svg.number(RIGHT + 18) + " " + Svg.number(to));
            svg.group("arm " + view.look(arm).style());
            svg.key(view.look(arm).mark(), RIGHT + 29, to)
                    .name(RIGHT + 41, to + 4.5, "start", view.names().of(arm).within(LABEL));
            view.cell(arm, last)
                    .ifPresent(cell -> svg.text(
                            "value", WIDTH - 2, to + 4.5, "end", view.numbers().error(cell.mean())));
            svg.end();
            i++;
        }
    }

    /** Places pushed apart to the step of labels, as near as possible to where they want to be and not below the bottom. */
    static double[] apart(double[] wanted, double bottom) {
        double[] places = wanted.clone();
        for (int i = 1; i < places.length; i++) {
            places[i] = Math.max(places[i], places[i - 1] + LABEL_STEP);
        }
        double limit = bottom - 4;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], limit);
            limit = places[i] - LABEL_STEP;
        }
        // A run that was only pushed down slides up to lie centred on what its members wanted.
        for (int start = 0; start < places.length; ) {
            int end = start;
            while (end + 1 < places.length && places[end + 1] - places[end] < LABEL_STEP + 0.01) {
                end++;
            }
            double sum = 0;
            for (int i = start; i <= end; i++) {
                sum += wanted[i] - places[i];
            }
            double room = start == 0 ? Double.NEGATIVE_INFINITY : places[start - 1] + LABEL_STEP - places[start];
            double move = Math.clamp(sum / (end - start + 1), Math.min(0, room), Math.max(0, bottom - 4 - places[end]));
            for (int i = start; i <= end; i++) {
                places[i] += move;
            }
            start = end + 1;
        }
        return places;
    }

    private List<Cell> cells(String arm) {
        return view.sizes().stream()
                .flatMap(size -> view.cell(arm, size).stream())
                .toList();
    }

    private String tick(double value) {
        return view.metric().fraction()
                ? Numbers.setting(Double.toString(100 * value)) + Numbers.THIN + "%"
                : Numbers.setting(Double.toString(value));
    }

    /** At its size; where there is one size alone, arms stand side by side. */
    private double across(String arm, Cell cell) {
        int arms = view.arms().size();
        return view.sizes().size() > 1
                ? x.at(cell.size())
                : LEFT + (RIGHT - LEFT) * (view.arms().indexOf(arm) + 1.0) / (arms + 1);
    }

    private double error(Trial trial) {
        return error(trial.value().orElseThrow());
    }

    private double error(double value) {
        return view.metric().error(value);
    }

    private double place(double error) {
        return y.within(error);
    }
}
