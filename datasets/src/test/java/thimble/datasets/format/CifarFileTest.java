package thimble.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.tensor.Shape;

class CifarFileTest {
    private static final List<String> CLASSES = List.of("cat", "dog", "ship");

    @TempDir
    private Path folder;

    @Test
    void recordsAreLabelThenPlanes() throws IOException {
        byte[] bytes = new byte[2 * 3073];
        bytes[0] = 2;
        bytes[3073] = 1;
        bytes[3073 + 1] = (byte) 255;
        bytes[3073 + 1 + 1024] = 51;
        bytes[3073 + 3072] = 102;
        Dataset data = CifarFile.read("two", FileBytes.write(folder, "batch.bin", bytes), CLASSES);
        assertThat(data.example()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(data.labels()).containsExactly(2, 1);
        float[] x = new float[3072];
        data.read(1, 0, x, 0);
        assertThat(x[0]).isEqualTo(1);
        assertThat(x[1024]).isEqualTo(0.2f);
        assertThat(x[3071]).isEqualTo(0.4f);
        assertThatThrownBy(() -> data.read(2, 0, x, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void partsOfRecordsAndStrangeLabelsAreErrors() throws IOException {
        Path cut = FileBytes.write(folder, "cut.bin", new byte[2 * 3073 - 1]);
        assertThatThrownBy(() -> CifarFile.read("cut", cut, CLASSES))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        cut + ": offset 3073: expected whole records of 3073 bytes but received a file of 6145 bytes");
        Path empty = FileBytes.write(folder, "empty.bin", new byte[0]);
        assertThatThrownBy(() -> CifarFile.read("empty", empty, CLASSES)).isInstanceOf(DataException.class);
        byte[] bytes = new byte[2 * 3073];
        bytes[3073] = 3;
        Path strange = FileBytes.write(folder, "strange.bin", bytes);
        assertThatThrownBy(() -> CifarFile.read("strange", strange, CLASSES))
                .hasMessage(strange + ": offset 3073: expected a label in 0..2 but received 3");
        assertThatThrownBy(() -> CifarFile.read("absent", folder.resolve("absent"), CLASSES))
                .isInstanceOf(DataException.class);
    }
}
