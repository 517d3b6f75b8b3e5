package thimble.backend.gpu.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Compiled programs in a folder, found by the hash of everything they depend on. A damaged file counts as none; a full disk is no error. */
final class BinaryFiles {
    private static final System.Logger LOG = System.getLogger(BinaryFiles.class.getName());
    private static final int DIGEST = 32;

    private final Path folder;

    BinaryFiles(Path folder) {
        this.folder = folder;
    }

    /** What was written for a key. */
    Optional<byte[]> read(String key) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            byte[] binary = Arrays.copyOfRange(content, Math.min(DIGEST, content.length), content.length);
            boolean whole = content.length > DIGEST && Arrays.equals(digest(binary), 0, DIGEST, content, 0, DIGEST);
            return whole ? Optional.of(binary) : Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "compiled kernels cannot be read from " + file, e);
            return Optional.empty();
        }
    }

    /** Keeps a program; appears in one step, so that other processes never see half a file. */
    void write(String key, byte[] binary) {
        Path file = file(key);
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "part", ".tmp");
            byte[] content = Arrays.copyOf(digest(binary), DIGEST + binary.length);
            System.arraycopy(binary, 0, content, DIGEST, binary.length);
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "compiled kernels cannot be kept in " + file, e);
        }
    }

    private Path file(String key) {
        return folder.resolve(HexFormat.of().formatHex(digest(key.getBytes(StandardCharsets.UTF_8))) + ".bin");
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
