package thimble.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where named data sets are looked for. */
public final class DataFolders {
    /** Environment variable that names a folder of data sets. */
    public static final String VARIABLE = "THIMBLE_DATA";

    private DataFolders() {}

    /**
     * Folders in the order of search; the first is where downloads go.
     *
     * @param explicit the folder the user asked for
     * @param environment environment variables: {@link #VARIABLE}, then the cache folder by XDG_CACHE_HOME, LOCALAPPDATA or HOME
     * @param home the user's home folder
     */
    public static List<Path> search(Optional<Path> explicit, Map<String, String> environment, Path home) {
        List<Path> folders = new ArrayList<>();
        explicit.ifPresent(folders::add);
        variable(environment, VARIABLE).ifPresent(folders::add);
        folders.add(variable(environment, "XDG_CACHE_HOME")
                .or(() -> variable(environment, "LOCALAPPDATA"))
                .orElse(home.resolve(".cache"))
                .resolve("thimble")
                .resolve("datasets"));
        return List.copyOf(folders);
    }

    /** Folders in the order of search on this machine. */
    public static List<Path> search(Optional<Path> explicit) {
        return search(explicit, System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
