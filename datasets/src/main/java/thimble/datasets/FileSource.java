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
public interface FileSource extends DatasetSource, Checked.Source {
    /** The files in the order that {@link #read} expects. */
    List<NamedFile> files();

    /** Reads the parts from the files found. */
    Parts read(List<Path> files);

    /**
     * A file of a data set.
     *
     * @param download the file as it can be had from elsewhere
     * @param others further forms of the file in further places
     */
    record NamedFile(Download download, List<Copy> others) {
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
                others.forEach(other -> places.add(folder.resolve(other.place())));
                for (Path place : places) {
                    if (Files.isRegularFile(place)) {
                        return Optional.of(place);
                    }
                }
            }
            return Optional.empty();
        }

        /** The SHA-256 that a found file must have. */
        public String sha256(Path found) {
            return others.stream()
                    .filter(other -> found.endsWith(other.place()))
                    .findFirst()
                    .map(Copy::sha256)
                    .orElse(download.sha256());
        }
    }

    /**
     * Another form of a file: unpacked, or under another name.
     *
     * @param place path relative to a folder of data sets
     * @param sha256 its SHA-256 in lower-case hexadecimal
     */
    record Copy(String place, String sha256) {}

    @Override
    default List<Download> downloads() {
        return files().stream().map(NamedFile::download).toList();
    }

    @Override
    default List<Checked.Known> known(List<Path> folders) {
        return files().stream()
                .flatMap(file ->
                        file.find(name(), folders).map(path -> new Checked.Known(path, file.sha256(path))).stream())
                .toList();
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
