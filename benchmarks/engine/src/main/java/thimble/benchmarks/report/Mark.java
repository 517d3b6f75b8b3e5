package thimble.benchmarks.report;

import static thimble.benchmarks.report.Svg.number;

/** Shapes of arms: with the hue, so that colour is never alone. */
enum Mark {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    TRIANGLE_DOWN,
    DIAMOND,
    CROSS,
    PLUS;

    /** The shape at a place, filled or hollow; a hollow cross or plus is a hollow circle. */
    String shape(double x, double y, boolean filled) {
        if ((this == CROSS || this == PLUS) && filled) {
            double r = this == CROSS ? 4 : 5;
            return this == CROSS
                    ? "<path class=\"stroke\" d=\"M" + point(x - r, y - r) + "L" + point(x + r, y + r) + "M"
                            + point(x - r, y + r) + "L" + point(x + r, y - r) + "\"/>"
                    : "<path class=\"stroke\" d=\"M" + point(x - r, y) + "L" + point(x + r, y) + "M" + point(x, y - r)
                            + "L" + point(x, y + r) + "\"/>";
        }
        String style = filled ? "mark" : "open";
        return switch (this) {
            case SQUARE ->
                "<rect class=\"" + style + "\" x=\"" + number(x - 4) + "\" y=\"" + number(y - 4)
                        + "\" width=\"8\" height=\"8\"/>";
            case TRIANGLE -> polygon(style, x, y - 5.2, x + 5, y + 3.8, x - 5, y + 3.8);
            case TRIANGLE_DOWN -> polygon(style, x, y + 5.2, x + 5, y - 3.8, x - 5, y - 3.8);
            case DIAMOND -> polygon(style, x, y - 5.6, x + 5.6, y, x, y + 5.6, x - 5.6, y);
            case CIRCLE, CROSS, PLUS ->
                "<circle class=\"" + style + "\" cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"4.6\"/>";
        };
    }

    private static String polygon(String style, double... places) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < places.length; i += 2) {
            points.append(i == 0 ? "" : " ")
                    .append(number(places[i]))
                    .append(',')
                    .append(number(places[i + 1]));
        }
        return "<polygon class=\"" + style + "\" points=\"" + points + "\"/>";
    }

    private static String point(double x, double y) {
        return number(x) + " " + number(y);
    }
}
