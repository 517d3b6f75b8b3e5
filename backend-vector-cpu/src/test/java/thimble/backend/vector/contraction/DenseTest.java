package thimble.backend.vector.contraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.vector.launch.Chunks;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.LaneTensor;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.movement.Transposition;

/** Dense products with the batch innermost, transpositions and products of plain matrices against float64 loops. */
class DenseTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 5, 7",
        "8, 20, 6",
        "10, 16, 50",
        "16, 33, 13",
        "17, 50, 10",
        "50, 84, 10",
        "64, 31, 16",
        "65, 7, 20",
        "100, 3, 5",
        "64, 300, 60",
        "20, 700, 40"
    })
    void forwardInBothOrientations(int batch, int inputs, int outputs) {
        LaneTensor x = LaneTensor.random(BatchLayout.features(inputs, batch), 1);
        for (boolean swapped : new boolean[] {false, true}) {
            Matrix matrix = swapped ? Matrix.of(inputs, outputs) : Matrix.of(outputs, inputs);
            MemorySegment w = random(matrix, 1, 2);
            LaneTensor y = LaneTensor.empty(BatchLayout.features(outputs, batch));
            int rowStride = swapped ? 1 : matrix.stride();
            int columnStride = swapped ? matrix.stride() : 1;
            ConvolutionTest.run(new Dense(rowStride, columnStride, x.layout(), y.layout()), w, x.memory(), y.memory());
            for (int n = 0; n < batch; n++) {
                for (int i = 0; i < outputs; i++) {
                    var sum = new Sum();
                    for (int k = 0; k < inputs; k++) {
                        sum.add((double) w.get(Memory.FLOAT, 4L * (i * rowStride + k * columnStride)) * x.at(n, k));
                    }
                    sum.check(y.at(n, i), batch + "x" + inputs + "x" + outputs);
                }
            }
        }
    }

    @Test
    void imagesWithAHaloServeAsFeatures() {
        LaneTensor x = LaneTensor.random(new BatchLayout(3, 4, 5, 2, 6), 1);
        LaneTensor y = LaneTensor.empty(BatchLayout.features(7, 6));
        Matrix matrix = Matrix.of(7, 60);
        MemorySegment w = random(matrix, 1, 2);
        ConvolutionTest.run(new Dense(matrix.stride(), 1, x.layout(), y.layout()), w, x.memory(), y.memory());
        for (int i = 0; i < 7; i++) {
            var sum = new Sum();
            for (int k = 0; k < 60; k++) {
                sum.add((double) w.get(Memory.FLOAT, 4L * (i * matrix.stride() + k)) * x.at(5, k));
            }
            sum.check(y.at(5, i), i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 5, 7",
        "10, 16, 50",
        "17, 50, 10",
        "64, 31, 16",
        "65, 20, 33",
        "50, 84, 120",
        "3, 72, 5",
        "2, 120, 3",
        "5, 256, 2",
        "300, 64, 40",
        "400, 84, 60"
    })
    void kernelGradientThroughTransposition(int batch, int inputs, int outputs) {
        LaneTensor x = LaneTensor.random(BatchLayout.features(inputs, batch), 1);
        LaneTensor g = LaneTensor.random(BatchLayout.features(outputs, batch), 2);
        int stride = DenseKernelGradient.stride(inputs);
        int width = DenseKernelGradient.width(inputs);
        MemorySegment t = Arena.ofAuto().allocate(4L * batch * stride, 64);
        MemorySegment w = Arena.ofAuto().allocate(4L * outputs * width, 64);
        Chunks.run(Transposition.toRows(x.layout(), stride, x.memory(), t));
        ConvolutionTest.run(new DenseKernelGradient(g.layout(), inputs), g.memory(), t, w);
        for (int i = 0; i < outputs; i++) {
            for (int j = 0; j < width; j++) {
                var sum = new Sum();
                for (int n = 0; n < batch && j < inputs; n++) {
                    sum.add((double) g.at(n, i) * x.at(n, j));
                }
                sum.check(w.get(Memory.FLOAT, 4L * (i * width + j)), i + ", " + j);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 17, 50, 64, 65})
    void transpositionsAreInverses(int batch) {
        for (BatchLayout layout :
                new BatchLayout[] {BatchLayout.features(37, batch), new BatchLayout(3, 5, 4, 1, batch)}) {
            LaneTensor x = LaneTensor.random(layout, batch);
            Matrix matrix = Matrix.of(batch, layout.elements());
            MemorySegment rows = Arena.ofAuto().allocate(matrix.bytes(), 64);
            rows.fill((byte) 1);
            LaneTensor back = LaneTensor.empty(layout);
            Chunks.run(Transposition.toRows(layout, matrix.stride(), x.memory(), rows));
            Chunks.run(Transposition.toLanes(layout, matrix.stride(), rows, back.memory()));
            for (int n = 0; n < layout.lanes(); n++) {
                for (int e = 0; e < matrix.stride(); e++) {
                    if (n < batch) {
                        float expected = e < layout.elements() ? x.at(n, e) : 0;
                        assertThat(rows.get(Memory.FLOAT, 4L * (n * matrix.stride() + e)))
                                .isEqualTo(expected);
                    }
                    if (e < layout.elements()) {
                        assertThat(back.at(n, e)).isEqualTo(n < batch ? x.at(n, e) : 0);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 5, 7, 9",
        "3, 6, 16, 4",
        "2, 17, 33, 20",
        "1, 64, 10, 32",
        "1, 13, 70, 1030",
        "4, 1, 100, 3",
        "1, 33, 256, 40",
        "2, 7, 32, 11",
        "2, 32, 512, 5",
        "1, 40, 250, 7",
        "2, 5, 19, 300",
        "1, 20, 150, 600",
        "1, 300, 48, 700",
        "1, 260, 256, 600",
        "1, 512, 530, 513"
    })
    void plainProducts(int count, int m, int n, int k) {
        for (int flags = 0; flags < 4; flags++) {
            boolean swapA = flags % 2 == 1;
            boolean swapB = flags >= 2;
            MemorySegment left = random(count * m * k, 1);
            MemorySegment right = random(count * k * n, 2);
            MemorySegment result = Arena.ofAuto().allocate(4L * count * m * n, 64);
            Product product = new Product(count, m, n, k, swapA, swapB);
            MemorySegment workspace = Arena.ofAuto().allocate(Math.max(1, product.workspace()), 64);
            product.bind(left, right, result, workspace.fill((byte) 1)).forEach(Chunks::run);
            for (int q = 0; q < count; q++) {
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        var sum = new Sum();
                        for (int p = 0; p < k; p++) {
                            int la = q * m * k + (swapA ? p * m + i : i * k + p);
                            int lb = q * k * n + (swapB ? j * k + p : p * n + j);
                            sum.add((double) left.getAtIndex(Memory.FLOAT, la) * right.getAtIndex(Memory.FLOAT, lb));
                        }
                        float actual = result.getAtIndex(Memory.FLOAT, (q * m + i) * n + j);
                        sum.check(actual, flags + ": " + i + ", " + j);
                    }
                }
            }
        }
    }

    @Test
    void badLayoutsAreRefused() {
        assertThatThrownBy(() -> new Dense(16, 1, BatchLayout.features(3, 4), new BatchLayout(2, 3, 3, 1, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a halo");
        assertThatThrownBy(() -> new DenseKernelGradient(new BatchLayout(2, 3, 3, 1, 4), 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no halo");
        assertThatThrownBy(() -> Transposition.toRows(
                        BatchLayout.features(3, 4),
                        16,
                        Arena.ofAuto().allocate(4 * 3 * 16, 64),
                        Arena.ofAuto().allocate(4 * 4 * 16 - 4, 64)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("of rows but received");
        assertThatThrownBy(() -> new Matrix(2, 20, 24)).hasMessageContaining("[matrix] expected");
        assertThatThrownBy(() -> BatchLayout.features(0, 4)).hasMessageContaining("[layout] expected");
        assertThatThrownBy(() -> BatchLayout.images(1000, 1000, 100, 64)).hasMessageContaining("2 GiB");
        assertThatThrownBy(() -> new Product(1, 1 << 15, 1 << 15, 1, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[matmul] expected");
    }

    private static MemorySegment random(int count, long seed) {
        MemorySegment memory = Arena.ofAuto().allocate(4L * count, 64);
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            memory.setAtIndex(Memory.FLOAT, i, random.nextFloat() - 0.5f);
        }
        return memory;
    }

    private static MemorySegment random(Matrix matrix, int count, long seed) {
        MemorySegment memory = Arena.ofAuto().allocate(count * matrix.bytes(), 64);
        var random = new Random(seed);
        for (int q = 0; q < count; q++) {
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    memory.set(
                            Memory.FLOAT,
                            q * matrix.bytes() + 4L * (i * matrix.stride() + j),
                            random.nextFloat() - 0.5f);
                }
            }
        }
        return memory;
    }
}
