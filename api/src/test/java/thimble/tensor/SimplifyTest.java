package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Graph;

class SimplifyTest {
    private final Tensor x = Tensor.batch("x", Shape.of(4, 6));
    private final Tensor y = Tensor.batch("y", Shape.of(4, 6));

    /** The expected expression is written with nodes on which no rule acts. */
    private static void becomes(Tensor from, Tensor to) {
        Tensor simple = Simplify.apply(List.of(from)).getFirst();
        assertThat(GraphText.of(List.of(simple))).isEqualTo(GraphText.of(List.of(to)));
    }

    private static Tensor pure(double value, int... sizes) {
        return Tensor.constant(value, Shape.of(sizes));
    }

    @Test
    void factorsAndTermsWithoutEffectDisappear() {
        becomes(x.mul(1).add(0), x);
        becomes(x.neg().neg(), x);
        becomes(x.mul(y.exp()).mul(0), pure(0, 4, 6));
        becomes(x.add(y.mul(0)), x);
        becomes(x.div(1), x);
        becomes(x.max(x), x);
        becomes(x.add(x), x.mul(pure(2, 4, 6)));
        becomes(x.less(x), pure(0, 4, 6));
        becomes(x.equal(x), pure(1, 4, 6));
    }

    @Test
    void constantsMeet() {
        becomes(x.mul(2).mul(3).neg(), x.mul(pure(-6, 4, 6)));
        becomes(x.neg().mul(3), x.mul(pure(-3, 4, 6)));
        becomes(x.add(2).add(3), x.add(pure(5, 4, 6)));
        becomes(x.div(4), x.mul(pure(0.25, 4, 6)));
        becomes(x.mul(2).reshape(24).mul(3), x.mul(pure(6, 4, 6)).reshape(24));
        becomes(x.mul(2).sum(1), x.sum(1).mul(pure(2, 4, 1)));
        becomes(x.max(pure(1, 4, 6)).max(pure(2, 4, 6)), x.max(pure(2, 4, 6)));
        becomes(Tensor.scalar(2).exp().broadcast(Shape.of(3)), pure(StrictMath.exp(2), 3));
        becomes(pure(2, 3, 4).sum(0).transpose(1, 0).slice(0, 1, 3), pure(6, 2, 1));
        becomes(
                Tensor.constant(2.9, Shape.of(2)).cast(DType.INT32),
                Tensor.of(new Op.Constant(2, Shape.of(2), DType.INT32)));
    }

    @Test
    void zeroPassesThroughEverythingLinear() {
        Tensor zero = x.mul(0);
        Tensor indices = Tensor.of(new Op.Input("i", Shape.of(3), DType.INT32, Op.NO_BATCH));
        becomes(zero.matmulTransposed(y), pure(0, 4, 4));
        becomes(x.transpose(1, 0).matmul(zero), pure(0, 6, 6));
        becomes(zero.gather(1, indices), pure(0, 4, 3));
        becomes(Tensor.of(new Op.ScatterAdd(0, 5), zero.slice(0, 0, 3), indices), pure(0, 5, 6));
        becomes(zero.pad(0, 1, 1).sum(1), pure(0, 6, 1));
        becomes(Tensor.concat(0, List.of(zero, zero)), pure(0, 8, 6));
        becomes(x.less(y).select(zero, zero), pure(0, 4, 6));
        Tensor image = zero.reshape(4, 1, 2, 3);
        Tensor kernel = Tensor.variable("k", Shape.of(2, 1, 2, 2));
        becomes(image.conv2d(kernel, Window.of(2, 2)), pure(0, 4, 2, 1, 2));
        becomes(image.patches(Window.of(2, 2)), pure(0, 4, 1, 4, 1, 2));
        becomes(
                Tensor.of(new Op.Conv2dKernelGrad(Window.of(2, 2), kernel.shape()), image, pure(1, 4, 2, 1, 2)),
                pure(0, 2, 1, 2, 2));
    }

