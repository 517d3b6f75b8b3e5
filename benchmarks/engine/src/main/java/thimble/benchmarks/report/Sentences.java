package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import thimble.benchmarks.ArmKind;
import thimble.benchmarks.Config;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;
import thimble.benchmarks.Verdict;
import thimble.benchmarks.statistics.Interval;

/**
 * The answer in words.
 *
 * @param headline what the answer is about
 * @param whole name of an arm where it is introduced
 * @param brief name of an arm in a list
 * @param code true if names are specs, which keep their lower case at the beginning of a sentence
 */
record Sentences(Headline headline, UnaryOperator<String> whole, UnaryOperator<String> brief, boolean code) {
    private static final List<String> WORDS = List.of(
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    /**
     * The answer in parts.
     *
     * @param before text before the number, all of it where there is no number
     * @param number the one number, with its unit
     * @param interval its interval in brackets
     * @param gain true if the number is a gain, false for a loss
     */
    record Answer(String before, String number, String interval, boolean gain) {
        /** The sentence in one piece. */
        String text() {
            return number.isEmpty() ? before : (before + " " + number + " " + interval).strip() + ".";
        }
    }

    static Sentences prose(Headline headline, Names names) {
        Summary summary = headline.summary();
        return new Sentences(
                headline,
                arm -> names.of(arm).whole(),
                arm -> names.inSentence(arm, summary.kind(arm) == ArmKind.CLASSICAL),
                false);
    }

    /** With specs for names, as a terminal shows them. */
    static Sentences specs(Headline headline, UnaryOperator<String> names) {
        return new Sentences(headline, names, names, true);
    }

    /** The answer: one sentence with one number and its interval. */
    Answer answer() {
        String samples = "With " + Numbers.count(headline.size()) + " samples";
        String base = whole.apply(summary().baseline());
        if (arms().isEmpty()) {
            return new Answer(samples + ", " + base + " alone was tried: there is nothing to compare.", "", "", true);
        }
        if (headline.best().isPresent()) {
            String best = headline.best().get();
            return counted(
                    samples + ", " + whole.apply(best) + " cuts the " + what() + " of " + base + " by", best, true);
        }
        List<String> worse = headline.with(Verdict.WORSE);
        if (!worse.isEmpty() && worse.size() == arms().size()) {
            String tried = worse.size() == 1
                    ? base + " is better than " + whole.apply(worse.getFirst())
                    : base + " is the best of the " + word(worse.size() + 1) + " methods tried";
            String loser = worse.size() == 1 ? "which" : whole.apply(worse.getFirst());
            String joint = worse.size() == 1 ? ", which raises its " : "; " + loser + " raises its ";
            return counted(samples + ", " + tried + joint + what() + " by", worse.getFirst(), false);
        }
        return new Answer(
                samples + " no method is " + (worse.isEmpty() ? "distinguishable from " : "better than ") + base + ".",
                "",
                "",
                true);
    }

    /** What else there is to say, one sentence each. */
    List<String> lede() {
        List<String> sentences = new ArrayList<>();
        verdicts().ifPresent(sentences::add);
        headline.best().flatMap(this::elsewhere).ifPresent(sentences::add);
        sentences.add(budget());
        sentences.addAll(limits());
        return sentences;
    }

    private Optional<String> verdicts() {
        List<String> parts = new ArrayList<>();
        List<String> better = headline.with(Verdict.BETTER).stream()
                .filter(arm -> !arm.equals(headline.arm()))
                .toList();
        List<String> open = headline.with(Verdict.NOT_DISTINGUISHABLE);
        List<String> worse = headline.with(Verdict.WORSE);
        boolean saidAlready = headline.best().isEmpty() && (open.isEmpty() || worse.isEmpty());
        if (saidAlready) {
            return Optional.empty();
        }
        String base = brief.apply(summary().baseline());
        if (!better.isEmpty()) {
            parts.add(list(better) + (better.size() == 1 ? " is" : " are") + " better than " + base + " too");
        }
        if (!open.isEmpty()) {
            parts.add(list(open) + (open.size() == 1 ? " is" : " are") + " not distinguishable from " + base
                    + " at this size");
        }
        if (!worse.isEmpty()) {
            parts.add(list(worse) + (worse.size() == 1 ? " is" : " are") + " worse"
                    + (parts.isEmpty() ? " than " + base : ""));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(capital(String.join("; ", parts)) + ".");
    }

    private Optional<String> elsewhere(String best) {
        List<Integer> sizes = summary().config().sizes();
        if (sizes.size() == 1) {
            return Optional.empty();
        }
        List<Integer> better = sizes(best, Verdict.BETTER);
        String begin = capital(whole.apply(best)) + " is better than "
                + brief.apply(summary().baseline());
        if (better.size() == sizes.size()) {
            return Optional.of(
                    begin + " at " + (sizes.size() == 2 ? "both" : "all " + word(sizes.size())) + " sizes tried.");
        }
        List<String> rest = new ArrayList<>();
        if (!sizes(best, Verdict.NOT_DISTINGUISHABLE).isEmpty()) {
            rest.add("not distinguishable at " + counts(sizes(best, Verdict.NOT_DISTINGUISHABLE)));
        }
        if (!sizes(best, Verdict.WORSE).isEmpty()) {
            rest.add("worse at " + counts(sizes(best, Verdict.WORSE)));
        }
        String more = rest.isEmpty() ? "" : " and " + String.join(", ", rest);
        return Optional.of(begin + " at " + counts(better) + more + ".");
    }

    private String budget() {
        Config config = summary().config();
        int tune = config.number("tune");
        if (tune == 0) {
            return arms().isEmpty() ? "It is untuned." : "All methods are untuned.";
        }
        return arms().isEmpty() ? "It had " + trials(tune) + "." : "All methods had the same " + trials(tune) + ".";
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        Config config = summary().config();
        int planned = config.number("trials");
        if (planned == 1) {
            limits.add("One repeat only: no interval, no p, no verdict.");
        } else if (planned < Difference.FEWEST && !arms().isEmpty()) {
            limits.add("With fewer than " + word(Difference.FEWEST) + " repeats there is no p and no verdict.");
        }
        if (config.sizes().size() == 1) {
            limits.add("Only one size was tried.");
        }
        if (!summary().failures().isEmpty()) {
            limits.add(summary().failures().size() + " of " + summary().trials() + " trials failed: "
                    + summary().failures().stream()
                            .map(Trial::methods)
                            .distinct()
                            .map(brief)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (summary().open() > 0) {
            limits.add("Not finished: " + summary().open() + " trials are still to run.");
        }
        return limits;
    }

    private Answer counted(String before, String arm, boolean gain) {
        Difference difference =
                summary().against(arm, headline.size()).orElseThrow().difference();
        int sign = gain ? -1 : 1;
        if (difference.relative().isEmpty()) {
            return new Answer(before, Numbers.of(summary()).difference(difference.mean()), "", gain);
        }
        Interval ci = difference.relativeCi().orElseThrow().times(sign);
        return new Answer(
                before,
                Numbers.percent(sign * difference.relative().getAsDouble()) + Numbers.THIN + "%",
                "(95" + Numbers.THIN + "%: " + Numbers.percent(ci.low()) + "–" + Numbers.percent(ci.high()) + ")",
                gain);
    }

    /** What falls: error for accuracy and its like, the metric itself for RMSE and its like. */
    String what() {
        return what(summary());
    }

    static String what(Summary summary) {
        String metric = summary.config().metric().name();
        return switch (metric) {
            case "accuracy" -> "error";
            case "rmse", "ece" -> metric.toUpperCase(Locale.ROOT);
            case "loss" -> "loss";
            default -> "1" + Numbers.THIN + "−" + Numbers.THIN + Names.prose(metric);
        };
    }

    static String word(int count) {
        return count < WORDS.size() ? WORDS.get(count) : Numbers.count(count);
    }

    static String trials(int tune) {
        return tune + (tune == 1 ? " tuning trial" : " tuning trials");
    }

    private String list(List<String> arms) {
        return joined(arms.stream().map(brief).toList());
    }

    private static String counts(List<Integer> sizes) {
        return joined(sizes.stream().map(Numbers::count).toList());
    }

    private static String joined(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    private String capital(String text) {
        return code ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private List<Integer> sizes(String arm, Verdict verdict) {
        return summary().config().sizes().stream()
                .filter(size -> Headline.verdict(summary(), arm, size)
                        .filter(verdict::equals)
                        .isPresent())
                .toList();
    }

    private List<String> arms() {
        return summary().config().texts("methods").stream().skip(1).toList();
    }

    private Summary summary() {
        return headline.summary();
    }
}
