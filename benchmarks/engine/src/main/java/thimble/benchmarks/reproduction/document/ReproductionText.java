package thimble.benchmarks.reproduction.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.PartResult;
import thimble.benchmarks.reproduction.Reproduction;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/** The words and numbers of a reproduction, the same for terminal and document. */
public final class ReproductionText {
    /** Heads of the columns. */
    public static final List<String> HEADS = List.of("", "ours", "95 % interval", "published", "difference", "verdict");

    private ReproductionText() {}

    /** A row in the order of the heads; what is unknown is a dash. */
    public static List<String> cells(Finding finding) {
        Unit unit = finding.unit();
        return List.of(
                finding.label(),
                finding.ours().isPresent() ? unit.text(finding.ours().getAsDouble()) : "–",
                interval(finding.interval(), unit),
                finding.published().isPresent()
                        ? unit.number(finding.published().getAsDouble())
                        : "–",
                difference(finding.difference(), unit),
                finding.outcome().text());
    }

    /** How it was run, in one line. */
    public static String how(Reproduction reproduction) {
        List<String> parts = new ArrayList<>();
        parts.add(duration(Duration.ofSeconds(Math.round(reproduction.seconds()))));
        parts.add(reproduction.environment().backend());
        parts.add(reproduction.environment().processor());
        parts.add("version " + reproduction.environment().version());
        parts.add(reproduction.environment().started().replaceFirst("T.*", ""));
        if (!reproduction.complete()) {
            int done = reproduction.parts().stream().mapToInt(PartResult::done).sum();
            int planned =
                    reproduction.parts().stream().mapToInt(PartResult::planned).sum();
            parts.add(String.format(Locale.ROOT, "not complete: %,d of %,d trainings", done, planned));
        }
        return String.join(" · ", parts);
    }

    /** The command that repeats it. */
    public static String command(Reproduction reproduction) {
        return "thimble reproduce " + reproduction.experiment().name()
                + (reproduction.form() == Form.QUICK ? " --quick" : "");
    }

    /** How many rows have each verdict, as in {@code 10 hold, 2 partly, 1 not}. */
    public static String counts(Reproduction reproduction) {
        List<String> parts = new ArrayList<>();
        long holds = reproduction.count(Outcome.HOLDS);
        parts.add(holds + (holds == 1 ? " holds" : " hold"));
        parts.add(reproduction.count(Outcome.PARTLY) + " partly");
        parts.add(reproduction.count(Outcome.NOT) + " not");
        parts.add(reproduction.count(Outcome.REPORTED) + " reported");
        long undefined = reproduction.count(Outcome.UNDEFINED);
        if (undefined > 0) {
            parts.add(undefined + " without a value");
        }
        long open = reproduction.count(Outcome.OPEN);
        if (open > 0) {
            parts.add(open + " not run yet");
        }
        return String.join(", ", parts);
    }

    /** How a part ran, in one line. */
    public static String conditions(Part part) {
        return switch (part) {
            case Study study -> conditions(study);
            case Measurement measurement -> measurement.extent();
        };
    }

    private static String conditions(Study study) {
        Conditions conditions = study.conditions();
        return conditions.model() + " on " + conditions.dataset() + ", "
                + conditions.training().optimizer() + ", learning rate "
                + conditions.training().rate() + ", "
                + conditions.training().budget().text() + ", batch "
                + conditions.training().batch()
                + (conditions.training().augment().isEmpty()
                        ? ""
                        : ", " + String.join(", ", conditions.training().augment()))
                + "; samples (repeats): " + Size.text(study.sizes()) + "; "
                + (conditions.tune() == 0 ? "untuned" : conditions.tune() + " tuning trials per method and size");
    }

    /** {@code 2 h 13 min}, {@code 4 min} or {@code 12 s}. */
    public static String duration(Duration time) {
        if (time.compareTo(Duration.ofHours(1)) >= 0) {
            return time.toHours() + " h" + (time.toMinutesPart() == 0 ? "" : " " + time.toMinutesPart() + " min");
        }
        return time.compareTo(Duration.ofMinutes(1)) >= 0
                ? Math.round(time.toSeconds() / 60.0) + " min"
                : time.toSeconds() + " s";
    }

    private static String interval(Optional<Interval> interval, Unit unit) {
        return interval.map(ci -> unit.number(ci.low()) + " … " + unit.number(ci.high()))
                .orElse("–");
    }

    private static String difference(OptionalDouble difference, Unit unit) {
        return difference.isPresent() ? unit.difference(difference.getAsDouble()) : "–";
    }
}
