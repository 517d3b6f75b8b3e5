package thimble.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import thimble.data.DataException;

/** The beginning of a download on disk, held by one process at a time. */
final class PartFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PartFile open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new DataException(path + ": expected to be the only download but another one is writing here");
            }
            channel.position(channel.size());
            return new PartFile(path, channel);
        } catch (IOException e) {
            throw new DataException(path + ": expected a file that can be written but received " + e, e);
        }
    }

    Path path() {
        return path;
    }

    /** How many bytes are there. */
    long size() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Begins anew. */
    void clear() {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void append(byte[] bytes, int count) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** SHA-256 of what is safely on disk. */
    String sha256() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(e);
        }
        return Checked.sha256(path);
    }

    /** Removes the file. */
    void discard() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private DataException unwritable(IOException e) {
        return new DataException(
                path + ": expected to write the download but received " + e.getMessage()
                        + "; free some space, then the same command goes on",
                e);
    }
}
