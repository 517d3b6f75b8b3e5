package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut, damaged, or declare sizes that they do not have: each is named with the place and what was expected. */
class DamagedDataTest {
    private static final long FEW_BYTES = 100L << 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void cutIdxFiles() throws IOException {
        idx(20, Arrays.copyOf(pictures(20), 16 + 19 * 16 + 3));
        says(
                1,
                "train-images-idx3-ubyte: offset 16: expected 320 bytes of data for sizes [20, 4, 4] but received a"
                        + " file that can hold at most 307 more",
                "--data",
                folder.toString());
    }

    @Test
    void idxFilesOfGiantSizesAllocateNothing() throws IOException {
        ByteBuffer giant = ByteBuffer.allocate(26).putInt(0x0803);
        giant.putInt(60_000).putInt(5000).putInt(6);
        idx(20, giant.array());
        long allocated = says(
                1,
                "offset 16: expected 1800000000 bytes of data for sizes [60000, 5000, 6] but received a file that can"
                        + " hold at most 10 more",
                "--data",
                folder.toString());
        assertThat(allocated).isLessThan(FEW_BYTES);
    }

    @Test
    void cutCifarFiles() throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            int missing = batch == 3 ? 5 : 0;
            Files.write(folder.resolve("data_batch_" + batch + ".bin"), new byte[4 * 3073 - missing]);
        }
        says(
                1,
                "data_batch_3.bin: offset 9219: expected whole records of 3073 bytes but received a file of 12287"
                        + " bytes",
                "--dataset",
                "cifar-10",
                "--data-dir",
                folder.toString());
    }

    @Test
    void tablesWithRowsOfOtherLengths() throws IOException {
        says(
                1,
                "fruit.csv: line 4: expected 3 cells as in the first row but received 2",
                "--data",
                table("1,2,a\n3,b\n"));
        says(
                1,
                "fruit.csv: line 4: expected 3 cells as in the first row but received 4",
                "--data",
                table("1,2,a\n1,2,3,b\n"));
    }

    @Test
    void tablesWithOpenQuotes() throws IOException {
        says(
                1,
                "fruit.csv: expected a table of delimited text but received this: Unclosed quoted field at end of input"
                        + " (record starting at line 4)",
                "--data",
                table("1,2,a\n1,\"2,b\n3,4,a\n"));
    }

    @Test
    void picturesThatAreCutAreLeftOutAndSaid() throws IOException {
        byte[] png = png();
        for (String kind : new String[] {"a", "b"}) {
            Files.createDirectories(folder.resolve(kind));
            for (int i = 0; i < 10; i++) {
                Files.write(folder.resolve(kind).resolve(i + ".png"), png);
            }
        }
        Files.write(folder.resolve("a/cut.png"), Arrays.copyOf(png, png.length / 2));
        Files.write(folder.resolve("b/giant.png"), giant(png));
        long before = allocated();
        Invocation dry = Invocation.of("compare", "--backend", "reference", "--data", folder.toString(), "--dry-run");
        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(allocated() - before).isLessThan(FEW_BYTES);
        assertThat(dry.err()).contains("2 unreadable files left out");
        Invocation inspection = Invocation.of(
                "inspect", "--backend", "reference", "--data", folder.toString(), "--steps", "0", "--json", "--quiet");
        assertThat(inspection.exit()).as(inspection.err()).isZero();
        assertThat(inspection.out()).contains("cut.png", "giant.png");
    }

    @Test
    void aClassOfCutPicturesAlone() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        Files.write(folder.resolve("a/0.png"), png());
        Files.write(folder.resolve("b/0.png"), Arrays.copyOf(png(), 40));
        says(1, "expected a readable picture in class folder 'b'", "--data", folder.toString());
    }

    @Test
    void cutModels() throws IOException {
        String data = table("1,2,a\n3,4,b\n".repeat(10));
        Path model = folder.resolve("fruit.model");
        Invocation train = Invocation.of(
                "train",
                "--backend",
                "reference",
                "--data",
                data,
                "--steps",
                "2",
                "--out",
                model.toString(),
                "--quiet");
        assertThat(train.exit()).as(train.err()).isZero();
        byte[] whole = Files.readAllBytes(model);
        for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
            Files.write(model, Arrays.copyOf(whole, length));
            Invocation run = Invocation.of("predict", model.toString(), data, "--backend", "reference");
            assertThat(run.exit()).as("cut to " + length).isEqualTo(1);
            assertThat(run.err()).contains("fruit.model, ", "] expected ").hasLineCount(1);
        }
        byte[] giant = whole.clone();
        ByteBuffer.wrap(giant).putLong(0, Long.MAX_VALUE);
        Files.write(model, giant);
        assertThat(Invocation.of("evaluate", model.toString(), "--data", data, "--backend", "reference")
                        .err())
                .contains("fruit.model, offset 0] expected a header of 2 to");
    }

    /** Runs a comparison of these data, which must fail with one line; bytes that it allocated. */
    private long says(int exit, String text, String... data) {
        Path results = folder.resolve("results");
        String[] all = Arrays.copyOf(data, data.length + 2);
        all[data.length] = "--out";
        all[data.length + 1] = results.toString();
        long before = allocated();
        Invocation run = Invocation.comparison(all);
        long bytes = allocated() - before;
        assertThat(run.err()).contains(text).hasLineCount(1);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(results).doesNotExist();
        return bytes;
    }

    /** By reflection, because the module under test does not read the one that counts. */
    private static long allocated() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
            return (long) bytes.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("needs the module jdk.management", e);
        }
    }

    private String table(String rows) throws IOException {
        return Files.writeString(folder.resolve("fruit.csv"), "width,height,kind\n1,2,a\n" + rows)
                .toString();
    }

    private void idx(int count, byte[] images) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), images);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte) (i % 2));
        }
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
    }

    private static byte[] pictures(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * 16).putInt(0x0803);
        return bytes.putInt(count).putInt(4).putInt(4).array();
    }

    private static byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 144; i++) {
            image.setRGB(i % 12, i / 12, i * 76543);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** The same picture with a header of 30,000 × 30,000. */
    private static byte[] giant(byte[] png) {
        byte[] bytes = png.clone();
        ByteBuffer.wrap(bytes).putInt(16, 30_000).putInt(20, 30_000);
        CRC32 sum = new CRC32();
        sum.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
        return bytes;
    }
}
