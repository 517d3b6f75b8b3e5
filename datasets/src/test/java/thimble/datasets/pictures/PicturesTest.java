package thimble.datasets.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.datasets.Catalogue;
import thimble.datasets.Checked;
import thimble.datasets.StoredData;
import thimble.tensor.Shape;

class PicturesTest {
    @Test
    void mnist() {
        DatasetSource.Parts parts = StoredData.load("mnist");
        assertThat(parts.train().size()).isEqualTo(60_000);
        assertThat(parts.train().example()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(Arrays.copyOf(parts.train().labels(), 10)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(counts(parts.train())).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(counts(parts.test().orElseThrow()))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(mean(parts.train())).isCloseTo(0.1307, within(5e-5));
    }

    @Test
    void fashionMnist() {
        DatasetSource.Parts parts = StoredData.load("fashion-mnist");
        assertThat(Arrays.copyOf(parts.train().labels(), 10)).containsExactly(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
        assertThat(counts(parts.test().orElseThrow())).containsOnly(1000);
        assertThat(mean(parts.train())).isCloseTo(0.2860, within(5e-5));
    }

    @Test
    void cifarHoldsTheLastBatchOutWhereTheTestBatchIsAbsent() throws IOException {
        List<Path> folders = List.of(CifarSheets.batches(StoredData.folder()));
        DatasetSource.Parts parts = new Cifar10().load(folders);
        assertThat(parts.train().size()).isEqualTo(40_000);
        assertThat(parts.train().example()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(Arrays.copyOf(parts.train().labels(), 10)).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
        Dataset test = parts.test().orElseThrow();
        assertThat(test.size()).isEqualTo(10_000);
        int[] all = counts(parts.train().concat(test));
        assertThat(all).containsOnly(5000);
        assertThat(mean(test)).isBetween(0.46, 0.48);
        assertThat(Checked.all(new Cifar10(), folders)).hasSize(5).allMatch(Checked::good);
    }

    @Test
    void romanNumerals() {
        DatasetSource.Parts parts = StoredData.load("roman-mnist");
        assertThat(counts(parts.train())).containsExactly(343, 238, 265, 365, 279, 263, 270, 282, 315, 260);
        assertThat(counts(parts.test().orElseThrow()))
                .containsExactly(327, 203, 226, 249, 244, 143, 273, 232, 261, 262);
        assertThat(parts.train().example()).isEqualTo(Shape.of(1, 32, 32));
        assertThat(parts.train().origin(0)).startsWith("i/");
    }

    @Test
    void storedFilesAreWhatTheyMustBe() {
        List<Path> folders = List.of(StoredData.folder());
        for (DatasetSource source : Catalogue.installed().sources()) {
            if (source instanceof Checked.Source known) {
                assertThat(Checked.all(known, folders)).as(source.name()).allMatch(Checked::good);
            }
        }
    }

    @Test
    void unpackedFilesAndOtherLayoutsAreFound(@TempDir Path root) throws IOException {
        Path stored = StoredData.folder().resolve("mnist");
        Assumptions.assumeTrue(Files.isDirectory(stored), "put mnist/ under THIMBLE_DATA to run this test");
        Path raw = Files.createDirectories(root.resolve("MNIST/raw"));
        for (String part : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(stored.resolve(part + "-ubyte.gz")))) {
                Files.copy(in, raw.resolve(part + "-ubyte"));
            }
        }
        assertThat(new Mnist().load(List.of(root)).train().size()).isEqualTo(60_000);
        assertThat(Checked.all(new Mnist(), List.of(root))).hasSize(4).allMatch(Checked::good);
        assertThat(new FashionMnist().present(List.of(root))).isFalse();
        assertThat(new Mnist().present(List.of(stored))).isTrue();
    }

    private static int[] counts(Dataset data) {
        int[] counts = new int[data.classes()];
        Arrays.stream(data.labels()).forEach(label -> counts[label]++);
        return counts;
    }

    private static double mean(Dataset data) {
        float[] x = new float[data.example().elements()];
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, x, 0);
            for (float value : x) {
                sum += value;
            }
        }
        return sum / data.size() / x.length;
    }
}
