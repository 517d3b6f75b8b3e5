package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Sgd;

class CutMixTest {
    private static final int HEIGHT = 8;
    private static final int WIDTH = 6;
    private static final int PIXELS = HEIGHT * WIDTH;

    private static TracedStep step(Regularizer... methods) {
        Sequential model = Sequential.of()
                .then("flatten", new Flatten())
                .then("hidden", new Linear(4, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        return new TracedStep(Shape.of(2, HEIGHT, WIDTH), model, new CrossEntropy(), new Sgd(TracedStep.RATE), methods);
    }

    @Test
    void eachPixelIsOnesOwnOrThePartnersAndTheTargetFollowsTheArea() {
        TracedStep plain = step();
        double[] x = plain.value(plain.trace.input());
        double[] y = plain.value(plain.trace.target());
        TracedStep step = step(new CutMix(1, 1));
        int mixedSteps = 0;
        for (int t = 0; t < 40; t++) {
            double[] mixed = step.at(t).value(step.trace.input());
            int pasted = 0;
            for (int i = 0; i < x.length; i++) {
                double partner = x[(i + 2 * PIXELS) % x.length];
                boolean own = mixed[i] == x[i];
                assertThat(own || mixed[i] == partner).isTrue();
                assertThat(own).isEqualTo(mixed[i % PIXELS] == x[i % PIXELS]); // one box for all
                pasted += own ? 0 : 1;
            }
            double kept = 1 - (double) pasted / x.length;
            double[] target = step.value(step.trace.target());
            for (int i = 0; i < y.length; i++) {
                double partner = y[(i + TracedStep.CLASSES) % y.length];
                assertThat(target[i]).isCloseTo(kept * y[i] + (1 - kept) * partner, within(1e-6));
            }
            mixedSteps += pasted > 0 ? 1 : 0;
        }
        assertThat(mixedSteps).isGreaterThan(30);
    }

    @Test
    void theProbabilityIsTheShareOfStepsThatMix() {
        TracedStep step = step(new CutMix(30, 0.25)); // with α = 30 boxes are never empty
        double[] x = step().value(step().trace.input());
        int mixed = 0;
        for (int t = 0; t < 400; t++) {
            mixed += Arrays.equals(step.at(t).value(step.trace.input()), x) ? 0 : 1;
        }
        assertThat(mixed / 400.0).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / 400)));
    }

    /** Sides h √(1 − λ₀) and w √(1 − λ₀), which are about 5.66 and 4.24 at λ₀ = ½, round a uniform centre, cut off at the border. */
    @Test
    void theBoxHasTheSidesOfItsShareAndAUniformCentre() {
        int steps = 4800;
        TracedStep step = step(new CutMix(1000, 1)); // λ₀ is ½ up to a few hundredths
        int[] boxes = new int[PIXELS];
        for (int t = 0; t < steps; t++) {
            int top = number(step, "top", t);
            int left = number(step, "left", t);
            int y = top > 0 ? top + 2 : number(step, "bottom", t) - 2;
            int x = left > 0 ? left + 2 : number(step, "right", t) - 2;
            assertThat(top).isEqualTo(Math.max(y - 2, 0));
            assertThat(number(step, "bottom", t)).isEqualTo(Math.min(y + 2, HEIGHT));
            assertThat(left).isEqualTo(Math.max(x - 2, 0));
            assertThat(number(step, "right", t)).isEqualTo(Math.min(x + 2, WIDTH));
            boxes[y * WIDTH + x]++;
        }
        double expected = (double) steps / PIXELS;
        double chiSquare = Arrays.stream(boxes)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquare)
                .as("chi-square with 47 degrees of freedom, p = 0.001")
                .isLessThan(82.7);
    }

    private static int number(TracedStep step, String name, long at) {
        return (int) step.step.scalars().stream()
                .filter(scalar -> scalar.input().endsWith("." + name))
                .findFirst()
                .orElseThrow()
                .value()
                .at(3, at);
    }

    @Test
    void gradientsAgreeWithDifferences() {
        step(new CutMix(1, 1)).checkGradients(() -> 0.0);
    }

    @Test
    void probabilityZeroIsTheGraphWithoutMethodAndAnotherAlphaTheSameGraph() {
        assertThat(step(new CutMix(1, 0)).text()).isEqualTo(step().text());
        assertThat(step(new CutMix(0.3, 1)).text())
                .isEqualTo(step(new CutMix(1, 0.5)).text())
                .isNotEqualTo(step().text());
    }

    @Test
    void theStepIsTheGoldenGraph() {
        step(new CutMix()).checkGolden("cutmix");
    }

    @Test
    void refusesTables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new CutMix()))
                .withMessage(
                        "[cutmix] expected pictures [n, c, h, w] but received examples [6,5]; mixup fits all data");
    }
}
