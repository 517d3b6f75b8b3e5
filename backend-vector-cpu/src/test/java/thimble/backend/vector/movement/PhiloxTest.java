package thimble.backend.vector.movement;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.vector.launch.Chunks;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.LaneTensor;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Memory;

/** The generator against the published known answers of Random123, and the mapping from elements to blocks. */
class PhiloxTest {
    private static final long STREAM = 0x0123456789abcdefL;

    private static final float[] GOLDEN = {
        0xb5c284p-24f,
        0xc83e79p-24f,
        0xae8f46p-24f,
        0x3e02b5p-24f,
        0xb7f120p-24f,
        0x9370a8p-24f,
        0xd57accp-24f,
        0x68924ap-24f,
        0x79b7d0p-24f,
        0x38043ap-24f
    };

    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void blockGivesThePublishedAnswers(String counter, String key, String expected) {
        int[] words = words(counter);
        int[] keys = words(key);
        Philox.block(keys[0], keys[1], words, 0);
        assertThat(words).containsExactly(words(expected));
    }

    @Test
    void uniformNumbersAreFixed() {
        float[] values = new float[10];
        Philox.uniform(7, -3, 42, STREAM, 0, values);
        assertThat(values).containsExactly(GOLDEN);
        float[] later = new float[6];
        Philox.uniform(7, -3, 42, STREAM, 4, later);
        assertThat(later).containsExactly(java.util.Arrays.copyOfRange(values, 4, 10));
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 5", "3, 12, 12", "17, 10, 10", "50, 24, 24", "16, 12, 3", "33, 20, 4", "64, 8, 8"})
    void lanesHoldTheLogicalElements(int batch, int elements, int inner) {
        LaneTensor x = LaneTensor.empty(new BatchLayout(1, 1, elements, 1, batch));
        Chunks.run(RandomFill.lanes(STREAM, x.layout(), inner, key(), x.memory()));
        float[] expected = new float[batch * elements];
        Philox.uniform(7, -3, 42, STREAM, 0, expected);
        for (int n = 0; n < batch; n++) {
            for (int e = 0; e < elements; e++) {
                assertThat(x.at(n, e)).isEqualTo(expected[(e / inner * batch + n) * inner + e % inner]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 100", "7, 5", "20, 32", "3, 33"})
    void rowsHoldTheLogicalElements(int rows, int columns) {
        Matrix matrix = Matrix.of(rows, columns);
        MemorySegment memory = Arena.ofAuto().allocate(matrix.bytes(), 64);
        Chunks.run(RandomFill.rows(STREAM, matrix, key(), memory));
        float[] expected = new float[rows * columns];
        Philox.uniform(7, -3, 42, STREAM, 0, expected);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(memory.get(Memory.FLOAT, 4L * (i * matrix.stride() + j)))
                        .isEqualTo(expected[i * columns + j]);
            }
        }
    }

    private static MemorySegment key() {
        return Memory.table(new int[] {7, -3, 42});
    }

    private static int[] words(String text) {
        return java.util.Arrays.stream(text.split(" "))
                .mapToInt(HexFormat::fromHexDigits)
                .toArray();
    }
}
