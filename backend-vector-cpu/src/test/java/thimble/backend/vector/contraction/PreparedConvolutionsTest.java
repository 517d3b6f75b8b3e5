package thimble.backend.vector.contraction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thimble.backend.vector.memory.BatchLayout;
import thimble.tensor.Window;

/** Convolutions a program holds once, however often its graph has them. */
class PreparedConvolutionsTest {
    private static final BatchLayout IMAGES = BatchLayout.images(3, 9, 8, 5);

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
