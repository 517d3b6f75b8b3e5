package thimble.datasets.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import thimble.data.DataException;
import thimble.datasets.format.Picture;

/** What the stages of a search for duplicates look at. All throw {@link DataException} if a file cannot be read. */
final class FileContent {
    private static final int START = 4096;

    private FileContent() {}

    @FunctionalInterface
    private interface Look<T> {
        T at(InputStream in) throws IOException;
    }

    static Long length(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** 64-bit FNV-1a of the first 4 KiB. */
    static Long start(Path path) {
        return looked(path, in -> {
            long hash = 0xcbf29ce484222325L;
            for (byte value : in.readNBytes(START)) {
                hash = (hash ^ value & 0xff) * 0x100000001b3L;
            }
            return hash;
        });
    }

    /** SHA-256 of all bytes. */
    static String whole(Path path) {
        MessageDigest digest = sha256();
        looked(path, in -> new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream()));
        return HexFormat.of().formatHex(digest.digest());
    }

    static boolean equal(Path first, Path second) {
        try {
            return Files.mismatch(first, second) < 0;
        } catch (IOException e) {
            throw unreadable(second, e);
        }
    }

    /** Rows and columns as the header says. */
    static String size(Path path) {
        return Picture.size(path).toString();
    }

    /** SHA-256 of size and decoded pixels. */
    static String pixels(Path path) {
        Picture picture = Picture.read(path);
        MessageDigest digest = sha256();
        digest.update((picture.width() + " x " + picture.height()).getBytes(StandardCharsets.US_ASCII));
        for (int channel = 0; channel < picture.channels(); channel++) {
            digest.update(picture.channel(channel));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static <T> T looked(Path path, Look<T> look) {
        try (InputStream in = Files.newInputStream(path)) {
            return look.at(in);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("[sha-256] expected from every Java platform", e);
        }
    }

    private static DataException unreadable(Path path, IOException e) {
        return new DataException(path + ": expected a readable file but received " + e, e);
    }
}
