package thimble.backend.gpu.opencl;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.Kernel;
import thimble.backend.gpu.device.Prelude;

/** Compiles texts of kernels. What was compiled once for a driver is kept in a folder. */
final class Programs {
    private static final int BINARY_SIZES = 0x1165;
    private static final int BINARIES = 0x1166;
    private static final int BUILD_LOG = 0x1183;

    private final OpenCl cl;
    private final DeviceFacts facts;
    private final long context;
    private final long device;
    private final String options;
    private final BinaryFiles files;

    Programs(OpenCl cl, DeviceFacts facts, long context, long device, Path cache) {
        this.cl = cl;
        this.facts = facts;
        this.context = context;
        this.device = device;
        options = facts.options();
        files = new BinaryFiles(cache);
    }

    /**
     * One program of these kernels.
     *
     * @throws BackendException if they do not compile; text and log are kept in a file that is named
     */
    long build(Collection<Kernel> kernels) {
        String text = Prelude.text("", 0)
                + kernels.stream().map(Kernel::text).sorted().collect(Collectors.joining("\n"));
        String key = String.join("\n", facts.name(), facts.driver(), options, text);
        Optional<Long> kept = files.read(key).flatMap(this::fromBinary);
        if (kept.isPresent()) {
            return kept.get();
        }
        long program = fromText(text);
        files.write(key, binary(program));
        return program;
    }

    private long fromText(String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment strings = arena.allocateFrom(ValueLayout.ADDRESS, arena.allocateFrom(text));
            long program = Calls.create("clCreateProgramWithSource", code ->
                    (long) cl.createProgramWithSource.invokeExact(context, 1, strings, MemorySegment.NULL, code));
            int code = compile(program);
            if (code == Status.OK) {
                return program;
            }
            String log = Calls.text("clGetProgramBuildInfo", (room, bytes, count) ->
                    (int) cl.getProgramBuildInfo.invokeExact(program, device, BUILD_LOG, room, bytes, count));
            release(program);
            throw new BackendException("[opencl] " + facts.name() + " cannot compile a kernel: " + Status.text(code)
                    + "; " + failed(text, log) + "; use --backend cpu, or another driver");
        }
    }

    private String failed(String text, String log) {
        try {
            Path file = Files.createTempFile("thimble-kernel-", ".cl");
            Files.writeString(file, text + "\n/* options: " + options + "\n" + log.replace("*/", "* /") + "\n*/\n");
            return "its text and the compiler's log are in " + file;
        } catch (IOException e) {
            return "its text could not be kept (" + e.getMessage() + "); the compiler says: " + log;
        }
    }

    private int compile(long program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(ValueLayout.JAVA_LONG, device);
            MemorySegment flags = arena.allocateFrom(options, StandardCharsets.UTF_8);
            return Calls.run(
                    "clBuildProgram", () -> (int) cl.buildProgram.invokeExact(program, 1, devices, flags, 0L, 0L));
        }
    }

    private Optional<Long> fromBinary(byte[] binary) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, binary);
            MemorySegment devices = arena.allocateFrom(ValueLayout.JAVA_LONG, device);
            MemorySegment lengths = arena.allocateFrom(ValueLayout.JAVA_LONG, binary.length);
            MemorySegment list = arena.allocateFrom(ValueLayout.ADDRESS, bytes);
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            long program = Calls.create("clCreateProgramWithBinary", code ->
                    (long) cl.createProgramWithBinary.invokeExact(context, 1, devices, lengths, list, status, code));
            if (compile(program) == Status.OK) {
                return Optional.of(program);
            }
            release(program);
            return Optional.empty();
        } catch (BackendException refused) { // another version of the driver: compile the text again
            return Optional.empty();
        }
    }

    private byte[] binary(long program) {
        long size = Calls.number("clGetProgramInfo", (room, bytes, count) ->
                (int) cl.getProgramInfo.invokeExact(program, BINARY_SIZES, room, bytes, count));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment binary = arena.allocate(Math.max(size, 1));
            MemorySegment list = arena.allocateFrom(ValueLayout.ADDRESS, binary);
            Calls.check("clGetProgramInfo", () ->
                    (int) cl.getProgramInfo.invokeExact(program, BINARIES, list.byteSize(), list, MemorySegment.NULL));
            return binary.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private void release(long program) {
        Calls.check("clReleaseProgram", () -> (int) cl.releaseProgram.invokeExact(program));
    }
}
