package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaxNormTest {
    private static double norm(double[] kernel, int row) {
        int width = TracedStep.FEATURES;
        return Math.sqrt(Arrays.stream(kernel, row * width, (row + 1) * width)
                .map(w -> w * w)
                .sum());
    }

    @Test
    void longRowsEndAtTheBoundAndShortRowsKeepTheirBits() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep bounded = new TracedStep(TracedStep.mlp(), new MaxNorm(1));
        double[] large = plain.parameter("hidden.kernel");
        Arrays.setAll(large, i -> i < TracedStep.FEATURES ? 0.1 * large[i] : large[i]); // row 0 is short
        plain.set("hidden.kernel", large.clone());
        bounded.set("hidden.kernel", large.clone());
        double[] free = plain.updates().get("hidden.kernel");
        double[] kept = bounded.updates().get("hidden.kernel");
        int scaled = 0;
        for (int row = 0; row < 4; row++) {
            double norm = norm(free, row);
            double factor = norm > 1 ? 1 / norm : 1;
            scaled += norm > 1 ? 1 : 0;
            for (int i = row * TracedStep.FEATURES; i < (row + 1) * TracedStep.FEATURES; i++) {
                assertThat(kept[i]).isCloseTo(free[i] * factor, within(norm > 1 ? 1e-14 : 0));
            }
            assertThat(norm(kept, row)).isLessThanOrEqualTo(1 + 1e-12);
        }
        assertThat(scaled).isBetween(1, 3);
        assertThat(bounded.updates().get("hidden.bias"))
                .containsExactly(plain.updates().get("hidden.bias"));
    }

    @Test
    void aWideBoundChangesNothing() {
        double[] plain = new TracedStep(TracedStep.mlp()).updates().get("out.kernel");
        assertThat(new TracedStep(TracedStep.mlp(), new MaxNorm(1000)).updates().get("out.kernel"))
                .containsExactly(plain);
    }
}
