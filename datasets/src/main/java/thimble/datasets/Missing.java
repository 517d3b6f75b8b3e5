package thimble.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import thimble.data.DataException;
import thimble.data.DatasetSource;

/** What is said of a data set that is not on this machine. */
public final class Missing {
    private Missing() {}

    /** The error whose text is the command that fetches the data set, with size and place. */
    public static DataException of(DatasetSource source, List<Path> folders) {
        String start = "[" + source.name() + "] expected " + source.info().title()
                + " on this machine but found no files in " + folders;
        String place = folders.isEmpty()
                ? source.name()
                : folders.getFirst().resolve(source.name()).toString();
        if (source.downloads().isEmpty()) {
            return new DataException(
                    start + "; no program can fetch them: " + source.info().licence() + "; put them under " + place);
        }
        long bytes = source.downloads().stream()
                .mapToLong(DatasetSource.Download::bytes)
                .sum();
        return new DataException(start + "; this fetches them: thimble datasets fetch " + source.name() + " ("
                + size(bytes) + " to " + place + ")");
    }

    /** A number of bytes for people, such as "11.6 MB". */
    public static String size(long bytes) {
        return bytes < 100_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
