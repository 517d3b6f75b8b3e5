package thimble.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.data.DatasetSource;

/**
 * A data set made of files, which are looked for in each folder: in the sub-folder of its name, in the folder itself if it has
 * this name, and in further places.
 */
public interface FileSource extends DatasetSource {
    /** The files in the order that {@link #read} expects. */
    List<NamedFile> files();

    /** Reads the parts from the files found. */
    Parts read(List<Path> files);

    /**
     * A file of a data set.
     *
     * @param download the file as it can be had from elsewhere
     * @param others further places, relative to a folder of data sets
     */
    record NamedFile(Download download, List<String> others) {
        /** Copies the places. */
        public NamedFile {
            others = List.copyOf(others);
        }

        /** The file in the first folder that has it. */
        public Optional<Path> find(String name, List<Path> folders) {
            for (Path folder : folders) {
                List<Path> places = new ArrayList<>();
                places.add(folder.resolve(name).resolve(download.file()));
                if (folder.endsWith(name)) {
                    places.add(folder.resolve(download.file()));
                }
                others.forEach(other -> places.add(folder.resolve(other)));
                for (Path place : places) {
                    if (Files.isRegularFile(place)) {
                        return Optional.of(place);
                    }
                }
            }
            return Optional.empty();
        }
    }

    @Override
    default List<Download> downloads() {
        return files().stream().map(NamedFile::download).toList();
    }

    @Override
    default boolean present(List<Path> folders) {
        return files().stream().allMatch(file -> file.find(name(), folders).isPresent());
    }

    @Override
    default Parts load(List<Path> folders) {
        List<Path> found = new ArrayList<>();
        for (NamedFile file : files()) {
            found.add(file.find(name(), folders).orElseThrow(() -> Missing.of(this, folders)));
        }
        return read(found);
    }
}
