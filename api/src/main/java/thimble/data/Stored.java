package thimble.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import thimble.tensor.Shape;

/**
 * What a trained model or a fitted extractor is made of, as it stands in a file: texts, numbers and further parts, by name. Bits of
 * numbers stay.
 *
 * @param kind what can read it: the name of the method that made it, or a kind of model
 * @param texts texts by key
 * @param numbers numbers by name
 * @param parts parts by name, which is made of small letters, digits and hyphens
 */
public record Stored(
        String kind,
        SequencedMap<String, String> texts,
        SequencedMap<String, Numbers> numbers,
        SequencedMap<String, Stored> parts) {
    /** Row-major numbers of one type; arrays are not copied. */
    public sealed interface Numbers {
        /** Size by axis. */
        Shape shape();

        /** 32-bit floating point. */
        record Floats(Shape shape, float[] values) implements Numbers {
            /** Checks the length. */
            public Floats {
                length(shape, values.length);
            }
        }

        /** 64-bit floating point. */
        record Doubles(Shape shape, double[] values) implements Numbers {
            /** Checks the length. */
            public Doubles {
                length(shape, values.length);
            }
        }

        /** 32-bit whole numbers. */
        record Integers(Shape shape, int[] values) implements Numbers {
            /** Checks the length. */
            public Integers {
                length(shape, values.length);
            }
        }

        private static void length(Shape shape, int length) {
            if (shape.elements() != length) {
                throw new IllegalArgumentException(
                        "[stored] expected " + shape.elements() + " numbers for " + shape + " but received " + length);
            }
        }
    }

    /** Copies the maps. */
    public Stored {
        texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
        numbers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(numbers));
        parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
        for (String name : parts.keySet()) {
            if (!name.matches("[a-z0-9-]+")) {
                throw new IllegalArgumentException(
                        "[stored] expected a name of small letters, digits and hyphens but received '" + name + "'");
            }
        }
    }

    /** Nothing of a kind yet. */
    public static Stored of(String kind) {
        return new Stored(kind, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** This with a text. */
    public Stored with(String key, String text) {
        return with(Map.of(key, text));
    }

    /** This with texts. */
    public Stored with(Map<String, String> more) {
        return new Stored(kind, joined(texts, more), numbers, parts);
    }

    /** This with a whole number as a text. */
    public Stored with(String key, int number) {
        return with(key, Integer.toString(number));
    }

    /** This with a number as a text that keeps all its bits. */
    public Stored with(String key, double number) {
        return with(key, Double.toHexString(number));
    }

    /** This with a flag as a text. */
    public Stored with(String key, boolean flag) {
        return with(key, Boolean.toString(flag));
    }

    /** This with numbers. */
    public Stored with(String name, Numbers values) {
        return new Stored(kind, texts, joined(numbers, Map.of(name, values)), parts);
    }

    /** This with numbers [n]. */
    public Stored with(String name, double[] values) {
        return with(name, new Numbers.Doubles(Shape.of(values.length), values));
    }

    /** This with whole numbers [n]. */
    public Stored with(String name, int[] values) {
        return with(name, new Numbers.Integers(Shape.of(values.length), values));
    }

    /** This with rows of one length [n, m]. */
    public Stored with(String name, float[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
        }
        return with(name, new Numbers.Floats(Shape.of(rows.length, rows[0].length), values));
    }

    /** This with rows of one length [n, m]. */
    public Stored with(String name, double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return with(name, new Numbers.Doubles(Shape.of(rows.length, rows[0].length), values));
    }

    /** This with a part. */
    public Stored with(String name, Stored part) {
        return new Stored(kind, texts, numbers, joined(parts, Map.of(name, part)));
    }

    private static <T> SequencedMap<String, T> joined(Map<String, T> before, Map<String, T> more) {
        SequencedMap<String, T> all = new LinkedHashMap<>(before);
        all.putAll(more);
        return all;
    }

    /** A text. Throws {@link DataException}, as all that follow do, if it is not there or not what it should be. */
    public String text(String key) {
        return known(key, texts.get(key), "a text");
    }

    /** A whole number in a range. */
    public int whole(String key, int least, int most) {
        String text = text(key);
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw wrong(key, "a whole number from " + least + " to " + most, text);
        }
        return number;
    }

    /** A number. */
    public double number(String key) {
        try {
            return Double.parseDouble(text(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "a number", text(key));
        }
    }

    /** A flag. */
    public boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, "true or false", text(key));
        };
    }

    /** Numbers [n]. */
    public double[] doubles(String name) {
        Numbers found = numbers(name, 1);
        return found instanceof Numbers.Doubles(Shape _, double[] values)
                ? values
                : refuse(name, "64-bit numbers [n]", found);
    }

    /** Whole numbers [n]. */
    public int[] integers(String name) {
        Numbers found = numbers(name, 1);
        return found instanceof Numbers.Integers(Shape _, int[] values)
                ? values
                : refuse(name, "32-bit whole numbers [n]", found);
    }

    /** Rows [n, m]. */
    public float[][] floatRows(String name) {
        Numbers found = numbers(name, 2);
        if (found instanceof Numbers.Floats(Shape shape, float[] values)) {
            int width = shape.size(1);
            float[][] rows = new float[shape.size(0)][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
            return rows;
        }
        return refuse(name, "32-bit numbers [n, m]", found);
    }

    /** Rows [n, m]. */
    public double[][] doubleRows(String name) {
        Numbers found = numbers(name, 2);
        if (found instanceof Numbers.Doubles(Shape shape, double[] values)) {
            int width = shape.size(1);
            double[][] rows = new double[shape.size(0)][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
            return rows;
        }
        return refuse(name, "64-bit numbers [n, m]", found);
    }

    /** A part. */
    public Stored part(String name) {
        return known(name, parts.get(name), "a part");
    }

    private Numbers numbers(String name, int rank) {
        Numbers found = known(name, numbers.get(name), "numbers");
        if (found.shape().rank() != rank) {
            throw wrong(name, "numbers of rank " + rank, "numbers " + found.shape());
        }
        return found;
    }

    private <T> T refuse(String name, String expected, Numbers found) {
        throw wrong(name, expected, found.getClass().getSimpleName());
    }

    private <T> T known(String name, @Nullable T found, String what) {
        if (found == null) {
            throw wrong(name, what, "none");
        }
        return found;
    }

    private DataException wrong(String name, String expected, String received) {
        return new DataException("[" + kind + ", " + name + "] expected " + expected + " but received " + received);
    }
}
