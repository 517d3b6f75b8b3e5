package thimble.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void pointsOnALineGiveTheLine() {
        Line line = Line.through(new double[] {0, 1, 2, 5}, new double[] {3, 1, -1, -7}, 0.95);
        assertThat(line.intercept()).isCloseTo(3, within(1e-12));
        assertThat(line.slope()).isCloseTo(-2, within(1e-12));
        assertThat(line.slopeInterval().halfWidth()).isCloseTo(0, within(1e-6));
        assertThat(line.explained()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theIntervalIsThatOfStudent() {
        // residuals −0.1, 0.2, −0.1 around 1 + x; s² = 0.06 / 1, Σ(x − 1)² = 2, t = 12.706
        Line line = Line.through(new double[] {0, 1, 2}, new double[] {0.9, 2.2, 2.9}, 0.95);
        assertThat(line.slope()).isCloseTo(1, within(1e-12));
        assertThat(line.slopeInterval().halfWidth()).isCloseTo(12.7062 * Math.sqrt(0.06 / 2), within(1e-3));
        assertThat(line.explained()).isCloseTo(2 / 2.06, within(1e-9));
    }

    @Test
    void valuesThatDoNotVaryAreExplained() {
        Line flat = Line.through(new double[] {0, 1, 2}, new double[] {4, 4, 4}, 0.95);
        assertThat(flat.slope()).isZero();
        assertThat(flat.explained()).isEqualTo(1);
    }

    @Test
    void tooFewPointsOrOnePlaceAreRefused() {
        assertThatThrownBy(() -> Line.through(new double[] {0, 1}, new double[] {0, 1}, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 places but received 2 for 2");
        assertThatThrownBy(() -> Line.through(new double[] {0, 1, 2}, new double[] {0, 1}, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Line.through(new double[] {1, 1, 1}, new double[] {0, 1, 2}, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different places");
    }
}
