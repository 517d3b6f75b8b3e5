package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How products are cut into tiles and parts. */
class TilingTest {
    @ParameterizedTest
    @CsvSource({
        "6,25,36864,16,1,256", // the kernels of the first convolution of LeNet-5, batch 64
        "16,150,4096,16,3,32", // of the second
        "10,84,64,16,2,1", // of its last dense layer
        "64,576,131072,64,9,56", // of a convolution of ResNet-20, batch 128
        "4096,4096,4096,64,4096,1"
    })
    void smallResultsOfLongSumsHaveManyParts(int rows, int columns, int depth, int side, int tiles, int parts) {
        Tiling tiling = Tiling.of(1, rows, columns, depth, 16).orElseThrow();
        assertThat(tiling.side()).isEqualTo(side);
        assertThat(tiling.tiles()).isEqualTo(tiles);
        assertThat(tiling.parts()).isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({"1,16,64,1", "1,5,17,4097", "7,300,300,129", "1,64,64,36863", "2,100,4000,100000"})
    void everyTermIsInOnePart(int products, int rows, int columns, int depth) {
        Tiling tiling = Tiling.of(products, rows, columns, depth, 1).orElseThrow();
        assertThat((long) tiling.parts() * tiling.length()).isGreaterThanOrEqualTo(depth);
        assertThat((long) (tiling.parts() - 1) * tiling.length()).isLessThan(depth);
        assertThat(tiling.length() % 16).isZero();
        assertThat(tiling.parts()).isBetween(1, 256);
        assertThat(tiling.numbers(10)).containsExactly(tiling.parts(), tiling.length(), 10);
    }

    @Test
    void whatFillsNoTileHasNone() {
        assertThat(Tiling.of(1, 3, 100, 1000, 16)).isEmpty();
        assertThat(Tiling.of(1, 100, 15, 1000, 16)).isEmpty();
        assertThat(Tiling.of(1, 100, 100, 15, 16)).isEmpty();
        assertThat(Tiling.ofLongSums(1, 1, 1, 1023)).isEmpty();
        assertThat(Tiling.ofLongSums(500, 1, 1, 5000)).isEmpty();
        assertThat(Tiling.ofLongSums(1, 0, 4, 5000)).isEmpty();
        assertThat(Tiling.ofLongSums(1, 1, 1, 1024).map(Tiling::parts)).isEqualTo(Optional.of(8));
    }
}
