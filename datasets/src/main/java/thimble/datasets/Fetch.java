package thimble.datasets;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import thimble.data.DataException;
import thimble.data.DatasetSource;
import thimble.data.DatasetSource.Download;

/**
 * Downloads data sets: into a file {@code NAME.part} that later attempts go on with, compared with the pinned SHA-256, then moved into place at
 * once, so that a file of the right name is always whole. Mirrors are tried in order. Archives are unpacked.
 */
public final class Fetch implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final FreeSpace freeSpace;

    /** Told about progress from the thread that downloads. */
    @FunctionalInterface
    public interface Progress {
        /** So many bytes of a file are there, of so many in all. */
        void at(String file, long bytes, long total);
    }

    /** How many bytes may be written to a folder. */
    @FunctionalInterface
    interface FreeSpace {
        long of(Path folder) throws IOException;
    }

    /** Downloads with Java's own client. */
    public Fetch() {
        this(folder -> Files.getFileStore(folder).getUsableSpace());
    }

    Fetch(FreeSpace freeSpace) {
        this.freeSpace = freeSpace;
    }

    /**
     * Fetches all files of a data set that are not yet there.
     *
     * @param root folder of data sets; the files go to its sub-folder with the name of the data set
     * @throws DataException if a file cannot be had from any address, differs from the pinned SHA-256, or the disk is full
     * @throws IllegalArgumentException if the data set has nothing to download
     */
    public List<Path> fetch(DatasetSource source, Path root, Progress progress) {
        if (source.downloads().isEmpty()) {
            throw new IllegalArgumentException(
                    "[fetch] expected a data set that can be downloaded but received '" + source.name() + "': "
                            + (source.info().embedded()
                                    ? "it is embedded"
                                    : source.info().licence()));
        }
        Path folder = root.resolve(source.name());
        List<Path> files = new ArrayList<>();
        for (Download download : source.downloads()) {
            boolean archive = download.file().endsWith(".tar.gz");
            if (archive && source.present(List.of(root))) {
                continue;
            }
            Path file = download(download, folder, progress);
            files.add(file);
            if (archive) {
                TarGz.unpack(file, folder);
                remove(file);
            }
        }
        return List.copyOf(files);
    }

    /** Fetches one file to a folder, or finds it there. Throws as {@link #fetch}. */
    public Path download(Download download, Path folder, Progress progress) {
        Path target = folder.resolve(download.file());
        if (Files.isRegularFile(target) && Checked.sha256(target).equals(download.sha256())) {
            progress.at(download.file(), download.bytes(), download.bytes());
            return target;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DataException(folder + ": expected a folder that can be made but received " + e, e);
        }
        List<String> failures = new ArrayList<>();
        Path part = folder.resolve(download.file() + ".part");
        for (URI address : download.addresses()) {
            try {
                filled(part, address, download, progress);
                move(part, target);
                return target;
            } catch (Transfer.Failed e) {
                failures.add(e.getMessage());
            }
        }
        throw new DataException("[fetch] expected " + download.file() + " from one of "
                + download.addresses().size() + " addresses but received: " + String.join("; ", failures)
                + "; the same command goes on where this one ended");
    }

    private void filled(Path path, URI address, Download download, Progress progress) throws Transfer.Failed {
        try (PartFile part = PartFile.open(path)) {
            requireSpace(download, path.toAbsolutePath().resolveSibling(""), part.size());
            new Transfer(client, address, download, progress).into(part);
            String received = part.sha256();
            if (!received.equals(download.sha256())) {
                part.discard();
                throw new Transfer.Failed(
                        address + ": expected SHA-256 " + download.sha256() + " but received " + received);
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private void requireSpace(Download download, Path folder, long there) {
        try {
            long free = freeSpace.of(folder);
            if (free < download.bytes() - there) {
                throw new DataException(folder + ": expected " + Missing.size(download.bytes() - there)
                        + " of free space for " + download.file() + " but received " + Missing.size(free));
            }
        } catch (IOException e) {
            throw new DataException(folder + ": expected a readable disk but received " + e, e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new DataException(to + ": expected to move the finished download there but received " + e, e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DataException(file + ": expected to remove the unpacked archive but received " + e, e);
        }
    }
}
