package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private final Reference reference = new Reference();

    private Tensor given(String name, Shape shape, double... values) {
        reference.feed(name, values);
        return Tensor.input(name, shape.toArray());
    }

    private Tensor counting(String name, int... sizes) {
        Shape shape = Shape.of(sizes);
        return given(
                name,
                shape,
                IntStream.range(0, shape.elements()).mapToDouble(i -> i).toArray());
    }

    private Tensor whole(String name, double... values) {
        reference.feed(name, values);
        return Tensor.of(new Op.Input(name, Shape.of(values.length), DType.INT32, Op.NO_BATCH));
    }

    private double[] random(int elements, long seed) {
        return IntStream.range(0, elements)
                .mapToDouble(i -> StrictMath.sin(seed + 12.9898 * i))
                .toArray();
    }

    @Test
    void elementwise() {
        Tensor a = given("a", Shape.of(4), -1.5, -0.0, 0.25, 2);
        assertThat(reference.value(a.neg())).containsExactly(1.5, 0.0, -0.25, -2);
        assertThat(reference.value(a.exp()))
                .containsExactly(StrictMath.exp(-1.5), 1, StrictMath.exp(0.25), StrictMath.exp(2));
        assertThat(reference.value(a.square().sqrt())).containsExactly(1.5, 0, 0.25, 2);
        assertThat(reference.value(a.sign())).containsExactly(-1, -0.0, 1, 1);
        assertThat(reference.value(a.floor())).containsExactly(-2, -0.0, 0, 2);
        assertThat(reference.value(a.relu())).containsExactly(0, 0, 0.25, 2);
        assertThat(reference.value(a.less(Tensor.scalar(0.25)))).containsExactly(1, 1, 0, 0);
        assertThat(reference.value(a.equal(Tensor.scalar(2)))).containsExactly(0, 0, 0, 1);
        assertThat(reference.value(a.sign().select(a, Tensor.scalar(9)))).containsExactly(-1.5, 9, 0.25, 2);
        assertThat(reference.value(a.div(Tensor.scalar(0.5)))).containsExactly(-3, -0.0, 0.5, 4);
    }

    @Test
    void theSecondOperandOfMaxWinsTiesAndNotANumberWinsEverywhere() {
        Tensor a = given("a", Shape.of(4), Double.NaN, 1, -0.0, Double.NEGATIVE_INFINITY);
        Tensor b = given("b", Shape.of(4), 1, Double.NaN, 0.0, -2);
        assertThat(reference.value(a.max(b))).containsExactly(Double.NaN, Double.NaN, 0.0, -2);
        assertThat(reference.value(b.max(List.of(0)))).containsExactly(Double.NaN);
        assertThat(reference.value(b.argMax(0))).containsExactly(1);
        assertThat(reference.value(Tensor.concat(0, List.of(b, a)).argMax(0))).containsExactly(1);
    }

    @Test
    void integersAreExactWrapAndTruncate() {
        Tensor a = whole("a", Integer.MAX_VALUE, -7, 16777217);
        Tensor b = whole("b", 1, 2, 3);
        assertThat(reference.value(a.add(b))).containsExactly(Integer.MIN_VALUE, -5, 16777220);
        assertThat(reference.value(Tensor.of(new Op.Binary(Op.BinaryKind.MUL), a, b)))
                .containsExactly(Integer.MAX_VALUE, -14, 50331651);
        assertThat(reference.value(a.div(b))).containsExactly(Integer.MAX_VALUE, -3, 5592405);
        assertThat(reference.value(a.div(whole("zero", 0, 0, 0)))).containsExactly(0, 0, 0);
        Tensor f = given("f", Shape.of(4), -1.9, 1.9, 3e9, Double.NaN);
        assertThat(reference.value(f.cast(DType.INT32))).containsExactly(-1, 1, Integer.MAX_VALUE, 0);
    }

    @Test
    void reductions() {
        Tensor a = counting("a", 2, 3, 2);
        assertThat(reference.value(a.sum(List.of(1)))).containsExactly(6, 9, 24, 27);
        assertThat(reference.value(a.sum(List.of(0, 2)))).containsExactly(14, 22, 30);
        assertThat(reference.value(a.neg().max(List.of(0, 2)))).containsExactly(-0.0, -2, -4);
        assertThat(reference.scalar(a.sum())).isEqualTo(66);
        assertThat(reference.value(
                        given("ties", Shape.of(2, 3), 1, 5, 5, 7, 0, 7).argMax(1)))
                .containsExactly(1, 0);
    }

    @Test
    void shapes() {
        Tensor a = counting("a", 2, 3);
        assertThat(reference.value(Tensor.iota(Shape.of(2, 3), 0))).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(reference.value(a.slice(1, 1, 2).broadcast(Shape.of(2, 2)))).containsExactly(1, 1, 4, 4);
        assertThat(reference.value(a.transpose(1, 0))).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(reference.value(counting("b", 2, 2, 2).transpose(2, 0, 1))).containsExactly(0, 2, 4, 6, 1, 3, 5, 7);
        assertThat(reference.value(a.slice(0, 1, 2))).containsExactly(3, 4, 5);
        assertThat(reference.value(Tensor.of(new Op.Pad(1, 1, 2, 9), a)))
                .containsExactly(9, 0, 1, 2, 9, 9, 9, 3, 4, 5, 9, 9);
        assertThat(reference.value(Tensor.concat(1, List.of(a, a.slice(1, 0, 1)))))
                .containsExactly(0, 1, 2, 0, 3, 4, 5, 3);
        assertThat(reference.value(Tensor.scalar(3).broadcast(Shape.of(2)))).containsExactly(3, 3);
    }

    @Test
    void indexing() {
        Tensor a = counting("a", 2, 3);
        Tensor indices = whole("i", 2, 0, 2);
        assertThat(reference.value(a.gather(1, indices))).containsExactly(2, 0, 2, 5, 3, 5);
        assertThat(reference.value(Tensor.of(new Op.ScatterAdd(1, 4), a, indices)))
                .containsExactly(1, 0, 2, 0, 4, 0, 8, 0);
        assertThatThrownBy(() -> reference.value(a.gather(0, indices)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[gather] expected an index in 0..1 but received 2");
    }

    @Test
    void matrixProductsWithEveryFlag() {
        Tensor a = given("a", Shape.of(2, 3, 5), random(30, 1));
        Tensor b = given("b", Shape.of(2, 5, 4), random(40, 2));
        double[] x = reference.value(a);
        double[] y = reference.value(b);
        double[] expected = new double[24];
        for (int i = 0; i < 2 * 3 * 4 * 5; i++) {
            int batch = i / 60;
            int row = i / 20 % 3;
            int column = i / 5 % 4;
            expected[batch * 12 + row * 4 + column] +=
                    x[batch * 15 + row * 5 + i % 5] * y[batch * 20 + i % 5 * 4 + column];
        }
        Tensor at = a.transpose(0, 2, 1);
        Tensor bt = b.transpose(0, 2, 1);
        for (Tensor product : List.of(
                a.matmul(b),
                a.matmulTransposed(bt),
                Tensor.of(new Op.MatMul(true, false), at, b),
                Tensor.of(new Op.MatMul(true, true), at, bt))) {
            assertThat(reference.value(product)).containsExactly(expected, within(1e-15));
        }
    }

    @Test
    void convolutionsAndTheirAdjointsAreTheSumsOfTheirDefinition() {
        List<Window> windows = List.of(
                Window.of(3, 2),
                Window.of(3, 3).padding(1),
                Window.of(2, 3).stride(2, 3).padding(1, 0, 2, 4),
                Window.of(3, 2).dilation(2).padding(2).groups(2),
                Window.of(1, 1).stride(3).groups(2));
        for (Window w : windows) {
            Tensor x = given("x", Shape.of(2, 4, 6, 7), random(336, 3));
            Tensor k = given(
                    "k",
                    Shape.of(6, 4 / w.groups(), w.kernelHeight(), w.kernelWidth()),
                    random(6 * 4 / w.groups() * w.kernelHeight() * w.kernelWidth(), 4));
            Tensor y = x.conv2d(k, w);
            Tensor g = given("g", y.shape(), random(y.shape().elements(), 5));
            Tensor dx = Tensor.of(new Op.Conv2dInputGrad(w, x.shape()), g, k);
            Tensor dk = Tensor.of(new Op.Conv2dKernelGrad(w, k.shape()), x, g);
            Convolution direct = new Convolution(w, x.shape(), k.shape(), y.shape());
            assertThat(reference.value(y))
                    .containsExactly(direct.output(reference.value(x), reference.value(k)), within(1e-13));
            assertThat(reference.value(dx))
                    .containsExactly(direct.input(reference.value(g), reference.value(k)), within(1e-13));
            assertThat(reference.value(dk))
                    .containsExactly(direct.kernel(reference.value(x), reference.value(g)), within(1e-13));
        }
    }

    @Test
    void patchesAreWindowsSideBySideAndTheirAdjointAddsThemBack() {
        Tensor x = counting("x", 1, 1, 3, 3);
        Tensor patches = x.patches(Window.of(2, 2).stride(2).padding(0, 1, 0, 1));
        assertThat(patches.shape()).isEqualTo(Shape.of(1, 1, 4, 2, 2));
        assertThat(reference.value(patches)).containsExactly(0, 2, 6, 8, 1, 0, 7, 0, 3, 5, 0, 0, 4, 0, 0, 0);
        Tensor ones = given(
                "g",
                Shape.of(1, 1, 4, 2, 2),
                IntStream.range(0, 16).mapToDouble(_ -> 1).toArray());
        assertThat(reference.value(Tensor.of(new Op.PatchesGrad(Window.of(2, 2), x.shape()), ones)))
                .containsExactly(1, 2, 1, 2, 4, 2, 1, 2, 1);
    }

    @Test
    void randomNumbersFollowTheKey() {
        Tensor uniform = Tensor.uniform("noise", Shape.of(2, 3), true);
        double[] numbers = reference.key(5, 9).value(uniform);
        assertThat(numbers).isEqualTo(Philox.uniform(Key.words(5, 9), Key.stream("noise"), 6));
        assertThat(reference.key(5, 10).value(uniform)).doesNotContain(numbers);
    }

    @Test
    void magnitudesMeasureWhatIsAddedUp() {
        Tensor a = given("a", Shape.of(1, 3), 1, -2, 4);
        Reference.Bounded sum = reference.bounded(a.sum(List.of(1)));
        assertThat(sum.values()).containsExactly(3);
        assertThat(sum.magnitudes()).containsExactly(7);
        assertThat(sum.terms()).isEqualTo(3);
        assertThat(reference.bounded(a.matmulTransposed(a.neg())).magnitudes()).containsExactly(21);
        assertThat(reference.bounded(a.neg()).magnitudes()).containsExactly(1, 2, 4);
    }

    @Test
    void theFirstNodeThatIsNotFiniteIsNamed() {
        Tensor a = given("a", Shape.of(2), 1, 100);
        Tensor exp = a.exp();
        Tensor root = exp.mul(0).sum();
        Reference.Fault fault = reference.firstNotFinite(List.of(root)).orElseThrow();
        assertThat(fault.node()).isSameAs(exp); // e¹⁰⁰ is finite in float64 and not in float32
        assertThat(fault.element()).isEqualTo(1);
        assertThat(fault.lines()).contains("%1 = exp %0 : [2]");
        assertThat(reference.firstNotFinite(List.of(a))).isEmpty();
    }

    @Test
    void missingAndUnfittingValuesAreRefused() {
        reference.feed("y", 1, 2);
        assertThatThrownBy(() -> reference.value(Tensor.input("x", 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[reference] expected a value for the input 'x' but received [y]");
        assertThatThrownBy(() -> reference.value(Tensor.input("y", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[input 'y'] expected 3 elements [3] but received 2");
        assertThatThrownBy(() -> reference.scalar(Tensor.input("y", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[reference] expected one element but received input 'y' [2]");
    }
}
