package thimble.backend.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import thimble.tensor.Window;

/**
 * Speed of the contractions in GFLOP/s, each beside a loop of multiply-adds in registers timed in the same moment. Run
 * by hand: {@code java --add-modules jdk.incubator.vector -cp … thimble.backend.vector.KernelBenchmark [batch] [name
 * part]}.
 */
final class KernelBenchmark {
    private static final int WARM_UP_CALLS = 3000;
    private static final int TIMED_CALLS = 400;

    private static volatile float sink;

    private KernelBenchmark() {}

    public static void main(String[] arguments) {
        int batch = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        String part = arguments.length > 1 ? arguments[1] : "";
        convolution("lenet5 conv1", part, new Case(batch, 1, 6, 28, 28, 0, Window.of(5, 5)));
        convolution("lenet5 conv2", part, new Case(batch, 6, 16, 12, 12, 0, Window.of(5, 5)));
        convolution("lenet conv1", part, new Case(batch, 1, 20, 28, 28, 0, Window.of(5, 5)));
        convolution("lenet conv2", part, new Case(batch, 20, 50, 12, 12, 0, Window.of(5, 5)));
        for (int halo = 0; halo <= 1; halo++) {
            convolution(
                    "3x3 16 halo " + halo,
                    part,
                    new Case(batch, 16, 16, 32, 32, halo, Window.of(3, 3).padding(1)));
            convolution(
                    "3x3 32 halo " + halo,
                    part,
                    new Case(batch, 32, 32, 16, 16, halo, Window.of(3, 3).padding(1)));
            convolution(
                    "3x3 64 halo " + halo,
                    part,
                    new Case(batch, 64, 64, 8, 8, halo, Window.of(3, 3).padding(1)));
        }
        dense(part, batch, 256, 120);
        dense(part, batch, 120, 84);
        dense(part, batch, 84, 10);
        dense(part, batch, 800, 500);
        dense(part, batch, 784, 256);
    }

    private static void convolution(String name, String part, Case sizes) {
        if (!name.contains(part)) {
            return;
        }
        MemorySegment x = LaneTensor.random(sizes.x(), 1).memory();
        MemorySegment y = LaneTensor.random(sizes.y(), 2).memory();
        MemorySegment kernel = Arena.ofAuto().allocate(sizes.kernel().bytes(), 64);
        int stride = sizes.kernel().stride();
        Window w = sizes.window();
        double operations = 2.0
                * sizes.batch()
                * sizes.y().elements()
                * sizes.inputs()
                / w.groups()
                * w.kernelHeight()
                * w.kernelWidth();
        report(name + " forward", operations, bind(new Convolution(w, sizes.x(), sizes.y(), stride), x, kernel, y));
        report(
                name + " input gradient",
                operations,
                bind(new InputGradient(w, sizes.y(), sizes.x(), stride), y, kernel, x));
        report(
                name + " kernel gradient",
                operations,
                bind(new KernelGradient(w, sizes.x(), sizes.y(), stride), x, y, kernel));
    }

    private static void dense(String part, int batch, int inputs, int outputs) {
        String name = "dense " + inputs + " to " + outputs;
        if (!name.contains(part)) {
            return;
        }
        BatchLayout x = BatchLayout.features(inputs, batch);
        BatchLayout y = BatchLayout.features(outputs, batch);
        Matrix weights = Matrix.of(outputs, inputs);
        Matrix rows = Matrix.of(batch, inputs);
        MemorySegment xs = LaneTensor.random(x, 1).memory();
        MemorySegment ys = LaneTensor.random(y, 2).memory();
        MemorySegment w = Arena.ofAuto().allocate(weights.bytes(), 64);
        MemorySegment t = Arena.ofAuto().allocate(rows.bytes(), 64);
        double operations = 2.0 * batch * inputs * outputs;
        report(name + " forward", operations, bind(new Dense(weights.stride(), 1, x, y), w, xs, ys));
        report(name + " input gradient", operations, bind(new Dense(1, weights.stride(), y, x), w, ys, xs));
        report(name + " transposition", operations, Transposition.toRows(x, rows.stride(), xs, t));
        report(name + " kernel gradient", operations, bind(new DenseKernelGradient(y, rows.stride()), ys, t, w));
    }

    private static Kernel bind(
            Contraction contraction, MemorySegment first, MemorySegment second, MemorySegment result) {
        return contraction.bind(
                first, second, result, Arena.ofAuto().allocate(Math.max(64, contraction.workspace()), 64));
    }

    private static void report(String name, double operations, Kernel kernel) {
        Runnable all = () -> {
            for (int i = 0; i < kernel.chunks(); i++) {
                kernel.run(i);
            }
        };
        long until = System.nanoTime() + 3_000_000_000L;
        for (int i = 0; i < WARM_UP_CALLS && System.nanoTime() < until; i++) {
            all.run();
        }
        double best = best(all, TIMED_CALLS);
        double peak = 24.0 * Species.LANES * 200_000 / best(() -> sink = multiplyAdds(200_000), 20);
        System.out.printf(
                "%-34s %9.1f us %7.1f GFLOP/s %5.1f %% of %.0f, %d chunks%n",
                name, best / 1e3, operations / best, 100 * operations / best / peak, peak, kernel.chunks());
    }

    private static double best(Runnable run, int calls) {
        long[] times = new long[calls];
        long until = System.nanoTime() + 1_000_000_000L;
        Arrays.fill(times, Long.MAX_VALUE);
        for (int i = 0; i < calls && System.nanoTime() < until; i++) {
            long start = System.nanoTime();
            run.run();
            times[i] = System.nanoTime() - start;
        }
        return Arrays.stream(times).min().orElseThrow();
    }

    private static float multiplyAdds(int n) {
        FloatVector x = FloatVector.broadcast(Species.FLOATS, 0.999f);
        FloatVector y = FloatVector.broadcast(Species.FLOATS, 1e-3f);
        FloatVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int q = 0; q < n; q++) {
            a = x.fma(a, y);
            b = x.fma(b, y);
            c = x.fma(c, y);
            d = x.fma(d, y);
            e = x.fma(e, y);
            f = x.fma(f, y);
            g = x.fma(g, y);
            h = x.fma(h, y);
            i = x.fma(i, y);
            j = x.fma(j, y);
            k = x.fma(k, y);
            l = x.fma(l, y);
        }
        FloatVector zero = FloatVector.zero(Species.FLOATS);
        return zero.add(a)
                .add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .lane(0);
    }
}
