package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import thimble.tensor.Window;

/** What a program holds once, however often its graph has it. */
class SharedTablesTest {
    private static final BatchLayout IMAGES = BatchLayout.images(3, 9, 8, 5);

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

    @Test
    void convolutionsOfTheSameSizesArePreparedOnce() {
        PreparedConvolutions prepared = new PreparedConvolutions();
        Window window = Window.of(3, 3).padding(1);
        Contraction first = prepared.forward(window, IMAGES, IMAGES, 27);
        assertThat(prepared.forward(Window.of(3, 3).padding(1), BatchLayout.images(3, 9, 8, 5), IMAGES, 27))
                .isSameAs(first)
                .isInstanceOf(Convolution.class);
        assertThat(prepared.forward(window, IMAGES, IMAGES, 28)).isNotSameAs(first);
        assertThat(prepared.forward(window, IMAGES, BatchLayout.images(4, 9, 8, 5), 27))
                .isNotSameAs(first);
        assertThat(prepared.inputGradient(window, IMAGES, IMAGES, 27)).isInstanceOf(InputGradient.class);
        assertThat(prepared.kernelGradient(window, IMAGES, IMAGES, 27))
                .isInstanceOf(KernelGradient.class)
                .isSameAs(prepared.kernelGradient(window, IMAGES, IMAGES, 27));
    }
}
