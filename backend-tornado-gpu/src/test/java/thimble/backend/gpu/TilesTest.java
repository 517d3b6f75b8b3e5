package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Products through local memory have the bits of those without where sums have one part, and exact sums where they have many. */
class TilesTest {
    @ParameterizedTest
    @CsvSource({
        "6,200,130,37,false,false,large",
        "6,130,200,37,true,false,large",
        "9,150,150,8,false,true,large",
        "32,64,65,9,true,true,large",
        "1,10,84,64,false,false,low",
        "1,84,10,50,true,false,low",
        "3,17,65,33,false,true,low",
        "1,64,300,120,true,true,low"
    })
    void tilesHaveTheBitsOfRows(int batch, int rows, int columns, int depth, boolean a, boolean b, String kind) {
        Tensor left = Tensor.input("a", batch, a ? depth : rows, a ? rows : depth);
        Tensor right = Tensor.input("b", batch, b ? columns : depth, b ? depth : columns);
        checkBits("matmul_" + kind, Tensor.of(new Op.MatMul(a, b), left, right), left, right);
    }

    @ParameterizedTest
    @CsvSource({"1000,257,large", "64,4096,large", "50,84,low"})
    void examplesMayLieInnermost(int examples, int features, String kind) {
        Tensor x = Tensor.batch("a", Shape.of(examples, 20));
        Tensor w = Tensor.input("b", features, 20);
        checkBits("matmul_" + kind, x.matmulTransposed(w), x, w);
    }

    @ParameterizedTest
    @CsvSource({
        "3,1,1,1,100,102,true,large",
        "3,2,1,1,100,102,true,large",
        "2,1,0,2,100,102,false,large",
        "1,1,0,1,140,128,true,large",
        "3,1,1,1,16,18,true,low",
        "3,2,1,1,16,18,true,low",
        "5,1,2,1,10,14,false,low"
    })
    void convolutionsThatFillTiles(
            int kernel, int stride, int padding, int dilation, int in, int out, boolean batch, String kind) {
        Window window = window(kernel, stride, padding, dilation);
        Shape images = Shape.of(9, in, 19, 17);
        Tensor x = image("a", images, batch);
        Tensor w = Tensor.input("b", out, in / 2, kernel, kernel);
        Tensor y = x.conv2d(w, window);
        check("conv2d_" + kind, y, x, w, tiled(y).launches().size() == 1);
        Tensor g = image("a", y.shape(), batch);
        Tensor adjoint = Tensor.of(new Op.Conv2dInputGrad(window, images), g, w);
        check("conv2d_input_" + kind, adjoint, g, w, tiled(adjoint).launches().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "3,1,1,1,10,14,true,low",
        "3,2,1,1,10,14,true,low",
        "5,1,2,1,12,8,false,low",
        "2,1,0,2,22,34,true,low",
        "3,1,1,1,128,128,true,large"
    })
    void kernelsAddAllPixelsOfAllExamples(
            int kernel, int stride, int padding, int dilation, int in, int out, boolean batch, String kind) {
        Window window = window(kernel, stride, padding, dilation);
        Tensor x = image("a", Shape.of(13, in, 19, 17), batch);
        Tensor w = Tensor.input("w", out, in / 2, kernel, kernel);
        Tensor g = image("b", x.conv2d(w, window).shape(), batch);
        Tensor adjoint = Tensor.of(new Op.Conv2dKernelGrad(window, w.shape()), x, g);
        check("conv2d_kernel_" + kind, adjoint, x, g, false);
    }

    @ParameterizedTest
    @CsvSource({
        "1,10,84,36864,false,true,low",
        "1,300,20,1000,true,false,low",
        "1,1,1,70001,false,false,low",
        "2,1,5,4099,true,true,low",
        "1,128,128,20000,false,true,large"
    })
    void partsOfLongSumsAreAdded(int batch, int rows, int columns, int depth, boolean a, boolean b, String kind) {
        Tensor left = Tensor.input("a", batch, a ? depth : rows, a ? rows : depth);
        Tensor right = Tensor.input("b", batch, b ? columns : depth, b ? depth : columns);
        Tensor product = Tensor.of(new Op.MatMul(a, b), left, right);
        assertThat(tiled(product).text()).contains("fold of matmul");
        check("matmul_" + kind, product, left, right, false);
    }

    @Test
    void partsAreAddedInTheSameOrderEachTime() {
        Tensor left = Tensor.input("a", 1, 10, 36864);
        Tensor right = Tensor.input("b", 1, 36864, 25);
        KernelPlan plan = tiled(Tensor.of(new Op.MatMul(false, false), left, right));
        float[] first = run(plan, fractions(left, 1), fractions(right, 2));
        for (int again = 0; again < 5; again++) {
            assertThat(run(plan, fractions(left, 1), fractions(right, 2))).containsExactly(first);
        }
    }

    private static Window window(int kernel, int stride, int padding, int dilation) {
        return Window.of(kernel, kernel)
                .stride(stride)
                .padding(padding)
                .dilation(dilation)
                .groups(2);
    }

    private static Tensor image(String name, Shape shape, boolean batch) {
        return batch ? Tensor.batch(name, shape) : Tensor.input(name, shape.toArray());
    }

    private static KernelPlan tiled(Tensor product) {
        return new KernelPlan(new Graph(List.of(product), List.of()), true);
    }

    private static void checkBits(String kernel, Tensor product, Tensor left, Tensor right) {
        assertThat(tiled(product).launches()).hasSize(1);
        check(kernel, product, left, right, true);
    }

    /** Sums of one part are compared by their bits; those of many of small whole numbers, which no order rounds. */
    private static void check(String kernel, Tensor product, Tensor left, Tensor right, boolean bits) {
        KernelPlan tiled = tiled(product);
        assertThat(tiled.kernels()).anyMatch(one -> one.name().equals("thimble_" + kernel));
        KernelPlan direct = new KernelPlan(tiled.graph(), false);
        float[] a = bits ? fractions(left, 1) : wholes(left, 1);
        float[] b = bits ? fractions(right, 2) : wholes(right, 2);
        float[] expected = run(direct, a, b);
        assertThat(Arrays.mismatch(run(tiled, a, b), expected))
                .as("first element that differs")
                .isEqualTo(-1);
        assertThat(Arrays.equals(expected, new float[expected.length])).isFalse();
    }

    private static float[] run(KernelPlan plan, float[] a, float[] b) {
        GpuBackend backend = Gpu.backend();
        GpuProgram program = new GpuProgram(backend.session().device(), plan);
        try (State state = backend.allocate(List.of());
                Executable executable = program.bind(state)) {
            executable.feed("a", a).feed("b", b).run(0, 0);
            float[] result = new float[plan.graph().outputs().getFirst().shape().elements()];
            executable.fetch(0, result);
            return result;
        }
    }

    private static float[] fractions(Tensor t, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[t.shape().elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static float[] wholes(Tensor t, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[t.shape().elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(7) - 3;
        }
        return numbers;
    }
}
