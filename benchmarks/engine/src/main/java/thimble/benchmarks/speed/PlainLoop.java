package thimble.benchmarks.speed;

/** Multiply-adds of single numbers, for a JVM without the Vector API. */
final class PlainLoop implements Peak.Loop {
    private static final int SUMS = 8;

    @Override
    public double operations(int turns) {
        return 2.0 * SUMS * turns;
    }

    @Override
    public float run(int turns) {
        float x = 0.999f;
        float y = 1e-3f;
        float a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y;
        for (int turn = 0; turn < turns; turn++) {
            a = Math.fma(x, a, y);
            b = Math.fma(x, b, y);
            c = Math.fma(x, c, y);
            d = Math.fma(x, d, y);
            e = Math.fma(x, e, y);
            f = Math.fma(x, f, y);
            g = Math.fma(x, g, y);
            h = Math.fma(x, h, y);
        }
        return a + b + c + d + e + f + g + h;
    }
}
