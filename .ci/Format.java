import static java.nio.charset.StandardCharsets.UTF_8;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks ({@code check FOLDER}) or rewrites ({@code write FOLDER}) the format of every Java source below a folder. */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());
    private static final String SEPARATOR = File.separator;

    public static void main(String[] arguments) throws IOException, FormatterException {
        boolean write = arguments[0].equals("write");
        Path root = Path.of(arguments[1]);
        List<Path> sources = sources(root);
        List<Path> changed = new ArrayList<>();
        for (Path source : sources) {
            String before = Files.readString(source, UTF_8);
            if (!before.equals(format(source, before, write))) {
                changed.add(source);
            }
        }
        if (sources.isEmpty()) {
            throw new IllegalStateException("no Java source below " + root);
        }
        if (!write && !changed.isEmpty()) {
            System.err.println("not formatted (mvn -q -N initialize -Dformat=write does it):");
            changed.forEach(source -> System.err.println("  " + source));
            System.exit(1);
        }
    }

    private static String format(Path source, String before, boolean write) throws IOException, FormatterException {
        String after;
        try {
            after = FORMATTER.formatSourceAndFixImports(before);
        } catch (FormatterException e) {
            System.err.println(source + ": " + e.getMessage());
            throw e;
        }
        if (write && !before.equals(after)) {
            Files.writeString(source, after, UTF_8);
        }
        return after;
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains(SEPARATOR + "target" + SEPARATOR))
                    .sorted()
                    .toList();
        }
    }
}
