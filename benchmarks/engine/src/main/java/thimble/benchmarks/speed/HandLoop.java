package thimble.benchmarks.speed;

/** The chain of 7 elementwise functions as one loop written by hand, which the JVM turns into vectors: what fusion has to reach. */
final class HandLoop implements TimedCall {
    /** Bytes of operand and result for each element. */
    static final int BYTES = 8;

    private final float[] x;
    private final float[] y;

    HandLoop(int elements) {
        x = new float[elements];
        y = new float[elements];
        for (int i = 0; i < elements; i++) {
            x[i] = (float) i / elements;
        }
    }

    @Override
    public void run() {
        chain(x, y);
    }

    /** The values of the chain. */
    static float[] chain(float[] x) {
        float[] y = new float[x.length];
        chain(x, y);
        return y;
    }

    private static void chain(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            float t = Math.max(x[i] * 1.5f + 0.25f, 0f) * 0.7f - 0.3f;
            y[i] = t * t + x[i];
        }
    }
}
