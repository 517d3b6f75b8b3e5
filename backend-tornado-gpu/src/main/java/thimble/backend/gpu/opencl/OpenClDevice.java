package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/** An OpenCL device with a context of its own. */
final class OpenClDevice implements ComputeDevice {
    private static final long READ_WRITE = 1;

    private final OpenCl cl;
    private final DeviceFacts facts;
    private final long device;
    private final long context;
    private final Programs programs;
    private final Map<String, Loaded> kernels = new HashMap<>();
    private final AtomicLong allocated = new AtomicLong();
    private boolean closed;

    private record Loaded(String text, long program) {}

    OpenClDevice(OpenCl cl, DeviceFacts facts, long device, Path cache) {
        this.cl = cl;
        this.facts = facts;
        this.device = device;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(ValueLayout.JAVA_LONG, device);
            context = Calls.create("clCreateContext on " + facts.name(), code ->
                    (long) cl.createContext.invokeExact(MemorySegment.NULL, 1, devices, MemorySegment.NULL, 0L, code));
        }
        programs = new Programs(cl, facts, context, device, cache);
    }

    @Override
    public DeviceFacts facts() {
        return facts;
    }

    @Override
    public synchronized void load(Collection<Kernel> wanted) {
        check();
        Map<String, Kernel> fresh = new LinkedHashMap<>();
        for (Kernel kernel : wanted) {
            Loaded known = kernels.get(kernel.name());
            if (known == null) {
                fresh.put(kernel.name(), kernel);
            } else if (!known.text.equals(kernel.text())) {
                throw new IllegalArgumentException("[opencl] expected one text of " + kernel.name());
            }
        }
        if (!fresh.isEmpty()) {
            long program = programs.build(fresh.values());
            fresh.values().forEach(kernel -> kernels.put(kernel.name(), new Loaded(kernel.text(), program)));
        }
    }

    @Override
    public synchronized int loaded() {
        return kernels.size();
    }

    /** A kernel object of its own, so that nobody else sets its arguments. */
    synchronized long kernel(Kernel kernel) {
        check();
        Loaded loaded = kernels.get(kernel.name());
        if (loaded == null) {
            throw new IllegalStateException("[opencl] expected " + kernel.name() + " to be loaded before");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(kernel.name());
            return Calls.create("clCreateKernel of " + kernel.name(), code ->
                    (long) cl.createKernel.invokeExact(loaded.program, name, code));
        }
    }

    @Override
    public DeviceMemory allocate(long bytes, String use) {
        check();
        long free = facts.memory() - allocated.get();
        if (bytes > facts.largest() || bytes > free) {
            throw exhausted(bytes, use);
        }
        try {
            long handle = Calls.create("clCreateBuffer", code ->
                    (long) cl.createBuffer.invokeExact(context, READ_WRITE, bytes, MemorySegment.NULL, code));
            allocated.addAndGet(bytes);
            return new OpenClMemory(cl, handle, bytes, allocated);
        } catch (BackendException e) {
            BackendException explained = exhausted(bytes, use);
            explained.addSuppressed(e);
            throw explained;
        }
    }

    private BackendException exhausted(long bytes, String use) {
        long held = allocated.get();
        return new BackendException("[opencl] " + facts.name() + " has too little memory for " + use + ": wanted "
                + bytes + " bytes but had " + Math.max(0, facts.memory() - held) + " of " + facts.memory()
                + " bytes, at most " + facts.largest() + " in one piece; use a smaller batch, or --backend cpu");
    }

    /** What is allocated, in words, for errors of commands. */
    String memory() {
        return allocated.get() + " of " + facts.memory() + " bytes are allocated";
    }

    /** A CPU reads any memory of the host; to others it goes fastest from pinned memory. */
    @Override
    public CommandQueue queue() {
        return queue(facts.kind() != DeviceFacts.Kind.CPU);
    }

    /** A queue whose bytes pass through pinned memory or not. */
    OpenClQueue queue(boolean pinned) {
        check();
        long handle = Calls.create("clCreateCommandQueue on " + facts.name(), code ->
                (long) cl.createCommandQueue.invokeExact(context, device, 0L, code));
        return new OpenClQueue(cl, this, handle, bytes -> hostMemory(handle, bytes, pinned));
    }

    /** Memory for the copies of a queue. */
    HostMemory hostMemory(long queue, long bytes, boolean pinned) {
        return pinned ? HostMemory.pinned(cl, context, queue, bytes) : HostMemory.plain(cl, queue, bytes);
    }

    private synchronized void check() {
        if (closed) {
            throw new IllegalStateException("[opencl] expected an open device but " + facts.name() + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kernels.values().stream()
                    .map(Loaded::program)
                    .distinct()
                    .forEach(program ->
                            Calls.check("clReleaseProgram", () -> (int) cl.releaseProgram.invokeExact((long) program)));
            Calls.check("clReleaseContext", () -> (int) cl.releaseContext.invokeExact(context));
        }
    }
}
