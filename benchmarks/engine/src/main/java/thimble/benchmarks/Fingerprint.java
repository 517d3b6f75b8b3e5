package thimble.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import thimble.data.Dataset;
import thimble.data.DatasetSource;

/** SHA-256 of what a comparison learns from and is tested on: shapes, examples and targets as float32 in little-endian order. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(DatasetSource.Parts data) {
        MessageDigest digest = digest();
        add(digest, data.train());
        data.test().ifPresent(test -> add(digest, test));
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void add(MessageDigest digest, Dataset data) {
        int features = Math.toIntExact(data.example().elements());
        float[] row = new float[features + data.targets().width()];
        ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        digest.update(
                (data.size() + " " + data.example() + " " + data.targets() + "\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, row, 0);
            data.target(i, 0, row, features);
            bytes.asFloatBuffer().put(row);
            digest.update(bytes.array());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("[sha-256] every Java runtime must have it", absent);
        }
    }
}
