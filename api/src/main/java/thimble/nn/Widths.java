package thimble.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Widths of successive layers as a parameter of a ready model: {@code 300-100}, or {@code 200x5} for five of 200. */
final class Widths {
    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 200;
    private static final String PART = "\\d{1,5}(x[1-9]\\d{0,2})?";

    private Widths() {}

    /**
     * The widths.
     *
     * @throws IllegalArgumentException if they cannot be read; the text names model and parameter
     */
    static List<Integer> parse(String model, String parameter, String text) {
        List<Integer> widths = text.matches(PART + "(-" + PART + ")*") ? read(text) : List.of();
        if (widths.isEmpty() || widths.size() > DEEPEST || widths.stream().anyMatch(w -> w < 1 || w > WIDEST)) {
            throw new IllegalArgumentException("[" + model + "] expected " + parameter + " of 1 to " + DEEPEST
                    + " widths in 1.." + WIDEST + " such as 300-100 or 200x5 but received '" + text + "'");
        }
        return widths;
    }

    private static List<Integer> read(String text) {
        return Arrays.stream(text.split("-"))
                .map(part -> part.split("x"))
                .flatMap(part ->
                        Collections.nCopies(part.length == 1 ? 1 : Integer.parseInt(part[1]), Integer.valueOf(part[0]))
                                .stream())
                .toList();
    }
}
