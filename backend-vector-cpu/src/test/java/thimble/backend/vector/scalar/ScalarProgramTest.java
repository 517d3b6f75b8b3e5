package thimble.backend.vector.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.Conformance;
import thimble.backend.ConformanceCase;
import thimble.backend.Graph;
import thimble.backend.vector.VectorBackend;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Plain loops against the float64 reference, also at sizes where they work in parts that do not come out even. */
class ScalarProgramTest {
    private static final PlainLoops LOOPS = new PlainLoops(new VectorBackend(1));

    @Test
    void agreesWithTheReference() {
        Conformance.Report report = Conformance.run(LOOPS);
        assertThat(report.passed()).as(report.text()).isTrue();
    }

    /** Filters of many elements in two parts, of few in more parts than are held at once, and in groups. */
    @ParameterizedTest
    @MethodSource
    void convolutionsInParts(Window window, Shape input, int filters) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, input.toArray());
        Shape shape = Shape.of(filters, input.size(1) / window.groups(), window.kernelHeight(), window.kernelWidth());
        Tensor kernel = values.input("kernel", -1, 1, shape.toArray());
        Tensor y = x.conv2d(kernel, window);
        Tensor g = values.batch("g", -1, 1, y.shape().toArray());
        agree(
                values,
                y,
                Tensor.of(new Op.Conv2dInputGrad(window, input), g, kernel),
                Tensor.of(new Op.Conv2dKernelGrad(window, shape), x, g));
    }

    static Stream<Object[]> convolutionsInParts() {
        return Stream.of(
                new Object[] {Window.of(3, 3).padding(1), Shape.of(13, 8, 30, 32), 5},
                new Object[] {Window.of(3, 3), Shape.of(31, 5, 29, 30), 3},
                new Object[] {Window.of(3, 2).stride(2, 3).padding(2, 1, 1, 2).groups(2), Shape.of(40, 6, 23, 25), 14});
    }

    @Test
    void reductionsOfAnyAxes() {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, 51, 6, 7, 9);
        List<List<Integer>> axes = List.of(List.of(0), List.of(1), List.of(3), List.of(0, 2), List.of(1, 3));
        agree(
                values,
                Stream.concat(axes.stream().map(x::sum), axes.stream().map(x::max))
                        .toArray(Tensor[]::new));
    }

    @Test
    void movementsOfShortAndLongRows() {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, 11, 1, 7, 3);
        Tensor rows = values.batch("rows", -1, 1, 5, 4, 40);
        agree(
                values,
                x.broadcast(Shape.of(11, 6, 7, 3)),
                x.transpose(3, 2, 0, 1),
                x.slice(3, 1, 2),
                x.slice(0, 3, 9),
                x.pad(3, 1, 0),
                x.pad(2, 0, 2),
                rows.transpose(1, 0, 2),
                rows.slice(2, 3, 38),
                rows.pad(2, 20, 1),
                rows.slice(2, 0, 1).broadcast(rows.shape()));
    }

    private static void agree(ConformanceCase.Values values, Tensor... outputs) {
        Graph graph = new Graph(List.of(outputs), List.of());
        assertThat(new ConformanceCase("parts", values, List.of(graph), 2, true).differs(LOOPS))
                .isEmpty();
    }
}
