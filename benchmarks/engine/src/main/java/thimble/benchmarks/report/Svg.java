package thimble.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

/** Writes one picture as SVG; colours come from classes, so that light, dark and paper share it. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins a picture.
     *
     * @param id unique in the page
     * @param kind {@code wide} or {@code half}
     * @param title what it shows
     * @param description how to read it, naming its table
     */
    Svg(String id, String kind, double width, double height, String title, String description) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"")
                .append(kind)
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" aria-labelledby=\"")
                .append(id)
                .append("-t ")
                .append(id)
                .append("-d\">\n<title id=\"")
                .append(id)
                .append("-t\">")
                .append(Html.text(title))
                .append("</title>\n<desc id=\"")
                .append(id)
                .append("-d\">")
                .append(Html.text(description))
                .append("</desc>\n");
    }

    /** Begins a group. */
    Svg group(String classes) {
        out.append("<g class=\"").append(classes).append("\">\n");
        return this;
    }

    /** Ends a group. */
    Svg end() {
        out.append("</g>\n");
        return this;
    }

    Svg line(String classes, double x1, double y1, double x2, double y2) {
        return shape(
                "line",
                classes,
                "x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                        + "\"",
                Optional.empty());
    }

    Svg rectangle(String classes, double x, double y, double width, double height) {
        return shape(
                "rect",
                classes,
                "x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\""
                        + number(height) + "\"",
                Optional.empty());
    }

    Svg path(String classes, String data) {
        return shape("path", classes, "d=\"" + data + "\"", Optional.empty());
    }

    /** A small dot: one repeat. */
    Svg dot(double x, double y, String tip) {
        return shape("circle", "dot", "cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"2.1\"", Optional.of(tip));
    }

    /** A mark of an arm at a place, with a text shown when pointed at. */
    Svg mark(Mark mark, boolean filled, double x, double y, String tip) {
        out.append("<g class=\"point\" data-x=\"")
                .append(number(x))
                .append("\" data-y=\"")
                .append(number(y))
                .append("\" data-tip=\"")
                .append(Html.text(tip))
                .append("\">")
                .append(mark.shape(x, y, filled))
                .append("</g>\n");
        return this;
    }

    /** A mark as a key, without place or tip. */
    Svg key(Mark mark, double x, double y) {
        out.append(mark.shape(x, y, true)).append('\n');
        return this;
    }

    /** A text; {@code anchor} is start, middle or end. */
    Svg text(String classes, double x, double y, String anchor, String text) {
        return raw(classes, x, y, anchor, Html.text(text));
    }

    /** A name in its two parts. */
    Svg name(double x, double y, String anchor, Names.Name name) {
        String rest = name.shared().isEmpty() ? "" : " <tspan class=\"rest\">" + Html.text(name.shared()) + "</tspan>";
        return raw("name", x, y, anchor, Html.text(name.own()) + rest);
    }

    /** The picture. */
    String close() {
        return out.append("</svg>\n").toString();
    }

    /** A coordinate with at most two decimals. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
    }

    private Svg raw(String classes, double x, double y, String anchor, String content) {
        out.append("<text class=\"")
                .append(classes)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(content)
                .append("</text>\n");
        return this;
    }

    private Svg shape(String element, String classes, String attributes, Optional<String> tip) {
        out.append('<')
                .append(element)
                .append(" class=\"")
                .append(classes)
                .append("\" ")
                .append(attributes);
        tip.ifPresent(text -> out.append(" data-tip=\"").append(Html.text(text)).append('"'));
        out.append("/>\n");
        return this;
    }
}
