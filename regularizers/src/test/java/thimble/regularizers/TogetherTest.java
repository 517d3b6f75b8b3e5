package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Methods that cannot act in one step. */
class TogetherTest {
    @Test
    void theSameMethodTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new L2(1e-3), new L2(1e-4)))
                .withMessage("[l2] expected one method of this name but received two; leave one out");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TracedStep(TracedStep.mlp(), new Dropout(0.5, "hidden"), new Dropout(0.2, "hidden")))
                .withMessage("[dropout] expected one method of this name at hidden but received two; leave one out");
    }

    @Test
    void oneMethodAtTwoPlacesIsNot() {
        TracedStep step = new TracedStep(
                TracedStep.mlp(), new GaussianNoise(0.1, false, "input"), new GaussianNoise(0.1, true, "hidden"));
        assertThat(step.step.scalars())
                .extracting(scalar -> scalar.input())
                .contains("gaussian-noise.sigma", "gaussian-noise#2.sigma");
    }
}
