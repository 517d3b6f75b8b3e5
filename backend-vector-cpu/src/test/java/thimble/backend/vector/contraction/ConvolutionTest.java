package thimble.backend.vector.contraction;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.LaneTensor;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Memory;
import thimble.tensor.Window;

/** The three faces of a convolution against float64 loops; pad lanes hold NaN throughout. */
class ConvolutionTest {
    @ParameterizedTest
    @MethodSource("thimble.backend.vector.contraction.Case#all")
    void forward(Case sizes) {
        LaneTensor x = LaneTensor.random(sizes.x(), 1);
        LaneTensor y = LaneTensor.empty(sizes.y());
        MemorySegment kernel = kernel(sizes);
        run(
                new Convolution(
                        sizes.window(), sizes.x(), sizes.y(), sizes.kernel().stride()),
                x.memory(),
                kernel,
                y.memory());
        each(sizes, (o, row, column) -> {
            for (int n = 0; n < sizes.batch(); n++) {
                int example = n;
                var sum = new Sum();
                taps(
                        sizes,
                        o,
                        row,
                        column,
                        (c, i, j, at) -> sum.add((double) x.at(example, c, i, j) * kernel.get(Memory.FLOAT, at)));
                sum.check(y.at(n, o, row, column), sizes);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("thimble.backend.vector.contraction.Case#all")
    void inputGradient(Case sizes) {
        LaneTensor g = LaneTensor.random(sizes.y(), 2);
        LaneTensor x = LaneTensor.empty(sizes.x());
        MemorySegment kernel = kernel(sizes);
        run(
                new InputGradient(
                        sizes.window(), sizes.y(), sizes.x(), sizes.kernel().stride()),
                g.memory(),
                kernel,
                x.memory());
        for (int n = 0; n < sizes.batch(); n++) {
            int example = n;
            Sum[] sums = new Sum[sizes.x().elements()];
            java.util.Arrays.setAll(sums, i -> new Sum());
            each(
                    sizes,
                    (o, row, column) -> taps(
                            sizes,
                            o,
                            row,
                            column,
                            (c, i, j, at) -> sums[(c * sizes.height() + i) * sizes.width() + j].add(
                                    (double) g.at(example, o, row, column) * kernel.get(Memory.FLOAT, at))));
            for (int e = 0; e < sums.length; e++) {
                sums[e].check(x.at(n, e), sizes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("thimble.backend.vector.contraction.Case#all")
    void kernelGradient(Case sizes) {
        LaneTensor x = LaneTensor.random(sizes.x(), 1);
        LaneTensor g = LaneTensor.random(sizes.y(), 2);
        MemorySegment kernel = Arena.ofAuto().allocate(sizes.kernel().bytes(), 64);
        run(
                new KernelGradient(
                        sizes.window(), sizes.x(), sizes.y(), sizes.kernel().stride()),
                x.memory(),
                g.memory(),
                kernel);
        Sum[] sums = new Sum[sizes.kernel().rows() * sizes.kernel().stride()];
        java.util.Arrays.setAll(sums, i -> new Sum());
        for (int n = 0; n < sizes.batch(); n++) {
            int example = n;
            each(
                    sizes,
                    (o, row, column) -> taps(
                            sizes,
                            o,
                            row,
                            column,
                            (c, i, j, at) -> sums[(int) (at / 4)].add(
                                    (double) x.at(example, c, i, j) * g.at(example, o, row, column))));
        }
        for (int e = 0; e < sums.length; e++) {
            sums[e].check(kernel.get(Memory.FLOAT, 4L * e), sizes);
        }
    }

    static void run(Contraction contraction, MemorySegment first, MemorySegment second, MemorySegment result) {
        Kernel kernel = contraction.bind(
                first, second, result, Arena.ofAuto().allocate(Math.max(64, contraction.workspace()), 64));
        for (int chunk = kernel.chunks() - 1; chunk >= 0; chunk--) {
            kernel.run(chunk);
        }
    }

    private static MemorySegment kernel(Case sizes) {
        Matrix matrix = sizes.kernel();
        MemorySegment kernel = Arena.ofAuto().allocate(matrix.bytes(), 64);
        var random = new java.util.Random(3);
        for (int o = 0; o < matrix.rows(); o++) {
            for (int i = 0; i < matrix.columns(); i++) {
                kernel.set(Memory.FLOAT, 4L * (o * matrix.stride() + i), random.nextFloat() - 0.5f);
            }
        }
        return kernel;
    }

    private interface Pixel {
        void at(int output, int row, int column);
    }

    private interface Tap {
        void at(int channel, int row, int column, long kernel);
    }

    private static void each(Case sizes, Pixel pixel) {
        BatchLayout y = sizes.y();
        for (int o = 0; o < y.channels(); o++) {
            for (int row = 0; row < y.height(); row++) {
                for (int column = 0; column < y.width(); column++) {
                    pixel.at(o, row, column);
                }
            }
        }
    }

    private static void taps(Case sizes, int output, int row, int column, Tap tap) {
        Window w = sizes.window();
        int inputs = sizes.inputs() / w.groups();
        int group = output / (sizes.outputs() / w.groups());
        for (int c = 0; c < inputs; c++) {
            for (int i = 0; i < w.kernelHeight(); i++) {
                for (int j = 0; j < w.kernelWidth(); j++) {
                    int y = row * w.strideHeight() - w.padTop() + i * w.dilationHeight();
                    int x = column * w.strideWidth() - w.padLeft() + j * w.dilationWidth();
                    if (y >= 0 && y < sizes.height() && x >= 0 && x < sizes.width()) {
                        int at = output * sizes.kernel().stride() + (c * w.kernelHeight() + i) * w.kernelWidth() + j;
                        tap.at(group * inputs + c, y, x, 4L * at);
                    }
                }
            }
        }
    }
}