    @Test
    void whatIsStretchedIsComputedSmall() {
        Tensor row = Tensor.variable("row", Shape.of(1, 6));
        Tensor column = Tensor.batch("column", Shape.of(4, 1));
        Shape full = Shape.of(4, 6);
        becomes(row.broadcast(full).exp(), row.exp().broadcast(full));
        becomes(
                row.broadcast(full).add(row.neg().broadcast(full)),
                row.add(row.neg()).broadcast(full));
        becomes(row.broadcast(full).mul(3), row.mul(pure(3, 1, 6)).broadcast(full));
        becomes(x.div(column.broadcast(full)), x.mul(pure(1, 4, 1).div(column).broadcast(full)));
        becomes(row.broadcast(full).sum(0), row.mul(pure(4, 1, 6)));
        becomes(row.broadcast(full).max(List.of(0)), row);
        Tensor cube = column.reshape(4, 1, 1).broadcast(Shape.of(4, 5, 1)).broadcast(Shape.of(4, 5, 6));
        becomes(cube, column.reshape(4, 1, 1).broadcast(Shape.of(4, 5, 6)));
        Tensor both = column.reshape(4, 1, 1)
                .broadcast(Shape.of(4, 5, 6))
                .mul(row.reshape(1, 1, 6).broadcast(Shape.of(4, 5, 6)));
        Shape join = Shape.of(4, 1, 6);
        becomes(
                both,
                column.reshape(4, 1, 1)
                        .broadcast(join)
                        .mul(row.reshape(1, 1, 6).broadcast(join))
                        .broadcast(Shape.of(4, 5, 6)));
    }

    @Test
    void movementsMeet() {
        becomes(x.reshape(24).reshape(2, 12), x.reshape(2, 12));
        becomes(x.transpose(1, 0).transpose(1, 0), x);
        becomes(x.reshape(4, 1, 6).transpose(1, 0, 2), x.reshape(1, 4, 6));
        becomes(x.slice(1, 1, 5).slice(1, 1, 3), x.slice(1, 2, 4));
        becomes(x.pad(1, 2, 1).pad(1, 1, 0), x.pad(1, 3, 1));
        becomes(x.pad(1, 2, 1).slice(1, 3, 8), x.slice(1, 1, 6));
        becomes(x.pad(1, 2, 1).slice(1, 0, 2), pure(0, 4, 2));
        Tensor both = Tensor.concat(1, List.of(x, y, x));
        becomes(both.slice(1, 7, 9), y.slice(1, 1, 3));
        becomes(both.slice(1, 6, 18), Tensor.concat(1, List.of(y, x)));
        becomes(Tensor.concat(1, List.of(x.slice(1, 0, 2), x.slice(1, 2, 6))), x);
        becomes(Tensor.concat(1, List.of(Tensor.concat(1, List.of(x, y)), x)), both);
        becomes(x.transpose(1, 0).matmul(y), Tensor.of(new Op.MatMul(true, false), x, y));
        becomes(x.matmul(y.transpose(1, 0)), x.matmulTransposed(y));
        becomes(Tensor.iota(Shape.of(1, 3), 0), Tensor.of(new Op.Constant(0, Shape.of(1, 3), DType.INT32)));
    }

    @Test
    void masksComeFirstAndOnce() {
        Tensor mask = x.less(y);
        becomes(x.mul(mask), mask.mul(x));
        becomes(mask.mul(mask.mul(x)), mask.mul(x));
        becomes(mask.mul(mask), mask);
    }

