package thimble.backend.vector.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import thimble.backend.vector.memory.Memory;

/** Tables a program holds once, however often its graph has them. */
class TablesTest {
    @Test
    void equalOffsetsAreOneTable() {
        Tables tables = new Tables();
        MemorySegment first = tables.of(new int[] {0, 64, 128});
        assertThat(tables.of(new int[] {0, 64, 128})).isSameAs(first);
        assertThat(tables.of(new int[] {0, 64, 192})).isNotSameAs(first);
        assertThat(tables.of(new int[] {0, 64})).isNotSameAs(first);
        // the same hash code, 31 · 0 + 31 = 31 · 1 + 0
        MemorySegment alike = tables.of(new int[] {0, 31});
        assertThat(tables.of(new int[] {1, 0})).isNotSameAs(alike);
        assertThat(tables.of(new int[] {1, 0}).getAtIndex(Memory.INT, 0)).isEqualTo(1);
    }
}
