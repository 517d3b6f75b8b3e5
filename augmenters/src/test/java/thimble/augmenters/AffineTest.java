package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;

class AffineTest {
    private static final int SIZE = 21;
    private static final double DOWN = 0.01;
    private static final double RIGHT = 0.02;

    /** 0.5 + 0.01 y + 0.02 x round the centre: bilinear reading of a plane is exact, so the result is a plane too. */
    private static Dataset plane() {
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + DOWN * (i / SIZE - SIZE / 2) + RIGHT * (i % SIZE - SIZE / 2));
        }
        return Examples.picture(1, SIZE, SIZE, pixels);
    }

    private static List<double[]> slopes(Affine affine) {
        return Examples.epochs(affine.augment(plane(), Examples.CONTEXT), 300).stream()
                .map(AffineTest::slope)
                .toList();
    }

    /** Slopes down and right and the value at the centre. */
    private static double[] slope(float[] pixels) {
        int centre = SIZE / 2 * SIZE + SIZE / 2;
        double down = pixels[centre + SIZE] - pixels[centre];
        double right = pixels[centre + 1] - pixels[centre];
        assertThat((double) pixels[centre - SIZE - 1]).isCloseTo(pixels[centre] - down - right, within(1e-5));
        return new double[] {down, right, pixels[centre]};
    }

    @Test
    void rotationKeepsTheLengthOfSlopesAndStaysInItsRange() {
        double[] angles = slopes(new Affine(10, 0, 0)).stream()
                .mapToDouble(slope -> {
                    assertThat(Math.hypot(slope[0], slope[1])).isCloseTo(Math.hypot(DOWN, RIGHT), within(1e-5));
                    assertThat(slope[2]).isCloseTo(0.5, within(1e-6));
                    return Math.toDegrees(Math.atan2(slope[1], slope[0]) - Math.atan2(RIGHT, DOWN));
                })
                .sorted()
                .toArray();
        assertThat(angles[0]).isBetween(-10.01, -9.0);
        assertThat(angles[angles.length - 1]).isBetween(9.0, 10.01);
    }

    @Test
    void scaleDividesSlopes() {
        double[] sizes = slopes(new Affine(0, 0, 0.2)).stream()
                .mapToDouble(slope -> RIGHT / slope[1])
                .sorted()
                .toArray();
        assertThat(sizes[0]).isBetween(0.799, 0.82);
        assertThat(sizes[sizes.length - 1]).isBetween(1.18, 1.201);
    }

    @Test
    void shiftMovesTheCentreByAtMostItsShare() {
        double[] centres = slopes(new Affine(0, 0.1, 0)).stream()
                .mapToDouble(slope -> {
                    assertThat(slope[0]).isCloseTo(DOWN, within(1e-5));
                    return slope[2] - 0.5;
                })
                .sorted()
                .toArray();
        double most = 0.1 * SIZE * (DOWN + RIGHT);
        assertThat(centres[0]).isBetween(-most - 1e-6, -0.6 * most);
        assertThat(centres[centres.length - 1]).isBetween(0.6 * most, most + 1e-6);
    }

    @Test
    void rangesOfZeroKeepTheBits() {
        Dataset same = new Affine(0, 0, 0).augment(plane(), Examples.CONTEXT);
        assertThat(Examples.read(same, 0, 5)).containsExactly(Examples.read(plane(), 0, 0));
    }

    @Test
    void picturesDependOnEpochAndNotOnTheOrderOfReading() {
        Dataset turned = new Affine().augment(plane(), Examples.CONTEXT);
        List<float[]> inOrder = Examples.epochs(turned, 16);
        float[][] parallel = new float[16][];
        IntStream.range(0, 16).parallel().forEach(epoch -> parallel[15 - epoch] = Examples.read(turned, 0, 15 - epoch));
        for (int epoch = 0; epoch < 16; epoch++) {
            assertThat(parallel[epoch]).containsExactly(inOrder.get(epoch));
        }
        assertThat(inOrder.get(0)).isNotEqualTo(inOrder.get(1));
    }

    @Test
    void refusesBadNumbersAndTables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Affine(Double.NaN, 0, 0))
                .withMessage("[affine] expected rotate in [0.0, 180.0] but received NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Affine(0, 0, 1))
                .withMessage("[affine] expected scale in [0.0, 0.9] but received 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Affine().augment(Examples.table(new float[] {1, 2}), Examples.CONTEXT))
                .withMessage("[affine] expected pictures [channels, height, width] but received examples [2]; mixup and"
                        + " gaussian-noise fit all data");
    }
}
