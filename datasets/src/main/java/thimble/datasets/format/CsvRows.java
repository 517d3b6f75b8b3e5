package thimble.datasets.format;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import thimble.data.DataException;

/**
 * Rows of a delimited text file in UTF-8, plain or gzip; 1,5 is 1.5 where semicolons separate. In a file of the form ARFF (.arff) the rows
 * begin after the line {@code @data} and lines from % on are remarks.
 */
record CsvRows(Path path, char separator, char quote, boolean arff) {
    private static final int LONGEST_FIRST_LINE = 1 << 20;
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+([eE][+-]?\\d+)?");

    /** Receives the line number, counted from 1, and the cells without surrounding blanks. */
    @FunctionalInterface
    interface Visitor {
        void row(long line, List<String> cells);
    }

    /** Finds the separator: comma, semicolon, tab or bar, whichever is most frequent in the first line. */
    static CsvRows of(Path path, char quote) {
        boolean arff = path.getFileName().toString().contains(".arff");
        try (BufferedReader reader = reader(path)) {
            char[] start = new char[LONGEST_FIRST_LINE];
            int length = arff ? 0 : Math.max(0, reader.read(start, 0, start.length));
            String first = new String(start, 0, length)
                    .stripLeading()
                    .lines()
                    .findFirst()
                    .orElse("");
            char best = ',';
            for (char candidate : new char[] {';', '\t', '|'}) {
                if (count(first, candidate) > count(first, best)) {
                    best = candidate;
                }
            }
            return new CsvRows(path, best, quote, arff);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Visits all rows.
     *
     * @throws DataException if the file cannot be read, is not UTF-8 or has an unclosed quote
     */
    void forEach(Visitor visitor) {
        try (BufferedReader reader = reader(path)) {
            long before = arff ? header(reader) : 0;
            CsvReader<CsvRecord> rows = CsvReader.builder()
                    .fieldSeparator(separator)
                    .quoteCharacter(quote)
                    .allowUnclosedQuote(false)
                    .trimWhitespacesAroundQuotes(true)
                    .skipEmptyLines(true)
                    .commentStrategy(arff ? CommentStrategy.SKIP : CommentStrategy.NONE)
                    .commentCharacter('%')
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(reader);
            for (CsvRecord row : rows) {
                visitor.row(before + row.getStartingLineNumber(), cells(row));
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (UncheckedIOException e) {
            throw unreadable(path, new IOException(e.getMessage(), e));
        } catch (CsvParseException e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new DataException(
                    path + ": expected a table of delimited text but received this: " + e.getMessage() + cause, e);
        }
    }

    private long header(BufferedReader reader) throws IOException {
        long lines = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.strip().equalsIgnoreCase("@data")) {
                return lines;
            }
            lines++;
        }
        throw new DataException(path + ": line " + lines + ": expected a line @data but received the end of the file");
    }

    private List<String> cells(CsvRecord row) {
        List<String> cells = new ArrayList<>(row.getFieldCount());
        for (String field : row.getFields()) {
            String cell = field.strip();
            boolean decimalComma =
                    separator == ';' && DECIMAL_COMMA.matcher(cell).matches();
            cells.add(decimalComma ? cell.replace(',', '.') : cell);
        }
        return cells;
    }

    private static BufferedReader reader(Path path) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                SourceBytes.stream(path),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static DataException unreadable(Path path, IOException cause) {
        return new DataException(
                path + ": expected readable text in UTF-8 but received " + SourceBytes.reason(cause), cause);
    }
}
