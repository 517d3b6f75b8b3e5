package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private static final double WORST = 1e-6;

    private final Reference values = new Reference().key(3, 1);
    private final List<Tensor> leaves = new ArrayList<>();
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private Tensor leaf(String name, double low, double high, int... sizes) {
        Tensor leaf = Tensor.input(name, sizes);
        values.feed(
                name,
                Elementwise.map(
                        Philox.uniform(
                                Key.words(2, 0), Key.stream(name), leaf.shape().elements()),
                        u -> low + (high - low) * u));
        leaves.add(leaf);
        return leaf;
    }

    private Tensor indices(double... indices) {
        values.feed("indices", indices);
        return Tensor.of(new Op.Input("indices", Shape.of(indices.length), DType.INT32, Op.NO_BATCH));
    }

    /** Every primitive between differentiable ones. */
    private void everyPrimitive() {
        Tensor a = leaf("a", -1.5, 1.5, 3, 4);
        Tensor b = leaf("b", -1.5, 1.5, 3, 4);
        Tensor p = leaf("p", 0.5, 2, 3, 4);
        Tensor image = leaf("image", -1, 1, 2, 4, 5, 6);
        Tensor kernel = leaf("kernel", -1, 1, 4, 2, 2, 3);
        Window window =
                Window.of(2, 3).stride(2, 1).padding(1, 0, 2, 1).dilation(1).groups(2);
        Tensor convolved = image.conv2d(kernel, window);
        Tensor g = leaf("g", -1, 1, convolved.shape().toArray());
        Tensor cube = leaf("cube", -1, 1, 2, 3, 4);
        Tensor other = leaf("other", -1, 1, 2, 4, 3);
        results.put("neg", a.neg());
        results.put("exp", a.exp());
        results.put("log", p.log());
        results.put("sqrt", p.sqrt());
        results.put("sin", a.sin());
        results.put("tanh", a.tanh());
        results.put("sign", a.mul(a.sign()));
        results.put("floor", a.mul(a.floor()));
        results.put("add", a.add(b));
        results.put("mul", a.mul(b));
        results.put("div", a.div(p));
        results.put("max", a.max(b));
        results.put("less", a.less(b).mul(a));
        results.put("equal", a.equal(b).add(1).mul(a));
        results.put("select", a.less(b).select(a.exp(), b.sin()));
        results.put("cast", a.mul(3).cast(DType.INT32).cast(DType.FLOAT32).mul(b));
        results.put(
                "stop-gradient",
                a.mul(Tensor.iota(Shape.of(3, 4), 1).cast(DType.FLOAT32).stopGradient()));
        results.put("random", a.mul(Tensor.uniform("u", Shape.of(3, 4), false)));
        results.put("variable", a.mul(variable()));
        results.put("sum", a.sum(1).add(b.sum(0)));
        results.put("reduce max", a.max(List.of(1)).add(b.max(List.of(0))));
        results.put("argmax", a.mul(a.argMax(1).cast(DType.FLOAT32).broadcast(Shape.of(3, 4))));
        results.put("broadcast", a.sum(1).broadcast(Shape.of(3, 4)).mul(b));
        results.put("reshape", a.reshape(2, 6));
        results.put("transpose", cube.transpose(2, 0, 1));
        results.put("slice", a.slice(1, 1, 3));
        results.put("pad", Tensor.of(new Op.Pad(1, 1, 2, 0.3), a));
        results.put("concat", Tensor.concat(0, List.of(a, b, a)));
        results.put("matmul", cube.matmul(other));
        results.put("matmul with left transpose", Tensor.of(new Op.MatMul(true, false), a, b));
        results.put("matmul with right transpose", a.matmulTransposed(b));
        results.put("matmul with both transposes", Tensor.of(new Op.MatMul(true, true), cube, other));
        results.put("conv2d", convolved);
        results.put(
                "conv2d with dilation",
                image.conv2d(
                        leaf("k", -1, 1, 2, 4, 2, 2),
                        Window.of(2, 2).dilation(2).padding(1)));
        results.put("conv2d input gradient", Tensor.of(new Op.Conv2dInputGrad(window, image.shape()), g, kernel));
        results.put("conv2d kernel gradient", Tensor.of(new Op.Conv2dKernelGrad(window, kernel.shape()), image, g));
        results.put("gather", a.gather(1, indices(3, 0, 3, 1, 1)));
        results.put("scatter", Tensor.of(new Op.ScatterAdd(0, 6), leaf("rows", -1, 1, 5, 2), indices(3, 0, 3, 1, 1)));
        Tensor patches = image.patches(Window.of(3, 2).stride(2).padding(1));
        results.put("patches", patches);
        results.put("overlapping pool", patches.max(List.of(2)));
        results.put(
                "patches gradient",
                Tensor.of(
                        new Op.PatchesGrad(Window.of(3, 2).stride(2).padding(1), image.shape()),
                        leaf("q", -1, 1, patches.shape().toArray())));
        results.put("softmax", a.softmax());
    }

    private Tensor variable() {
        Tensor variable = Tensor.variable("v", Shape.of(3, 4));
        values.variable("v", Philox.uniform(Key.words(5, 0), 1, 12));
        leaves.add(variable);
        return variable;
    }

    @Test
    void everyPrimitiveHasRightDerivativesOfOrdersOneToThree() {
        everyPrimitive();
        double worst = 0;
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Tensor y = result.getValue();
            Tensor scalar =
                    y.sin().mul(Tensor.uniform("weights", y.shape(), false)).sum();
            List<Tensor> needed = Tensor.topological(List.of(scalar)).stream()
                    .filter(leaves::contains)
                    .toList();
            for (GradientCheck.Result order : GradientCheck.orders(scalar, needed, values, 3)) {
                assertThat(order.error()).as(result.getKey() + ": " + order).isLessThanOrEqualTo(WORST);
                worst = Math.max(worst, order.error());
            }
        }
        assertThat(worst).isPositive();
    }

    /** The derivative of each primitive is made of primitives that the check above covers; no primitive is left out. */
    @Test
    void noPrimitiveIsLeftOut() {
        everyPrimitive();
        Set<Class<?>> covered = new HashSet<>();
        Tensor.topological(results.values())
                .forEach(tensor -> covered.add(tensor.op().getClass()));
        assertThat(covered).contains(Op.class.getPermittedSubclasses()[0]);
        List<Class<?>> primitives = new ArrayList<>(Arrays.asList(Op.class.getPermittedSubclasses()));
        primitives.remove(Op.Constant.class); // nothing to differentiate
        assertThat(covered).containsAll(primitives);
    }

    @Test
    void aWrongDerivativeIsSeen() {
        Tensor a = leaf("a", -1, 1, 3);
        Tensor wrong = a.stopGradient().mul(a).sum();
        assertThat(GradientCheck.orders(wrong, List.of(a), values, 1).getFirst().error())
                .isGreaterThan(0.1);
    }

    @Test
    void nearAKinkASmallStepStaysOnItsSide() {
        values.feed("a", 1e-3, -1e-3, 0.5);
        Tensor a = Tensor.input("a", 3);
        assertThat(GradientCheck.orders(a.relu().mul(a.exp()).sum(), List.of(a), values, 1)
                        .getFirst()
                        .error())
                .isLessThan(WORST);
    }

    @Test
    void onlyLeavesCanBeMoved() {
        Tensor a = leaf("a", -1, 1, 3);
        assertThatThrownBy(() -> GradientCheck.orders(a.exp().sum(), List.of(a.exp()), values, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[gradient check] expected an input or a variable but received exp [3]");
    }
}
