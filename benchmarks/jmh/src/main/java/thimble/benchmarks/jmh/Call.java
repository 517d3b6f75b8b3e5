package thimble.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.TimedCall;

/** One call on a backend, in three JVMs after five seconds of warming. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public abstract class Call {
    /** Spec of the backend. */
    @Param("cpu:threads=1")
    public String backend = "";

    private TimedCall call = () -> {};

    /** Makes the call. */
    protected abstract TimedCall compile(Backend backend);

    /** Compiles and feeds. */
    @Setup
    public void prepare() {
        call = compile(Backends.choose(backend).backend());
    }

    /** Runs. */
    @Benchmark
    public void run() {
        call.run();
    }

    /** Frees. */
    @TearDown
    public void close() {
        call.close();
    }
}