    @Test
    void aPoolAppliesBiasAndReluOncePerWindow() {
        Tensor image = Tensor.batch("image", Shape.of(2, 3, 4, 6));
        Tensor bias = Tensor.variable("bias", Shape.of(1, 3, 1, 1));
        Tensor pooled = image.add(bias).relu().reshape(2, 3, 2, 2, 3, 2).max(List.of(3, 5));
        Tensor largest = image.reshape(2, 3, 2, 2, 3, 2).max(List.of(3, 5));
        Shape small = Shape.of(2, 3, 2, 1, 3, 1);
        becomes(
                pooled,
                largest.add(bias.reshape(1, 3, 1, 1, 1, 1).broadcast(small)).max(pure(0, 2, 3, 2, 1, 3, 1)));
        Tensor perPixel = Tensor.variable("pixel", Shape.of(1, 1, 4, 6)).broadcast(image.shape());
        Tensor varies = image.add(perPixel).reshape(2, 3, 2, 2, 3, 2).max(List.of(3, 5));
        becomes(varies, varies);
    }

    @Test
    void theGradientOfAllSlicesIsOneConcatenation() {
        Tensor loss = Tensor.scalar(0);
        for (int t = 0; t < 6; t++) {
            loss = loss.add(x.slice(1, t, t + 1).mul(t + 1).tanh().sum());
        }
        Tensor gradient = Simplify.apply(List.of(loss.gradient(x))).getFirst();
        assertThat(gradient.op()).isEqualTo(new Op.Concat(1));
        assertThat(gradient.inputs()).hasSize(6);
        Tensor some =
                x.slice(1, 0, 1).sum().add(x.slice(1, 3, 5).square().sum()).gradient(x);
        assertThat(Simplify.apply(List.of(some)).getFirst().op()).isEqualTo(new Op.Pad(1, 0, 1, 0));
        Tensor overlapping =
                x.slice(1, 0, 3).exp().sum().add(x.slice(1, 2, 5).exp().sum()).gradient(x);
        becomes(overlapping, Simplify.apply(List.of(overlapping)).getFirst());
    }

    @Test
    void equalNodesBecomeOneAndLeavesKeepTheirIdentity() {
        Tensor again = Tensor.batch("x", Shape.of(4, 6));
        Map<Tensor, Tensor> now =
                Simplify.mapping(List.of(x.exp().add(again.exp().mul(3))));
        assertThat(now.get(again)).isSameAs(x);
        Tensor sum = x.exp().mul(y);
        assertThat(Simplify.apply(List.of(sum)).getFirst()).isSameAs(sum);
    }

    @Test
    void stopGradientStaysUntilDerivativesAreTaken() {
        Tensor loss = x.stopGradient().mul(x).mul(1).sum();
        Tensor before = Simplify.beforeGradients(List.of(loss), List.of(x)).get(loss);
        becomes(before.gradient(x), x);
        becomes(loss, x.mul(x).sum());
    }

    @Test
    void aKeptNodeStaysTheWayToItsUsers() {
        Tensor tap = x.relu();
        Tensor pooled = tap.reshape(4, 3, 2).max(List.of(2)).sum();
        Tensor copy = x.relu().sum();
        Map<Tensor, Tensor> now = Simplify.beforeGradients(List.of(pooled, copy), List.of(tap));
        Tensor gradient = now.get(pooled).gradient(now.get(tap));
        assertThat(gradient.op()).isNotInstanceOf(Op.Constant.class);
        assertThat(Tensor.topological(List.of(now.get(copy)))).doesNotContain(now.get(tap));
    }

    private static List<ConformanceCase> networksOfThree() {
        List<ConformanceCase> networks = new ArrayList<>(ConformanceCases.networks());
        networks.removeIf(each -> !each.name().endsWith("batch 3"));
        assertThat(networks).hasSizeGreaterThan(8);
        return networks;
    }

