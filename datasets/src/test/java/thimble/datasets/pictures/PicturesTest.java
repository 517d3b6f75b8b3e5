package thimble.datasets.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
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
        assertThat(counts(parts.test().orElseThrow())).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(mean(parts.train())).isCloseTo(0.1307, within(5e-5));
    }

    @Test
    void fashionMnist() {
        DatasetSource.Parts parts = StoredData.load("fashion-mnist");
        assertThat(Arrays.copyOf(parts.train().labels(), 10)).containsExactly(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
        assertThat(counts(parts.test().orElseThrow())).containsOnly(1000);
        assertThat(mean(parts.train())).isCloseTo(0.2860, within(5e-5));
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
