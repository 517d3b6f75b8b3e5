package thimble.backend.vector.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Memory;

/** Every number of a heap array arrives at its place, pad lanes are 0 and nothing behind them is touched. */
class HeapTranspositionTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 17", "15, 3", "16, 16", "17, 50", "33, 1", "48, 64", "100, 31"})
    void writesExamplesInnermost(int features, int examples) {
        BatchLayout layout = BatchLayout.features(features, examples);
        MemorySegment memory = Arena.ofAuto().allocate(layout.bytes() + 64L, 64).fill((byte) 1);
        float[] rows = new float[examples * features];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i + 1;
        }
        var examplesInnermost = new HeapTransposition(features, examples, memory);
        examplesInnermost.write(new float[rows.length]);
        examplesInnermost.write(rows);
        for (int feature = 0; feature < features; feature++) {
            for (int n = 0; n < layout.lanes(); n++) {
                float expected = n < examples ? rows[n * features + feature] : 0;
                assertThat(memory.get(Memory.FLOAT, layout.offset(feature) + 4L * n))
                        .as("feature %d of example %d", feature, n)
                        .isEqualTo(expected);
            }
        }
        assertThat(memory.asSlice(layout.bytes()).toArray(ValueLayout.JAVA_BYTE))
                .containsOnly((byte) 1);
    }

    @Test
    void tooSmallASegmentIsRefused() {
        assertThatThrownBy(() -> new HeapTransposition(17, 20, Arena.ofAuto().allocate(4 * 17 * 32 - 4, 64)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("of examples but received");
    }
}
