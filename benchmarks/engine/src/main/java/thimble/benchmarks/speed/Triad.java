package thimble.benchmarks.speed;

/**
 * The speed of memory on one thread: a = b + s · c over arrays that no cache holds, with 12 bytes counted for each element.
 *
 * <p>J. D. McCalpin, "Memory bandwidth and machine balance in current high performance computers", IEEE TCCA Newsletter, 1995.
 */
public final class Triad {
    private static final int ELEMENTS = 1 << 24;
    private static final int RUNS = 25;
    private static final double BYTES = 12;

    private Triad() {}

    /** Bytes per nanosecond of the fastest run, which is GB/s. */
    public static double gigabytesPerSecond() {
        float[] a = new float[ELEMENTS];
        float[] b = new float[ELEMENTS];
        float[] c = new float[ELEMENTS];
        long shortest = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            run(a, b, c, run);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return BYTES * ELEMENTS / shortest;
    }

    private static void run(float[] a, float[] b, float[] c, float scale) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + scale * c[i];
        }
    }
}
