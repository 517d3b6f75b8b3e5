package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Patterns of OpenCL calls: lists of handles, properties of objects, results that are handles. */
final class Calls {
    /** A call of one method handle. */
    @FunctionalInterface
    interface Call<T> {
        T of() throws Throwable;
    }

    /** A call that fills a list of at most {@code room} entries and says how many there are. */
    @FunctionalInterface
    interface Listing {
        int of(int room, MemorySegment entries, MemorySegment count) throws Throwable;
    }

    /** A call that fills at most {@code room} bytes and says how many there are. */
    @FunctionalInterface
    interface Property {
        int of(long room, MemorySegment bytes, MemorySegment count) throws Throwable;
    }

    private Calls() {}

    /** Runs a call; what it throws becomes a {@link thimble.backend.BackendException}. */
    static <T> T run(String function, Call<T> call) {
        try {
            return call.of();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Status.broken(function, e);
        }
    }

    /** Runs a call whose result is a code. */
    static void check(String where, Call<Integer> call) {
        Status.check(run(where, call), where);
    }

    /** Runs a call that creates an object and writes its code to an address. */
    static long create(String where, CreateCall call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            long handle = run(where, () -> call.of(code));
            Status.check(code.get(ValueLayout.JAVA_INT, 0), where);
            return handle;
        }
    }

    /** A call that creates an object. */
    @FunctionalInterface
    interface CreateCall {
        long of(MemorySegment code) throws Throwable;
    }

    /** Handles of a list; empty if the code says that there are none. */
    static long[] handles(String function, int none, Listing call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            int code = run(function, () -> call.of(0, MemorySegment.NULL, count));
            int n = count.get(ValueLayout.JAVA_INT, 0);
            if (code == none || n == 0) {
                return new long[0];
            }
            Status.check(code, function);
            MemorySegment entries = arena.allocate(ValueLayout.JAVA_LONG, n);
            check(function, () -> call.of(n, entries, MemorySegment.NULL));
            return entries.toArray(ValueLayout.JAVA_LONG);
        }
    }

    /** The bytes of a property. */
    static byte[] bytes(String function, Property call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
            check(function, () -> call.of(0, MemorySegment.NULL, count));
            long n = count.get(ValueLayout.JAVA_LONG, 0);
            MemorySegment bytes = arena.allocate(Math.max(n, 8), 8);
            check(function, () -> call.of(n, bytes, MemorySegment.NULL));
            return bytes.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** A property that is text, without the zero at its end. */
    static String text(String function, Property call) {
        return new String(bytes(function, call), StandardCharsets.UTF_8)
                .replace("\0", "")
                .strip();
    }

    /** A property that is one number of 4 or 8 bytes. */
    static long number(String function, Property call) {
        byte[] bytes = bytes(function, call);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        return bytes.length < 8
                ? Integer.toUnsignedLong(segment.get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                : segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
}
