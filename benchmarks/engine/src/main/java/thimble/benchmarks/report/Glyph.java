package thimble.benchmarks.report;

import thimble.benchmarks.Verdict;

/** The three signs of a verdict, as text and as small pictures. */
final class Glyph {
    private Glyph() {}

    /** One character: {@code ▲ ▼ ○}, in ASCII {@code + - =}. */
    static String text(Verdict verdict, boolean unicode) {
        return switch (verdict) {
            case BETTER -> unicode ? "▲" : "+";
            case WORSE -> unicode ? "▼" : "-";
            case NOT_DISTINGUISHABLE -> unicode ? "○" : "=";
        };
    }

    /** A verdict in words for people. */
    static String words(Verdict verdict) {
        return verdict.text().replace('-', ' ');
    }

    /** A small picture with its meaning for screen readers. */
    static String svg(Verdict verdict) {
        String shape = switch (verdict) {
            case BETTER -> "<polygon class=\"mark\" points=\"6.5,1.5 12,11.5 1,11.5\"/>";
            case WORSE -> "<polygon class=\"mark\" points=\"6.5,11.5 12,1.5 1,1.5\"/>";
            case NOT_DISTINGUISHABLE -> "<circle class=\"stroke thin\" cx=\"6.5\" cy=\"6.5\" r=\"4\"/>";
        };
        String style = switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse-glyph";
            case NOT_DISTINGUISHABLE -> "open-glyph";
        };
        return "<svg class=\"glyph " + style + "\" viewBox=\"0 0 13 13\" role=\"img\" aria-label=\"" + words(verdict)
                + "\">" + shape + "</svg>";
    }

    /** The key of an arm before its name. */
    static String key(Look look) {
        return "<svg class=\"glyph key " + look.style() + "\" viewBox=\"0 0 13 13\" aria-hidden=\"true\">"
                + look.mark().shape(6.5, 6.5, true) + "</svg>";
    }
}
