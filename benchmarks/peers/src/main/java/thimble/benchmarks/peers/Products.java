package thimble.benchmarks.peers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.KernelCase;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedGraph;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Products of matrices and fully connected layers here and in OpenBLAS, in turns within one process: first the results are compared, then the
 * shortest times. Arguments: threads (1), rounds (30), then titles to which it is kept, in full or in part.
 */
public final class Products {
    private static final double WARM_SECONDS = 2;
    private static final double TURN_MICROSECONDS = 5_000;
    private static final int MOST_RUNS = 500;

    private Products() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        Backend backend = Backends.choose("cpu:threads=" + threads).backend();
        List<Double> skinny = new ArrayList<>();
        try (OpenBlas blas = new OpenBlas(threads)) {
            System.out.println(backend.description() + " beside OpenBLAS with kernels of " + blas.core());
            System.out.printf("%-44s %9s %12s %12s %7s%n", "product", "worst", "Thimble GF/s", "OpenBLAS", "ratio");
            List<String> words = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
            for (KernelCase kernel : cases()) {
                if (!words.isEmpty() && words.stream().noneMatch(kernel.title()::contains)) {
                    continue;
                }
                double ratio = compare(backend, blas, kernel, rounds);
                if (!square(kernel)) {
                    skinny.add(ratio);
                }
            }
        }
        if (skinny.isEmpty()) {
            return;
        }
        double logarithms = skinny.stream().mapToDouble(Math::log).average().orElseThrow();
        System.out.printf(
                Locale.ROOT, "geometric mean of the ratios that are not square: %.2f%n", Math.exp(logarithms));
    }

    private static List<KernelCase> cases() {
        List<KernelCase> cases = new ArrayList<>(KernelCases.products());
        for (int[] layer : new int[][] {
            {64, 256, 120},
            {64, 120, 84},
            {64, 84, 10},
            {32, 784, 256},
            {32, 256, 10},
            {50, 800, 500},
            {50, 500, 10},
            {64, 64, 10}
        }) {
            cases.addAll(KernelCases.dense(layer[0], layer[1], layer[2]));
        }
        return cases;
    }

    private static boolean square(KernelCase kernel) {
        String[] sizes = kernel.shape().split("x");
        return sizes.length == 3 && sizes[0].equals(sizes[1]) && sizes[1].equals(sizes[2]);
    }

    private static double compare(Backend backend, OpenBlas blas, KernelCase kernel, int rounds) {
        Tensor product = kernel.graph().orElseThrow().outputs().getFirst();
        try (TimedGraph ours = new TimedGraph(backend, kernel.graph().orElseThrow())) {
            float[] result = new float[product.shape().elements()];
            MemorySegment c = blas.copy(result);
            Runnable theirs = multiplication(blas, product, ours, c);
            theirs.run();
            MemorySegment.copy(c, ValueLayout.JAVA_FLOAT, 0, result, 0, result.length);
            ours.run();
            double worst = Difference.checked(kernel.title(), Difference.worst(result, ours.result()), 1e-4);
            double here = shortest(ours, WARM_SECONDS * 1e6);
            double there = shortest(theirs, TURN_MICROSECONDS);
            for (int round = 0; round < rounds; round++) {
                here = Math.min(here, shortest(ours, TURN_MICROSECONDS));
                there = Math.min(there, shortest(theirs, TURN_MICROSECONDS));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.1e %12.1f %12.1f %7.2f%n",
                    kernel.title(),
                    worst,
                    kernel.operations() / here / 1e3,
                    kernel.operations() / there / 1e3,
                    there / here);
            return there / here;
        }
    }

    private static Runnable multiplication(OpenBlas blas, Tensor product, TimedGraph ours, MemorySegment c) {
        if (!(product.op() instanceof Op.MatMul(boolean transposeA, boolean transposeB))) {
            throw new IllegalArgumentException("[products] expected a product but received " + product);
        }
        Shape shape = product.shape();
        int m = shape.size(0);
        int n = shape.size(1);
        int k = product.input().shape().elements() / m;
        MemorySegment a = blas.copy(ours.value(name(product.input())));
        MemorySegment b = blas.copy(ours.value(name(product.inputs().get(1))));
        return () -> blas.multiply(m, n, k, a, transposeA, b, transposeB, c);
    }

    private static String name(Tensor operand) {
        return operand.op() instanceof Op.Input(var input, var _, var _, int _)
                ? input
                : ((Op.Variable) operand.op()).name();
    }

    /** Shortest of the runs that fit into a time, in microseconds. Runs of few microseconds are timed together. */
    private static double shortest(Runnable run, double microseconds) {
        double shortest = Double.MAX_VALUE;
        int runs = 1;
        long end = System.nanoTime() + (long) (microseconds * 1e3);
        do {
            long start = System.nanoTime();
            for (int i = 0; i < runs; i++) {
                run.run();
            }
            shortest = Math.min(shortest, (System.nanoTime() - start) / 1e3 / runs);
            runs = (int) Math.clamp(TURN_MICROSECONDS / 20 / shortest, 1, MOST_RUNS);
        } while (System.nanoTime() < end);
        return shortest;
    }
}
