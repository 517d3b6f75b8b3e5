package thimble.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.tensor.Shape;

class IdxFileTest {
    private static final List<String> CLASSES = List.of("a", "b");
    private static final byte[] IMAGES = FileBytes.idx(FileBytes.counting(12), 2, 2, 3);
    private static final byte[] LABELS = FileBytes.idx(new byte[] {1, 0}, 2);

    @TempDir
    private Path folder;

    @Test
    void plainAndPackedFilesAreAlike() throws IOException {
        Path images = FileBytes.write(folder, "images", IMAGES);
        Path labels = FileBytes.write(folder, "labels.gz", FileBytes.gzip(LABELS));
        Dataset data = IdxFile.pictures("tiny", images, labels, CLASSES);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.example()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(data.labels()).containsExactly(1, 0);
        float[] x = new float[6];
        data.read(1, 0, x, 0);
        assertThat(x).containsExactly(6 / 255f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 11 / 255f);
        float[] row = new float[2];
        data.target(0, 0, row, 0);
        assertThat(row).containsExactly(0, 1);
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        for (int length = 0; length < IMAGES.length; length++) {
            Path cut = FileBytes.write(folder, "cut", Arrays.copyOf(IMAGES, length));
            assertThatThrownBy(() -> IdxFile.read(cut))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(cut + ": offset ")
                    .hasMessageContaining(" but received ");
        }
        byte[] packed = FileBytes.gzip(IMAGES);
        for (int length = 1; length < packed.length; length++) {
            Path cut = FileBytes.write(folder, "cut.gz", Arrays.copyOf(packed, length));
            assertThatThrownBy(() -> IdxFile.read(cut))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(cut + ": ");
        }
    }

    @Test
    void sizesOfTheHeaderAreNotBelieved() throws IOException {
        Path huge = FileBytes.write(folder, "huge", FileBytes.idx(new byte[10], 60_000, 5_000, 6));
        assertThatThrownBy(() -> IdxFile.read(huge))
                .isInstanceOf(DataException.class)
                .hasMessage(huge
                        + ": offset 16: expected 1800000000 bytes of data for sizes [60000, 5000, 6] but received a"
                        + " file that can hold at most 10 more");
        Path packed = FileBytes.write(folder, "huge.gz", FileBytes.gzip(FileBytes.idx(new byte[10], 60_000, 5_000, 6)));
        assertThatThrownBy(() -> IdxFile.read(packed))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("can hold at most");
        Path overflow = FileBytes.write(folder, "overflow", FileBytes.idx(new byte[10], 1 << 30, 1 << 30, 1 << 30));
        assertThatThrownBy(() -> IdxFile.read(overflow)).isInstanceOf(DataException.class);
        Path negative = FileBytes.write(folder, "negative", FileBytes.idx(new byte[10], -1, 2));
        assertThatThrownBy(() -> IdxFile.read(negative))
                .hasMessage(negative + ": offset 4: expected a size of at least 1 but received 4294967295");
    }

    @Test
    void otherTypesAndFurtherBytesAreErrors() throws IOException {
        byte[] floats = IMAGES.clone();
        floats[2] = 0x0d;
        Path other = FileBytes.write(folder, "floats", floats);
        assertThatThrownBy(() -> IdxFile.read(other))
                .hasMessageContaining("offset 0: expected IDX unsigned bytes")
                .hasMessageContaining("0x00000d03");
        Path longer = FileBytes.write(folder, "longer", Arrays.copyOf(IMAGES, IMAGES.length + 1));
        assertThatThrownBy(() -> IdxFile.read(longer))
                .hasMessage(longer + ": offset 28: expected the end of the file but received more bytes");
    }

    @Test
    void picturesAndLabelsMustFit() throws IOException {
        Path images = FileBytes.write(folder, "images", IMAGES);
        Path three = FileBytes.write(folder, "three", FileBytes.idx(new byte[3], 3));
        assertThatThrownBy(() -> IdxFile.pictures("tiny", images, three, CLASSES))
                .hasMessage(three + ": offset 4: expected 2 labels, one per picture of " + images + ", but received 3");
        Path strange = FileBytes.write(folder, "strange", FileBytes.idx(new byte[] {0, 7}, 2));
        assertThatThrownBy(() -> IdxFile.pictures("tiny", images, strange, CLASSES))
                .hasMessage(strange + ": offset 9: expected a label in 0..1 but received 7");
        assertThatThrownBy(() -> IdxFile.pictures("tiny", three, three, CLASSES))
                .hasMessageContaining("expected rank 3");
    }

    @Test
    void absentFilesAndDamagedPackingAreErrors() throws IOException {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> IdxFile.read(absent))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a readable file");
        byte[] packed = FileBytes.gzip(FileBytes.idx(FileBytes.counting(5000), 5000));
        Arrays.fill(packed, 60, 120, (byte) 0x55);
        Path damaged = FileBytes.write(folder, "damaged.gz", packed);
        assertThatThrownBy(() -> IdxFile.read(damaged))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(damaged + ": offset ");
    }
}
