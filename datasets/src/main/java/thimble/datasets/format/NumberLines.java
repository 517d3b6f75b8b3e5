package thimble.datasets.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import thimble.data.DataException;

/** Text files, plain or gzip, whose lines hold equally many numbers between blanks. */
public final class NumberLines {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private NumberLines() {}

    /**
     * The numbers of each line.
     *
     * @throws DataException if the file cannot be read, or a line holds another count or something else
     */
    public static float[][] read(Path path) {
        List<float[]> rows = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(SourceBytes.stream(path), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                float[] row = row(path, rows.size() + 1, line.strip());
                if (!rows.isEmpty() && rows.getFirst().length != row.length) {
                    throw new DataException(path + ": line " + (rows.size() + 1) + ": expected "
                            + rows.getFirst().length + " numbers as in the first line but received " + row.length);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new DataException(
                    path + ": line " + (rows.size() + 1) + ": expected readable text but received "
                            + SourceBytes.reason(e),
                    e);
        }
        return rows.toArray(float[][]::new);
    }

    private static float[] row(Path path, int line, String text) {
        String[] words = BLANKS.split(text);
        float[] row = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            row[i] = (float) Cells.number(word)
                    .orElseThrow(() -> new DataException(
                            path + ": line " + line + ": expected a number but received '" + word + "'"));
        }
        return row;
    }
}
