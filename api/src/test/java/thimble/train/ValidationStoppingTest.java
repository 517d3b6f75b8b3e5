package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;
import thimble.data.Fold;
import thimble.method.Methods;

class ValidationStoppingTest {
    private final Dataset points = Blobs.points(50, 3);

    @Test
    void aShareOfEachClassIsHeldOutAndTheRestIsLeft() {
        Fold fold = new ValidationStopping().split(points, 8);
        assertThat(fold.test()).hasSize(10);
        assertThat(IntStream.concat(Arrays.stream(fold.train()), Arrays.stream(fold.test()))
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, 50).toArray());
        int[] counts = new int[points.classes()];
        for (int label : fold.test(points).labels()) {
            counts[label]++;
        }
        assertThat(counts).doesNotContain(0);
        assertThat(new ValidationStopping().split(points, 8).test()).isEqualTo(fold.test());
        assertThat(new ValidationStopping().split(points, 9).test()).isNotEqualTo(fold.test());
    }

    @Test
    void theRuleCarriesItsNumbers() {
        Fold fold = new ValidationStopping().split(points, 8);
        assertThat(new ValidationStopping(0.3, 7, 4).on(fold.test(points)))
                .satisfies(rule -> assertThat(rule.every()).isEqualTo(7))
                .satisfies(rule -> assertThat(rule.patience()).isEqualTo(4));
    }

    @Test
    void rangesAreChecked() {
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> new ValidationStopping(share, 1, 1))
                    .hasMessageStartingWith("[early-stopping] expected a share in (0, 1)");
        }
        assertThatThrownBy(() -> new ValidationStopping(0.2, 0, 1))
                .hasMessage("[early-stopping] every expected >= 1 but received 0");
        assertThatThrownBy(() -> new ValidationStopping(0.2, 1, 0))
                .hasMessage("[early-stopping] patience expected >= 1 but received 0");
    }

    @Test
    void itIsFoundByName() {
        assertThat(Methods.parse(ValidationStopping.class, "early-stopping:share=0.1,every=50"))
                .isEqualTo(new ValidationStopping(0.1, 50, 10));
    }
}
