package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;

class ErasingTest {
    private static final int SIZE = 20;

    /** Two channels of −1, which erased pixels never are. */
    private static Dataset blank() {
        float[] pixels = new float[2 * SIZE * SIZE];
        java.util.Arrays.fill(pixels, -1);
        return Examples.picture(2, SIZE, SIZE, pixels);
    }

    @Test
    void erasesRectanglesOfTheAreaAndAspect() {
        List<float[]> pictures = Examples.epochs(new Erasing(1, 0.1, 0.3, 0.5).augment(blank(), Examples.CONTEXT), 100);
        for (float[] pixels : pictures) {
            int top = SIZE;
            int left = SIZE;
            int bottom = 0;
            int right = 0;
            int erased = 0;
            for (int i = 0; i < SIZE * SIZE; i++) {
                assertThat(pixels[i] >= 0).isEqualTo(pixels[SIZE * SIZE + i] >= 0);
                if (pixels[i] >= 0) {
                    erased++;
                    assertThat(pixels[i]).isLessThan(1);
                    top = Math.min(top, i / SIZE);
                    bottom = Math.max(bottom, i / SIZE + 1);
                    left = Math.min(left, i % SIZE);
                    right = Math.max(right, i % SIZE + 1);
                }
            }
            assertThat(erased).isEqualTo((bottom - top) * (right - left)).isBetween(30, 135);
            assertThat((double) (bottom - top) / (right - left)).isBetween(0.4, 2.5);
        }
    }

    @Test
    void changesTheGivenShareOfPictures() {
        List<float[]> pictures = Examples.epochs(new Erasing(0.5, 0.1, 0.3, 1).augment(blank(), Examples.CONTEXT), 400);
        long changed = pictures.stream()
                .filter(pixels -> {
                    for (float pixel : pixels) {
                        if (pixel >= 0) {
                            return true;
                        }
                    }
                    return false;
                })
                .count();
        assertThat(changed).isBetween(160L, 240L);
    }

    @Test
    void aProbabilityOfZeroChangesNothing() {
        Dataset same = new Erasing(0, 0.02, 0.4, 0.3).augment(blank(), Examples.CONTEXT);
        assertThat(Examples.read(same, 0, 3)).containsExactly(Examples.read(blank(), 0, 0));
    }

    @Test
    void refusesBadRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Erasing(0.5, 0.4, 0.02, 0.3))
                .withMessage("[erasing] expected high in [0.4, 1.0] but received 0.02");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Erasing(1.5, 0.02, 0.4, 0.3))
                .withMessage("[erasing] expected probability in [0.0, 1.0] but received 1.5");
    }
}
