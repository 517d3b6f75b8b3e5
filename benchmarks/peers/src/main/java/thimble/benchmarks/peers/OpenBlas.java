package thimble.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The library OpenBLAS in this process. The environment variable OPENBLAS names its file, else {@code libopenblas.so.0} is loaded;
 * OPENBLAS_CORETYPE chooses its kernels and has to be set before this process starts.
 */
@SuppressWarnings("restricted") // calls of a native library are the purpose
final class OpenBlas implements AutoCloseable {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private final Arena arena = Arena.ofShared();
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;
    private final MethodHandle sgemm;

    OpenBlas(int threads) {
        String file = Optional.ofNullable(System.getenv("OPENBLAS")).orElse("libopenblas.so.0");
        library = SymbolLookup.libraryLookup(file, arena);
        sgemm = handle(
                "cblas_sgemm",
                FunctionDescriptor.ofVoid(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_FLOAT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_FLOAT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        MethodHandle setThreads = handle("openblas_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        call(() -> {
            setThreads.invokeExact(threads);
        });
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(library.findOrThrow(name), descriptor);
    }

    /** The name of its kernels. */
    String core() {
        MethodHandle name = handle("openblas_get_corename", FunctionDescriptor.of(ValueLayout.ADDRESS));
        MemorySegment[] text = new MemorySegment[1];
        call(() -> text[0] = (MemorySegment) name.invokeExact());
        return text[0].reinterpret(256).getString(0);
    }

    /** A copy in its memory. */
    MemorySegment copy(float[] values) {
        MemorySegment copy = arena.allocate(4L * values.length, 64);
        MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_FLOAT, 0, values.length);
        return copy;
    }

    /** c = a · b, row-major: a [m, k] or, transposed, [k, m]; b [k, n] or, transposed, [n, k]. */
    void multiply(
            int m,
            int n,
            int k,
            MemorySegment a,
            boolean transposeA,
            MemorySegment b,
            boolean transposeB,
            MemorySegment c) {
        call(() -> {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    transposeA ? TRANSPOSED : PLAIN,
                    transposeB ? TRANSPOSED : PLAIN,
                    m,
                    n,
                    k,
                    1f,
                    a,
                    transposeA ? m : k,
                    b,
                    transposeB ? k : n,
                    0f,
                    c,
                    n);
        });
    }

    private interface Call {
        void run() throws Throwable;
    }

    private static void call(Call call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
