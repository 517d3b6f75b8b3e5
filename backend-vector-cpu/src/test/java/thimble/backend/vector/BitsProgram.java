package thimble.backend.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.code.VectorMath;
import thimble.backend.vector.contraction.Case;
import thimble.backend.vector.contraction.Contraction;
import thimble.backend.vector.contraction.Convolution;
import thimble.backend.vector.contraction.Dense;
import thimble.backend.vector.contraction.DenseKernelGradient;
import thimble.backend.vector.contraction.InputGradient;
import thimble.backend.vector.contraction.KernelGradient;
import thimble.backend.vector.contraction.Product;
import thimble.backend.vector.launch.Chunks;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.launch.Workers;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.LaneTensor;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.RandomFill;
import thimble.backend.vector.movement.Transposition;
import thimble.tensor.Window;

/**
 * One checksum of everything the kernels compute, printed by {@link #main} so that other JVMs can be compared with this
 * one.
 */
final class BitsProgram {
    private record Launch(Kernel kernel, MemorySegment result, BatchLayout layout) {}

    private final List<Launch> launches = new ArrayList<>();

    BitsProgram() {
        convolutions(new Case(50, 3, 7, 7, 6, 0, Window.of(5, 5)));
        convolutions(new Case(17, 4, 6, 8, 7, 1, Window.of(3, 3).padding(1).stride(2)));
        convolutions(new Case(33, 6, 6, 6, 6, 0, Window.of(3, 3).padding(1).groups(6)));
        convolutions(new Case(64, 9, 5, 3, 3, 0, Window.of(1, 1)));
        convolutions(new Case(18, 1, 4, 16, 40, 0, Window.of(3, 3).padding(1)));
        convolutions(new Case(18, 5, 6, 4, 40, 0, Window.of(3, 7).padding(1, 1, 3, 3)));
        dense(65, 19, 17);
        dense(32, 40, 10);
        dense(18, 84, 3);
        dense(400, 84, 60);
        MemorySegment factor = compact(LaneTensor.random(BatchLayout.features(3 * 512, 1), 4));
        product(new Product(1, 32, 512, 3, false, false), factor, 32 * 512);
        product(new Product(1, 32, 512, 3, true, true), factor, 32 * 512);
        MemorySegment square = compact(LaneTensor.random(BatchLayout.features(400 * 400, 1), 5));
        product(new Product(1, 200, 64, 700, false, false), square, 200 * 64);
        product(new Product(1, 20, 150, 1000, true, false), square, 20 * 150);
        LaneTensor random = LaneTensor.empty(BatchLayout.features(24, 37));
        MemorySegment key = Memory.table(new int[] {1, 2, 3});
        launches.add(new Launch(
                RandomFill.lanes(5, random.layout(), 24, key, random.memory()), random.memory(), random.layout()));
    }

    public static void main(String[] arguments) {
        System.out.print(new BitsProgram().checksum(new Workers(1)));
    }

    /** Runs everything once. */
    long checksum(Workers workers) {
        var sum = new CRC32C();
        for (Launch launch : launches) {
            workers.run(launch.kernel);
            for (int e = 0; e < launch.layout.elements(); e++) {
                for (int n = 0; n < launch.layout.batch(); n++) {
                    add(sum, launch.result.get(Memory.INT, launch.layout.offset(e) + 4L * n));
                }
            }
        }
        for (int i = 0; i < 200; i++) {
            FloatVector x = FloatVector.broadcast(Species.FLOATS, (i - 100) * 0.371f);
            for (FloatVector y : new FloatVector[] {
                VectorMath.exp(x), VectorMath.log(x), VectorMath.sin(x), VectorMath.tanh(x), VectorMath.floor(x)
            }) {
                add(sum, Float.floatToIntBits(y.lane(Species.LANES - 1)));
            }
        }
        return sum.getValue();
    }

    /** The launches, for counts of what they allocate. */
    List<Kernel> kernels() {
        return launches.stream().map(Launch::kernel).toList();
    }

