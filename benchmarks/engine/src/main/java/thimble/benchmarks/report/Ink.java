package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.Verdict;

/**
 * How text reaches a terminal.
 *
 * @param colour true for ANSI colours and bold
 * @param unicode false where only ASCII is shown
 */
record Ink(boolean colour, boolean unicode) {
    private static final String BOLD = "1";
    private static final String SOFT = "90";

    /**
     * A text of several colours.
     *
     * @param runs its parts, in order
     */
    record Text(List<Run> runs) {
        Text {
            runs = List.copyOf(runs);
        }

        static Text plain(String text) {
            return new Text(List.of(new Run(text, "")));
        }

        static Text bold(String text) {
            return new Text(List.of(new Run(text, BOLD)));
        }

        static Text soft(String text) {
            return new Text(List.of(new Run(text, SOFT)));
        }

        /** This text with a soft one behind it. */
        Text soften(String text) {
            return then(new Run(text, SOFT));
        }

        /** This text with the sign of a verdict behind it, or a blank. */
        Text verdict(Optional<Verdict> verdict) {
            return then(verdict.map(v -> new Run(Glyph.text(v, true), style(v))).orElse(new Run(" ", "")));
        }

        private Text then(Run run) {
            List<Run> longer = new ArrayList<>(runs);
            longer.add(run);
            return new Text(longer);
        }
    }

    /**
     * A part of one colour.
     *
     * @param text the characters
     * @param style ANSI code, empty for none
     */
    record Run(String text, String style) {}

    String plain(String text) {
        return shown(text);
    }

    String bold(String text) {
        return painted(new Run(text, BOLD));
    }

    String soft(String text) {
        return painted(new Run(text, SOFT));
    }

    String glyph(Verdict verdict) {
        return painted(new Run(Glyph.text(verdict, true), style(verdict)));
    }

    /** Columns that a text takes. */
    int width(Text text) {
        return text.runs().stream().mapToInt(run -> shown(run.text()).length()).sum();
    }

    /** A text as it is written. */
    String written(Text text) {
        StringBuilder out = new StringBuilder();
        text.runs().forEach(run -> out.append(painted(run)));
        return out.toString();
    }

    /** A horizontal rule. */
    String rule(int columns) {
        return soft("─".repeat(columns));
    }

    private String painted(Run run) {
        String text = shown(run.text());
        return colour && !run.style().isEmpty() && !text.isBlank()
                ? "\u001b[" + run.style() + "m" + text + "\u001b[0m"
                : text;
    }

    /** Thin spaces as plain ones, and everything outside ASCII replaced where that is all there is. */
    private String shown(String text) {
        String spaced = text.replace(Numbers.THIN, " ").replace('\u00a0', ' ');
        if (unicode) {
            return spaced;
        }
        return spaced.replace("±", "+-")
                .replace('−', '-')
                .replace('–', '-')
                .replace('─', '-')
                .replace("▲", Glyph.text(Verdict.BETTER, false))
                .replace("▼", Glyph.text(Verdict.WORSE, false))
                .replace("○", Glyph.text(Verdict.NOT_DISTINGUISHABLE, false))
                .replaceAll("[^\\x00-\\x7f]", "?");
    }

    private static String style(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "32";
            case WORSE -> "33";
            case NOT_DISTINGUISHABLE -> SOFT;
        };
    }
}
