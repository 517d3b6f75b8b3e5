package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.ArmKind;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Difference;

/** The four figures under the answer. */
final class KeyFigures {
    /**
     * One figure.
     *
     * @param value the number, with its unit
     * @param meaning what it is
     * @param detail its interval, or what it is made of; may be empty
     */
    record Figure(String value, String meaning, String detail) {}

    private final View view;

    KeyFigures(View view) {
        this.view = view;
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        String arm = view.headline().arm();
        view.cell(arm)
                .ifPresent(cell -> figures.add(new Figure(
                        view.numbers().valueWithUnit(cell.mean()),
                        Names.prose(view.metric().name()) + " with " + view.samples(),
                        cell.trials().size() < 2
                                ? "one repeat"
                                : interval(
                                        view.numbers().value(cell.ci().low()),
                                        view.numbers().value(cell.ci().high())))));
        samples(arm).or(() -> won(arm)).ifPresent(figures::add);
        lift(arm).or(() -> won(arm).filter(figure -> !figures.contains(figure))).ifPresent(figures::add);
        cost(arm).ifPresent(figures::add);
        return figures;
    }

    private Optional<Figure> samples(String arm) {
        if (arm.equals(view.baseline()) || view.sizes().size() < 2) {
            return Optional.empty();
        }
        String base = view.names().brief(view.baseline());
        SamplesSaved saved = new SamplesSaved(view.summary(), arm, view.size());
        return saved.needed()
                .map(e -> new Figure(
                        "≈ " + Numbers.about(e.value()) + " samples", base + " would need for that", bounds(e)))
                .or(() -> saved.enough()
                        .map(e -> new Figure(
                                "≈ " + Numbers.about(e.value()) + " samples",
                                "are enough to reach " + base + " with " + Numbers.count(view.size()),
                                bounds(e))));
    }

    private Optional<Figure> won(String arm) {
        return view.summary()
                .against(arm, view.size())
                .map(against -> new Figure(
                        against.difference().wins() + " of "
                                + against.difference().pairs(),
                        "pairs won against " + view.names().brief(view.baseline()),
                        "same subset, same initial weights"));
    }

    private Optional<Figure> lift(String arm) {
        Optional<String> other = view.headline()
                .classical()
                .filter(classical -> !classical.equals(arm))
                .or(() -> view.arms().stream()
                        .filter(plain -> view.summary().kind(plain) == ArmKind.PLAIN && !plain.equals(arm))
                        .findFirst());
        return other.flatMap(reference -> view.summary()
                .difference(arm, reference, view.size())
                .map(difference -> {
                    boolean classical = view.summary().kind(reference) == ArmKind.CLASSICAL;
                    return new Figure(
                            view.numbers().lift(difference.mean()) + " "
                                    + view.numbers().unit(),
                            (view.metric().rising() ? "lift over " : "change against ")
                                    + view.names().inSentence(reference, classical),
                            lift(difference));
                }));
    }

    private String lift(Difference difference) {
        return difference.pairs() < 2
                ? "one pair"
                : interval(
                        view.numbers().lift(difference.ci().low()).replace("+", ""),
                        view.numbers().lift(difference.ci().high()).replace("+", ""));
    }

    private Optional<Figure> cost(String arm) {
        Optional<Cell> base = view.cell(view.baseline()).filter(cell -> cell.seconds() > 0);
        if (arm.equals(view.baseline())) {
            return base.map(cell ->
                    new Figure(Numbers.two(cell.seconds()) + " s", "median time of a training", "tuning not included"));
        }
        return view.cell(arm)
                .flatMap(cell -> base.map(other -> new Figure(
                        Numbers.two(cell.seconds() / other.seconds()) + " ×",
                        "training time of " + view.names().brief(view.baseline()),
                        Numbers.two(cell.seconds()) + " s against " + Numbers.two(other.seconds()) + " s")));
    }

    private static String bounds(SamplesSaved.Estimate estimate) {
        return estimate.interval()
                .map(ci -> interval(Numbers.about(ci.low()), Numbers.about(ci.high())))
                .orElse("interval beyond the sizes tried");
    }

    private static String interval(String low, String high) {
        String between = low.startsWith(Numbers.MINUS) || high.startsWith(Numbers.MINUS) ? " to " : "–";
        return "95" + Numbers.THIN + "%: " + low + between + high;
    }
}
