package thimble.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import thimble.data.DataException;

/** Unpacks the plain files of a tar archive in gzip (ustar headers; other entries are passed over). */
final class TarGz {
    private static final int BLOCK = 512;

    private TarGz() {}

    /**
     * Unpacks into a folder. Files appear whole or not at all.
     *
     * @throws DataException if the archive is damaged, a name leads out of the folder, or the disk is full
     */
    static void unpack(Path archive, Path folder) {
        long offset = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            byte[] header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                long size = octal(archive, offset, header);
                if (header[156] == '0' || header[156] == 0) {
                    Path target = folder.resolve(text(header, 0, 100)).normalize();
                    if (!target.startsWith(folder.normalize()) || target.equals(folder.normalize())) {
                        throw new DataException(archive + ": offset " + offset
                                + ": expected a name inside the folder but received " + text(header, 0, 100));
                    }
                    write(in, size, target);
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                offset += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
        } catch (IOException e) {
            throw new DataException(archive + ": offset " + offset + ": expected a whole archive but received " + e, e);
        }
    }

    private static void write(InputStream in, long size, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(part.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(part)) {
                byte[] buffer = new byte[1 << 16];
                for (long left = size; left > 0; ) {
                    int count = read(in, buffer, left, target);
                    out.write(buffer, 0, count);
                    left -= count;
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(part);
            throw e.getCause();
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new DataException(
                    target + ": expected to write the unpacked file but received " + e.getMessage()
                            + "; free some space, then the same command goes on",
                    e);
        }
    }

    /** Reads a part of an entry; faults of the archive are unchecked here, those of the disk are not. */
    private static int read(InputStream in, byte[] buffer, long left, Path target) {
        try {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the end " + left + " bytes before that of " + target.getFileName());
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long octal(Path archive, long offset, byte[] header) {
        String digits = text(header, 124, 12).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new DataException(archive + ": offset " + (offset + 124)
                    + ": expected a size in octal digits but received '" + digits + "'");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
