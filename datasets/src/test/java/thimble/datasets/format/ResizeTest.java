package thimble.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResizeTest {
    @Test
    void sameSizeIsACopy() {
        byte[] source = FileBytes.counting(6);
        assertThat(Resize.plane(source, new Size(2, 3), new Size(2, 3)))
                .isEqualTo(source)
                .isNotSameAs(source);
    }

    @Test
    void constantStaysConstant() {
        byte[] source = new byte[35];
        java.util.Arrays.fill(source, (byte) 200);
        for (Size to : new Size[] {new Size(3, 2), new Size(20, 11), new Size(1, 1), new Size(7, 50)}) {
            assertThat(Resize.plane(source, new Size(5, 7), to)).containsOnly(200);
        }
    }

    @Test
    void halvingWeighsNeighbours() {
        byte[] source = {0, 0, (byte) 160, (byte) 160};
        assertThat(Resize.plane(source, new Size(1, 4), new Size(1, 2))).containsExactly(23, 137);
    }

    @Test
    void doublingInterpolates() {
        byte[] source = {0, 100};
        assertThat(Resize.plane(source, new Size(1, 2), new Size(1, 4))).containsExactly(0, 25, 75, 100);
    }

    @Test
    void meanOfALargePictureIsKept() {
        byte[] source = new byte[90 * 90];
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i % 2 == 0 ? 255 : 0);
        }
        for (byte value : Resize.plane(source, new Size(90, 90), new Size(9, 9))) {
            assertThat(value & 0xff).isBetween(122, 133);
        }
    }
}
