package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Products through local memory have the bits of those without. */
class TilesTest {
    @ParameterizedTest
    @CsvSource({"4,200,130,37,false,false", "4,130,200,37,true,false", "4,150,150,8,false,true", "32,64,65,9,true,true"
    })
    void tilesHaveTheBitsOfRows(int batch, int rows, int columns, int depth, boolean a, boolean b) {
        Tensor left = Tensor.input("a", batch, a ? depth : rows, a ? rows : depth);
        Tensor right = Tensor.input("b", batch, b ? columns : depth, b ? depth : columns);
        check("matmul", Tensor.of(new Op.MatMul(a, b), left, right), left, right);
    }

    @ParameterizedTest
    @CsvSource({"1000,257", "64,4096"})
    void examplesMayLieInnermost(int examples, int features) {
        Tensor x = Tensor.batch("a", Shape.of(examples, 20));
        Tensor w = Tensor.input("b", features, 20);
        check("matmul", x.matmulTransposed(w), x, w);
    }

    @ParameterizedTest
    @CsvSource({"3,1,1,1,true", "3,2,1,1,true", "2,1,0,2,false", "1,1,0,1,true"})
    void convolutionsOfManyChannels(int kernel, int stride, int padding, int dilation, boolean batch) {
        Window window = Window.of(kernel, kernel)
                .stride(stride)
                .padding(padding)
                .dilation(dilation)
                .groups(2);
        Shape images = Shape.of(13, 66, 19, 17);
        Tensor x = batch ? Tensor.batch("a", images) : Tensor.input("a", 13, 66, 19, 17);
        Tensor w = Tensor.input("b", 70, 33, kernel, kernel);
        Tensor y = x.conv2d(w, window);
        check("conv2d", y, x, w);
        Tensor g = batch
                ? Tensor.batch("a", y.shape())
                : Tensor.input("a", y.shape().toArray());
        check("conv2d_input", Tensor.of(new Op.Conv2dInputGrad(window, images), g, w), g, w);
    }

    private static void check(String kind, Tensor product, Tensor left, Tensor right) {
        Graph graph = new Graph(List.of(product), List.of());
        KernelPlan tiled = new KernelPlan(graph, true);
        assertThat(tiled.kernels()).anyMatch(kernel -> kernel.name().equals("thimble_" + kind + "_tiled"));
        float[] expected = run(new KernelPlan(graph, false), left, right);
        assertThat(run(tiled, left, right)).containsExactly(expected);
        assertThat(expected).doesNotContain(Float.NaN);
    }

    private static float[] run(KernelPlan plan, Tensor left, Tensor right) {
        GpuBackend backend = Gpu.backend();
        GpuProgram program = new GpuProgram(backend.session().device(), plan);
        try (State state = backend.allocate(List.of());
                Executable executable = program.bind(state)) {
            executable.feed("a", numbers(left, 1)).feed("b", numbers(right, 2)).run(0, 0);
            float[] result = new float[plan.graph().outputs().getFirst().shape().elements()];
            executable.fetch(0, result);
            return result;
        }
    }

    private static float[] numbers(Tensor t, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[t.shape().elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
