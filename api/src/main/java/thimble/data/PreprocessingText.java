package thimble.data;

import java.util.ArrayList;
import java.util.List;

/** Text form of preprocessing: a heading, a line {@code input FIRST ELEMENTS m:f:d …} per block, a line {@code target m:f:d …}. */
final class PreprocessingText {
    private static final String HEADING = "thimble-preprocessing 1";

    private PreprocessingText() {}

    static String print(Preprocessing value) {
        StringBuilder text = new StringBuilder(HEADING).append('\n');
        for (Preprocessing.Block block : value.inputs()) {
            text.append("input ").append(block.first()).append(' ').append(block.elements());
            print(block.scalings(), text);
        }
        if (!value.targets().isEmpty()) {
            text.append("target");
            print(value.targets(), text);
        }
        return text.toString();
    }

    private static void print(List<Scaling> scalings, StringBuilder text) {
        for (Scaling scaling : scalings) {
            text.append(' ').append(Double.toHexString(scaling.mean()));
            text.append(':').append(Double.toHexString(scaling.factor()));
            text.append(':').append(Double.toHexString(scaling.median()));
        }
        text.append('\n');
    }

    static Preprocessing parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADING)) {
            throw new DataException("[preprocessing] line 1: expected '" + HEADING + "' but received '"
                    + (lines.isEmpty() ? "" : lines.getFirst()) + "'");
        }
        List<Preprocessing.Block> blocks = new ArrayList<>();
        List<Scaling> targets = List.of();
        for (int line = 1; line < lines.size(); line++) {
            String[] words = lines.get(line).split(" ");
            try {
                switch (words[0]) {
                    case "input" ->
                        blocks.add(new Preprocessing.Block(
                                Integer.parseInt(words[1]), Integer.parseInt(words[2]), scalings(words, 3)));
                    case "target" -> targets = scalings(words, 1);
                    default ->
                        throw new IllegalArgumentException(
                                "expected 'input' or 'target' but received '" + words[0] + "'");
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new DataException("[preprocessing] line " + (line + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Preprocessing(blocks, targets);
    }

    private static List<Scaling> scalings(String[] words, int from) {
        List<Scaling> scalings = new ArrayList<>();
        for (int i = from; i < words.length; i++) {
            String[] numbers = words[i].split(":");
            if (numbers.length != 3) {
                throw new IllegalArgumentException("expected mean:factor:median but received '" + words[i] + "'");
            }
            scalings.add(new Scaling(
                    Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2])));
        }
        return scalings;
    }
}
