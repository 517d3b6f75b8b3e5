package thimble.benchmarks.speed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The most multiply-adds that one thread of this machine does in registers, the measure of every kernel. The clock moves with temperature and
 * neighbours, so it is timed again beside each kernel.
 */
public final class Peak {
    private static final int TURNS = 50_000;
    private static final double WARM_SECONDS = 0.4;
    private static final int SAMPLES = 200;

    private final Loop loop;
    /** The same loop out of the compiler's sight: copied into its caller it runs at half the speed. */
    private final MethodHandle run;

    private double sink;

    /** Independent chains of multiply-adds. */
    interface Loop {
        /** Floating point operations of a run. */
        double operations(int turns);

        /** Runs and returns a sum, so that nothing is left out. */
        float run(int turns);
    }

    private Peak(Loop loop) {
        this.loop = loop;
        try {
            run = MethodHandles.lookup()
                    .findVirtual(Loop.class, "run", MethodType.methodType(float.class, int.class))
                    .bindTo(loop);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The loop for this JVM, warm: vectors where the module {@code jdk.incubator.vector} is present, else single numbers. */
    public static Peak here() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        Peak peak = new Peak(vectors ? new VectorLoop() : new PlainLoop());
        long until = System.nanoTime() + (long) (WARM_SECONDS * 1e9);
        while (System.nanoTime() < until) {
            peak.sample();
        }
        return peak;
    }

    /** Operations per nanosecond in one short run, which is GFLOP/s. */
    double sample() {
        long start = System.nanoTime();
        sink += turns();
        return loop.operations(TURNS) / (System.nanoTime() - start);
    }

    private float turns() {
        try {
            return (float) run.invokeExact(TURNS);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** GFLOP/s of the fastest of many runs. */
    public double gflops() {
        double best = 0;
        for (int i = 0; i < SAMPLES; i++) {
            best = Math.max(best, sample());
        }
        return best;
    }

    /** Something that depends on every run. */
    double sum() {
        return sink;
    }
}