    private void convolutions(Case sizes) {
        LaneTensor x = LaneTensor.random(sizes.x(), 1);
        LaneTensor g = LaneTensor.random(sizes.y(), 2);
        LaneTensor y = LaneTensor.empty(sizes.y());
        LaneTensor dx = LaneTensor.empty(sizes.x());
        int stride = sizes.kernel().stride();
        LaneTensor kernel =
                LaneTensor.random(BatchLayout.features(sizes.kernel().rows() * stride, 1), 3);
        MemorySegment weights = compact(kernel);
        MemorySegment dk = Arena.ofAuto().allocate(sizes.kernel().bytes(), 64);
        launch(
                new Convolution(sizes.window(), x.layout(), y.layout(), stride),
                x.memory(),
                weights,
                y.memory(),
                y.layout());
        launch(
                new InputGradient(sizes.window(), y.layout(), x.layout(), stride),
                g.memory(),
                weights,
                dx.memory(),
                x.layout());
        launch(
                new KernelGradient(sizes.window(), x.layout(), y.layout(), stride),
                x.memory(),
                g.memory(),
                dk,
                matrix(sizes.kernel()));
    }

    private void dense(int batch, int inputs, int outputs) {
        LaneTensor x = LaneTensor.random(BatchLayout.features(inputs, batch), 1);
        LaneTensor y = LaneTensor.empty(BatchLayout.features(outputs, batch));
        LaneTensor g = LaneTensor.random(y.layout(), 2);
        Matrix w = Matrix.of(outputs, inputs);
        int width = DenseKernelGradient.width(inputs);
        Matrix rows = Matrix.of(batch, DenseKernelGradient.stride(inputs));
        MemorySegment weights = compact(LaneTensor.random(BatchLayout.features(outputs * w.stride(), 1), 3));
        MemorySegment t = Arena.ofAuto().allocate(rows.bytes(), 64);
        MemorySegment dw = Arena.ofAuto().allocate(4L * outputs * width, 64);
        launch(new Dense(w.stride(), 1, x.layout(), y.layout()), weights, x.memory(), y.memory(), y.layout());
        launches.add(new Launch(Transposition.toRows(x.layout(), rows.stride(), x.memory(), t), t, matrix(rows)));
        BatchLayout products = BatchLayout.features(1, outputs * width);
        launch(new DenseKernelGradient(g.layout(), inputs), g.memory(), t, dw, products);
        product(new Product(1, outputs, outputs, width, false, true), dw, outputs * outputs);
        product(new Product(1, width, width, outputs, true, false), dw, width * width);
    }

    /** A product of a matrix with itself. */
    private void product(Product product, MemorySegment factor, int elements) {
        BatchLayout layout = BatchLayout.features(1, elements);
        MemorySegment result = Arena.ofAuto().allocate(layout.bytes(), 64);
        MemorySegment workspace = Arena.ofAuto().allocate(Math.max(64, product.workspace()), 64);
        List<Kernel> kernels = product.bind(factor, factor, result, workspace);
        MemorySegment none = Arena.ofAuto().allocate(64, 64);
        Kernel[] before =
                kernels.subList(0, kernels.size() - 1).toArray(Kernel[]::new); // as the width of vectors asks for
        launches.add(new Launch(_ -> all(before), none, BatchLayout.features(1, 16)));
        launches.add(new Launch(kernels.getLast(), result, layout));
    }

    private static void all(Kernel[] kernels) {
        for (Kernel kernel : kernels) {
            Chunks.run(kernel);
        }
    }

    private void launch(
            Contraction contraction, MemorySegment a, MemorySegment b, MemorySegment result, BatchLayout layout) {
        MemorySegment workspace = Arena.ofAuto().allocate(Math.max(64, contraction.workspace()), 64);
        launches.add(new Launch(contraction.bind(a, b, result, workspace), result, layout));
    }

    /** A matrix read as one row of lanes. */
    private static BatchLayout matrix(Matrix matrix) {
        return BatchLayout.features(1, matrix.rows() * matrix.stride());
    }

    private static MemorySegment compact(LaneTensor column) {
        MemorySegment memory = Arena.ofAuto().allocate(4L * column.layout().elements(), 64);
        for (int i = 0; i < column.layout().elements(); i++) {
            memory.set(Memory.FLOAT, 4L * i, column.at(0, i));
        }
        return memory;
    }

    private static void add(CRC32C sum, int bits) {
        for (int shift = 0; shift < 32; shift += 8) {
            sum.update(bits >>> shift);
        }
    }
}
