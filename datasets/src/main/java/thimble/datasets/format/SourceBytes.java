package thimble.datasets.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import thimble.data.DataException;

/** Bytes of a file, plain or gzip, read in order. Memory is taken as bytes arrive, whatever a header promises. */
final class SourceBytes implements AutoCloseable {
    /** Deflate cannot make data smaller than by this factor. */
    private static final long GREATEST_RATIO = 1032;

    private static final int FIRST_BLOCK = 1 << 20;

    private final Path path;
    private final InputStream in;
    private final long most;
    private long offset;

    private SourceBytes(Path path, InputStream in, long most) {
        this.path = path;
        this.in = in;
        this.most = most;
    }

    /**
     * Opens a file; gzip is known by its first two bytes.
     *
     * @throws DataException if it cannot be read
     */
    static SourceBytes open(Path path) {
        try {
            long length = Files.size(path);
            if (gzip(path)) {
                InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16);
                return new SourceBytes(path, in, Math.multiplyExact(length, GREATEST_RATIO));
            }
            return new SourceBytes(path, new BufferedInputStream(Files.newInputStream(path), 1 << 16), length);
        } catch (IOException e) {
            throw new DataException(path + ": expected a readable file but received " + reason(e), e);
        }
    }

    /** The file's bytes as a stream, unpacked if it is gzip. */
    static InputStream stream(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            return gzip(path) ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** How many bytes were read. */
    long offset() {
        return offset;
    }

    /**
     * The next {@code count} bytes.
     *
     * @throws DataException if the file ends before, or could not hold as many
     */
    byte[] read(long count, String what) {
        if (count > Integer.MAX_VALUE - 8 || count > most - offset) {
            throw expected(count, what, "a file that can hold at most " + Math.max(0, most - offset) + " more");
        }
        byte[] bytes = new byte[(int) Math.min(count, FIRST_BLOCK)];
        int filled = 0;
        try {
            while (filled < count) {
                if (filled == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
                }
                int got = in.read(bytes, filled, bytes.length - filled);
                if (got < 0) {
                    throw expected(count, what, filled + " before the end of the file");
                }
                filled += got;
            }
        } catch (EOFException e) {
            throw expected(count, what, "a gzip file that is cut off");
        } catch (ZipException e) {
            throw new DataException(
                    path + ": offset " + (offset + filled) + ": expected gzip data but received " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(
                    path + ": offset " + (offset + filled) + ": expected to read on but received " + e.getMessage(), e);
        }
        offset += count;
        return bytes;
    }

    /** The next four bytes as a big-endian number. */
    int readInt(String what) {
        byte[] b = read(4, what);
        return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
    }

    /**
     * Checks that nothing follows.
     *
     * @throws DataException if more bytes follow
     */
    void end() {
        try {
            if (in.read() >= 0) {
                throw new DataException(
                        path + ": offset " + offset + ": expected the end of the file but received more bytes");
            }
        } catch (IOException e) {
            throw new DataException(
                    path + ": offset " + offset + ": expected the end of the file but received " + reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException(path + ": expected to close the file but received " + reason(e), e);
        }
    }

    private DataException expected(long count, String what, String received) {
        return new DataException(path + ": offset " + offset + ": expected " + count + " bytes of " + what
                + " but received " + received);
    }

    private static boolean gzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** What an input error says, with its kind, for exceptions whose message is only a path. */
    static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
