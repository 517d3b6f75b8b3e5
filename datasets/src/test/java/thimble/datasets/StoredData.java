package thimble.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import thimble.data.DatasetSource;

/** Real data for tests, where the machine has them. */
public final class StoredData {
    private StoredData() {}

    /** The folder of data sets; the test is skipped where there is none. */
    public static Path folder() {
        Optional<Path> folder = Optional.ofNullable(System.getenv(DataFolders.VARIABLE))
                .map(Path::of)
                .filter(Files::isDirectory);
        Assumptions.assumeTrue(
                folder.isPresent(),
                "set THIMBLE_DATA to a folder with real data sets (mnist/, tables/, …) to run this test");
        return folder.orElseThrow();
    }

    /** The parts of a named data set; the test is skipped where its files are absent. */
    public static DatasetSource.Parts load(String name) {
        List<Path> folders = List.of(folder());
        DatasetSource source = Catalogue.installed().source(name);
        Assumptions.assumeTrue(
                source.present(folders), "put the files of " + name + " under THIMBLE_DATA to run this test");
        return source.load(folders);
    }
}
