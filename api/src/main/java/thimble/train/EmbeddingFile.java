package thimble.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import thimble.data.DataException;

/**
 * Reads vectors of classes: one line per class, numbers separated by commas. Only their angles matter, so rows are brought to length 1 and
 * turned so that as many coordinates as there are classes hold them: the coordinates in the orthonormal basis that Gram and Schmidt's process makes of the
 * rows in their order, which is a lower triangular matrix.
 */
final class EmbeddingFile {
    private static final long MOST_BYTES = 1L << 28;
    private static final double DEPENDENT = 1e-9;

    private EmbeddingFile() {}

    /**
     * Writes the turned rows.
     *
     * @param classes number of classes
     * @param into [classes, classes], row-major
     * @throws DataException if the file cannot be read or is not such a table; the text names file and line
     */
    static void read(Path file, int classes, float[] into) {
        double[][] rows = rows(file, classes);
        double[][] basis = new double[classes][];
        int found = 0;
        Arrays.fill(into, 0);
        for (int i = 0; i < classes; i++) {
            double[] rest = rows[i].clone();
            for (int j = 0; j < found; j++) {
                double along = dot(rest, basis[j]);
                into[i * classes + j] = (float) along;
                subtract(rest, along, basis[j]);
            }
            double length = Math.sqrt(dot(rest, rest));
            if (length > DEPENDENT) {
                into[i * classes + found] = (float) length;
                Arrays.setAll(rest, k -> rest[k] / length);
                basis[found++] = rest;
            }
        }
    }

    private static double[][] rows(Path file, int classes) {
        List<String> lines;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new DataException("[" + file + "] expected at most " + MOST_BYTES + " bytes of class embeddings");
            }
            lines = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new DataException("[" + file + "] expected a file with one row per class but it cannot be read", e);
        }
        if (lines.size() != classes) {
            throw new DataException(
                    "[" + file + "] expected one row for each of " + classes + " classes but received " + lines.size());
        }
        double[][] rows = new double[classes][];
        for (int i = 0; i < classes; i++) {
            rows[i] = row(file, i + 1, lines.get(i));
            if (rows[i].length != rows[0].length) {
                throw new DataException("[" + file + ", row " + (i + 1) + "] expected " + rows[0].length
                        + " numbers as in the first row but received " + rows[i].length);
            }
        }
        return rows;
    }

    private static double[] row(Path file, int line, String text) {
        double[] numbers;
        try {
            numbers = Arrays.stream(text.split(",", -1))
                    .mapToDouble(cell -> Double.parseDouble(cell.strip()))
                    .toArray();
        } catch (NumberFormatException e) {
            throw new DataException(
                    "[" + file + ", row " + line + "] expected numbers separated by commas but received '"
                            + text.substring(0, Math.min(text.length(), 40)) + "'",
                    e);
        }
        double length = Math.sqrt(dot(numbers, numbers));
        if (!(length > 0 && Double.isFinite(length))) {
            throw new DataException("[" + file + ", row " + line
                    + "] expected a vector with a direction but received one of length " + length);
        }
        Arrays.setAll(numbers, k -> numbers[k] / length);
        return numbers;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void subtract(double[] from, double factor, double[] vector) {
        for (int k = 0; k < from.length; k++) {
            from[k] -= factor * vector[k];
        }
    }
}
