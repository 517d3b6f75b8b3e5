package thimble.datasets.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * Makes the official CIFAR-10 batches from sheets of pictures below each other, whose channels are (R − G, G, B − G) modulo 256, and files of
 * label bytes. The MD5 of each batch is compared with the official one. Made once per build folder.
 */
final class CifarSheets {
    private static final int SIDE = 32;
    private static final int AREA = SIDE * SIDE;
    private static final int RECORD = 1 + 3 * AREA;
    private static final List<String> MD5 = List.of(
            "5dd7e06a14cb22eb9f671a540d1b7c25",
            "5ea93a67294ea407fff1d09f752e9692",
            "942cd6a4bcdd0dd3c604fbe906cb4421",
            "ae636b3ba5c66a11e91e8cb52e771fcb",
            "53f37980c15c3d472c316c40844f3f0d");

    private CifarSheets() {}

    /** The folder above {@code cifar-10/}; the test is skipped where there are no sheets. */
    static Path batches(Path data) throws IOException {
        Path sheets = data.resolve("cifar-10");
        Assumptions.assumeTrue(
                Files.exists(sheets.resolve("data_batch_5.rgdiff.png")),
                "put the sheets of CIFAR-10 (cifar-10/data_batch_N.rgdiff.png, .labels.bin) under THIMBLE_DATA to run"
                        + " this test");
        Path root = Path.of("target", "data");
        Path folder = Files.createDirectories(root.resolve("cifar-10"));
        for (int batch = 1; batch <= MD5.size(); batch++) {
            Path file = folder.resolve("data_batch_" + batch + ".bin");
            if (!Files.exists(file)) {
                byte[] records = records(sheets, "data_batch_" + batch);
                String received = md5(records);
                if (!received.equals(MD5.get(batch - 1))) {
                    throw new AssertionError(
                            "batch " + batch + ": expected MD5 " + MD5.get(batch - 1) + " but received " + received);
                }
                Files.move(
                        Files.write(folder.resolve(batch + ".part"), records),
                        file,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return root;
    }

    private static byte[] records(Path sheets, String name) throws IOException {
        byte[] labels = Files.readAllBytes(sheets.resolve(name + ".labels.bin"));
        BufferedImage sheet = ImageIO.read(sheets.resolve(name + ".rgdiff.png").toFile());
        byte[] records = new byte[labels.length * RECORD];
        int[] pixels = new int[AREA];
        for (int i = 0; i < labels.length; i++) {
            sheet.getRGB(0, i * SIDE, SIDE, SIDE, pixels, 0, SIDE);
            int at = i * RECORD;
            records[at++] = labels[i];
            for (int pixel : pixels) {
                int green = pixel >>> 8 & 0xff;
                records[at] = (byte) ((pixel >>> 16) + green);
                records[at + AREA] = (byte) green;
                records[at + 2 * AREA] = (byte) (pixel + green);
                at++;
            }
        }
        return records;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 expected from every Java platform", e);
        }
    }
}
