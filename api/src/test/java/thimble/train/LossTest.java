package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class LossTest {
    private static final double[] OUTPUT = {1, -2, 0.5, 30, -30, 0};
    private static final double[] TARGET = {0.2, 0.3, 0.5, 0, 1, 0};
    private final Tensor output = Tensor.batch("output", Shape.of(2, 3));
    private final Tensor target = Tensor.batch("target", Shape.of(2, 3));

    private double[] value(Tensor tensor) {
        return new Reference().feed("output", OUTPUT).feed("target", TARGET).value(tensor);
    }

    private double[] loss(Loss loss) {
        Tensor perExample = loss.perExample(output, target);
        assertThat(perExample.shape()).isEqualTo(Shape.of(2, 1));
        return value(perExample);
    }

    private double[] gradient(Loss loss) {
        return value(loss.perExample(output, target).sum().gradient(output));
    }

    @Test
    void crossEntropyTakesSoftTargetsAndItsGradientIsProbabilityMinusTarget() {
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double expected = Math.log(sum) - (0.2 * 1 - 0.3 * 2 + 0.5 * 0.5);
        assertThat(loss(new CrossEntropy())[0]).isCloseTo(expected, within(1e-12));
        assertThat(loss(new CrossEntropy())[1]).isCloseTo(60, within(1e-9));
        assertThat(gradient(new CrossEntropy())[0]).isCloseTo(Math.exp(1) / sum - 0.2, within(1e-12));
        assertThat(value(new CrossEntropy().scores(output))[2]).isCloseTo(Math.exp(0.5) / sum, within(1e-12));
    }

    @Test
    void binaryCrossEntropyDoesNotOverflow() {
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-OUTPUT[i]));
            expected -= TARGET[i] * Math.log(p) + (1 - TARGET[i]) * Math.log(1 - p);
        }
        assertThat(loss(new BinaryCrossEntropy())[0]).isCloseTo(expected, within(1e-12));
        assertThat(loss(new BinaryCrossEntropy())[1]).isCloseTo(60 + Math.log(2), within(1e-9));
        assertThat(gradient(new BinaryCrossEntropy())[1]).isCloseTo(1 / (1 + Math.exp(2)) - 0.3, within(1e-12));
        assertThat(value(new BinaryCrossEntropy().scores(output))[5]).isEqualTo(0.5);
    }

    @Test
    void squaredErrorIsAMeanOverOutputs() {
        assertThat(loss(new MeanSquaredError())[0]).isCloseTo((0.64 + 5.29 + 0) / 3, within(1e-12));
        assertThat(gradient(new MeanSquaredError())[1]).isCloseTo(2 * -2.3 / 3, within(1e-12));
        assertThat(value(new MeanSquaredError().scores(output))).containsExactly(OUTPUT);
    }

    /** With φ = t / ‖t‖ and f̂ = f / ‖f‖: −(φ − ⟨f̂, φ⟩ f̂) / ‖f‖, which is orthogonal to f. */
    @Test
    void cosineIsBlindToLengthAndItsGradientIsOrthogonalToTheOutput() {
        double[] losses = loss(new CosineLoss());
        double[] g = gradient(new CosineLoss());
        for (int n = 0; n < 2; n++) {
            double length = 0;
            double target = 0;
            double product = 0;
            for (int k = 3 * n; k < 3 * n + 3; k++) {
                length += OUTPUT[k] * OUTPUT[k];
                target += TARGET[k] * TARGET[k];
                product += OUTPUT[k] * TARGET[k];
            }
            double cosine = product / Math.sqrt(length * target);
            assertThat(losses[n]).isCloseTo(1 - cosine, within(1e-9));
            double along = 0;
            for (int k = 3 * n; k < 3 * n + 3; k++) {
                double expected =
                        -(TARGET[k] / Math.sqrt(target) - cosine * OUTPUT[k] / Math.sqrt(length)) / Math.sqrt(length);
                assertThat(g[k]).isCloseTo(expected, within(1e-9));
                along += g[k] * OUTPUT[k];
            }
            assertThat(along).isCloseTo(0, within(1e-9));
        }
        double[] longer = Arrays.stream(OUTPUT).map(f -> 17 * f).toArray();
        assertThat(new Reference()
                        .feed("output", longer)
                        .feed("target", TARGET)
                        .value(new CosineLoss().perExample(output, target)))
                .containsExactly(losses, within(1e-9));
        double[] atZero = new Reference()
                .feed("output", new double[6])
                .feed("target", TARGET)
                .value(new CosineLoss().perExample(output, target).sum().gradient(output));
        assertThat(atZero).doesNotContain(Double.NaN);
    }

    @Test
    void cosineIsZeroAtTheTargetAndTwoOppositeToIt() {
        double[] both = {0.4, 0.6, 1, 0, -3, 0};
        double[] targets = {0.2, 0.3, 0.5, 0, 1, 0};
        assertThat(new Reference()
                        .feed("output", both)
                        .feed("target", targets)
                        .value(new CosineLoss().perExample(output, target)))
                .containsExactly(new double[] {0, 2}, within(1e-9));
    }

    @Test
    void cosineWithCrossEntropyIsTheirSum() {
        CosineLoss both = new CosineLoss(0.1, "");
        double[] cosine = loss(new CosineLoss());
        double[] entropy = loss(new CrossEntropy());
        assertThat(loss(both)[0]).isCloseTo(cosine[0] + 0.1 * entropy[0], within(1e-12));
        assertThat(gradient(both)[1])
                .isCloseTo(gradient(new CosineLoss())[1] + 0.1 * gradient(new CrossEntropy())[1], within(1e-12));
        assertThat(value(both.scores(output))).containsExactly(value(new CrossEntropy().scores(output)), within(1e-12));
    }

    @Test
    void focalLossWeighsCrossEntropyByWhatIsMissing() {
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double expected = 0;
        for (int k = 0; k < 3; k++) {
            double p = Math.exp(OUTPUT[k]) / sum;
            expected -= TARGET[k] * (1 - p) * (1 - p) * Math.log(p);
        }
        assertThat(loss(new FocalLoss())[0]).isCloseTo(expected, within(1e-12));
        assertThat(loss(new FocalLoss())[1]).isCloseTo(60, within(1e-9));
        assertThat(gradient(new FocalLoss())).doesNotContain(Double.NaN);
        assertThat(loss(new FocalLoss(0))).containsExactly(loss(new CrossEntropy()), within(1e-12));
        assertThat(gradient(new FocalLoss(0))).containsExactly(gradient(new CrossEntropy()), within(1e-12));
    }

    @Test
    void gradientsOfTheFocalLossAgreeWithDifferences() {
        for (double gamma : new double[] {0.5, 1, 2, 5}) {
            Tensor loss = new FocalLoss(gamma).perExample(output, target).sum();
            double[] exact = value(loss.gradient(output));
            for (int k = 0; k < 3; k++) {
                double[] above = OUTPUT.clone();
                double[] below = OUTPUT.clone();
                above[k] += 1e-5;
                below[k] -= 1e-5;
                Reference reference = new Reference().feed("target", TARGET);
                double difference = reference.feed("output", above).scalar(loss)
                        - reference.feed("output", below).scalar(loss);
                assertThat(exact[k]).as("gamma %s, logit %d", gamma, k).isCloseTo(difference / 2e-5, within(1e-8));
            }
        }
    }

    @Test
    void componentsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.parse(Loss.class, "focal:gamma=-1"))
                .withMessage("[focal] expected gamma in [0, 100] but received -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.parse(Loss.class, "focal:gamma=1e3"))
                .withMessage("[focal] expected gamma in [0, 100] but received 1000.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.parse(Loss.class, "cosine:crossEntropy=-1"))
                .withMessage("[cosine] expected crossEntropy >= 0 but received -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.parse(Loss.class, "cosine:crossEntropy=0.1,embeddings=classes.csv"))
                .withMessageStartingWith("[cosine] expected crossEntropy or embeddings but received both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-entropy", "binary-cross-entropy", "focal", "cosine", "cosine:embeddings=absent.csv"})
    void lossesOfClassesRefuseNumbers(String spec) {
        Loss loss = Methods.parse(Loss.class, spec);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.check(new Targets.Numbers(List.of("price", "age"))))
                .withMessage("[" + loss.name() + "] expected classes but the targets are the numbers [price, age];"
                        + " mean-squared-error fits them");
    }

    @Test
    void squaredErrorFitsAllTargets() {
        assertThatCode(() -> {
                    new MeanSquaredError().check(new Targets.Numbers(List.of("price")));
                    new MeanSquaredError().check(new Targets.Classes(List.of("a", "b")));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void lossesAreFoundByName() {
        assertThat(List.of("cross-entropy", "binary-cross-entropy", "mean-squared-error", "cosine", "focal"))
                .allSatisfy(name ->
                        assertThat(Methods.parse(Loss.class, name).name()).isEqualTo(name));
    }
}