    /** Values stay, and so do the derivatives when simplification comes first. */
    @Test
    void meaningStays() {
        List<ConformanceCase> operations = ConformanceCases.operations();
        List<ConformanceCase> cases = networksOfThree();
        for (int i = 0; i < operations.size(); i++) {
            if (i % 11 == 0 || operations.get(i).name().startsWith("special")) {
                cases.add(operations.get(i));
            }
        }
        for (ConformanceCase each : cases) {
            for (Graph graph : each.programs()) {
                List<double[]> wanted = each.values().reference().values(graph.roots());
                List<double[]> received = each.values().reference().values(Simplify.apply(graph.roots()));
                for (int root = 0; root < wanted.size(); root++) {
                    double largest = Arrays.stream(wanted.get(root))
                            .map(Math::abs)
                            .filter(Double::isFinite)
                            .max()
                            .orElse(0);
                    assertThat(received.get(root))
                            .as(each.name() + ", root " + root)
                            .usingComparatorWithPrecision(1e-12 * (1 + largest))
                            .containsExactly(wanted.get(root));
                }
            }
        }
    }

    @Test
    void derivativesStay() {
        for (ConformanceCase each : networksOfThree()) {
            Optional<Tensor> scalar = each.programs().stream()
                    .map(graph -> graph.outputs().getFirst())
                    .filter(output -> output.shape().rank() == 0)
                    .findFirst();
            if (scalar.isEmpty()) {
                continue;
            }
            Tensor loss = scalar.get();
            List<Tensor> weights = each.values().variables();
            Map<Tensor, Tensor> now = Simplify.beforeGradients(List.of(loss), weights);
            List<Tensor> simple = Gradients.of(now.get(loss), weights);
            List<double[]> wanted = each.values().reference().values(Gradients.of(loss, weights));
            List<double[]> received = each.values().reference().values(Simplify.apply(simple));
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(received.get(i))
                        .as(each.name() + ", " + weights.get(i))
                        .containsExactly(wanted.get(i), within(1e-12));
            }
        }
    }

    @Test
    void aPenaltyWithFactorZeroLeavesTheGraphOfNone() {
        List<Tensor> none = Penalties.step(0, (_, _) -> Tensor.scalar(0));
        for (Penalties penalty : Penalties.values()) {
            assertThat(text(Penalties.step(0, penalty.loss))).as(penalty.name()).isEqualTo(text(none));
            assertThat(text(Penalties.step(1e-3, penalty.loss)))
                    .as(penalty.name())
                    .isNotEqualTo(text(none));
        }
    }

    private static String text(List<Tensor> roots) {
        return GraphText.of(Simplify.apply(roots));
    }

    /** Gradient penalties of a network with one hidden layer. */
    private enum Penalties {
        SPECTREG((x, logits) -> Tensor.signs("r", logits.shape(), true)
                .mul(logits)
                .sum()
                .gradient(x)
                .square()
                .sum()),
        DATAGRAD((x, logits) -> crossEntropy(logits).sum().gradient(x).square().sum()),
        L2((_, logits) -> Tensor.variable("w1", Shape.of(8, 6)).square().sum());

        private final BiFunction<Tensor, Tensor, Tensor> loss;

        Penalties(BiFunction<Tensor, Tensor, Tensor> loss) {
            this.loss = loss;
        }

        private static Tensor crossEntropy(Tensor logits) {
            return logits.logSoftmax()
                    .mul(Tensor.batch("target", logits.shape()))
                    .sum(1)
                    .neg();
        }

        static List<Tensor> step(double lambda, BiFunction<Tensor, Tensor, Tensor> penalty) {
            Tensor x = Tensor.batch("x", Shape.of(4, 6));
            Tensor w1 = Tensor.variable("w1", Shape.of(8, 6));
            Tensor w2 = Tensor.variable("w2", Shape.of(3, 8));
            Tensor logits = x.matmulTransposed(w1).tanh().matmulTransposed(w2);
            Tensor loss =
                    crossEntropy(logits).mean().add(penalty.apply(x, logits).mul(lambda));
            List<Tensor> roots = new ArrayList<>(List.of(loss));
            roots.addAll(Gradients.of(loss, List.of(w1, w2)));
            return roots;
        }
    }
}
