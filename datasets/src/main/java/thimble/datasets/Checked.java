package thimble.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import thimble.data.DataException;

/**
 * A file of a data set whose SHA-256 was compared with the known one.
 *
 * @param path the file
 * @param expected SHA-256 in lower-case hexadecimal
 * @param received SHA-256 of what is there
 */
public record Checked(Path path, String expected, String received) {
    /** A data set of which the SHA-256 of each file is known. */
    public interface Source {
        /** The files found, with the SHA-256 that each must have. */
        List<Known> known(List<Path> folders);
    }

    /**
     * A file and what it must be.
     *
     * @param path the file
     * @param sha256 SHA-256 in lower-case hexadecimal
     */
    public record Known(Path path, String sha256) {}

    /** True if the file is what it must be. */
    public boolean good() {
        return expected.equals(received);
    }

    /** Compares all files of a data set that are there. Throws {@link DataException} if one cannot be read. */
    public static List<Checked> all(Source source, List<Path> folders) {
        return source.known(folders).stream()
                .map(known -> new Checked(known.path(), known.sha256(), sha256(known.path())))
                .toList();
    }

    /** SHA-256 of a file in lower-case hexadecimal. */
    static String sha256(Path path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException(path + ": expected a readable file but received " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("[sha-256] expected from every Java platform", e);
        }
    }
}
