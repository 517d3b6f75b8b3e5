package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/** An in-order queue of the driver. Writes go through {@link Staging} and are awaited only when both halves of it are full. */
final class OpenClQueue implements CommandQueue {
    private final OpenCl cl;
    private final OpenClDevice device;
    private final long handle;
    private final Staging staging;
    private boolean closed;

    /**
     * @param memory makes the memory that bytes pass through
     */
    OpenClQueue(OpenCl cl, OpenClDevice device, long handle, LongFunction<HostMemory> memory) {
        this.cl = cl;
        this.device = device;
        this.handle = handle;
        this.staging = new Staging(cl, handle, memory);
    }

    @Override
    public Command prepare(Buffers buffers, List<Launch> launches) {
        open();
        List<OpenClCommand> prepared = new ArrayList<>();
        Command all = new Command() {
            @Override
            public void send() {
                prepared.forEach(OpenClCommand::send);
            }

            @Override
            public void close() {
                prepared.forEach(OpenClCommand::close);
            }
        };
        try {
            launches.forEach(launch -> prepared.add(prepare(launch.kernel(), buffers, launch.range())));
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
        return all;
    }

    private OpenClCommand prepare(Kernel kernel, Buffers buffers, Range range) {
        OpenClCommand command = new OpenClCommand(cl, this, kernel.name(), device.kernel(kernel));
        command.argument(0, ((OpenClMemory) buffers.arena()).handle());
        command.argument(1, ((OpenClMemory) buffers.state()).handle());
        command.argument(2, ((OpenClMemory) buffers.parameters()).handle());
        command.argument(3, range.at());
        command.argument(4, range.stride());
        command.size((long) range.groups() * Kernel.GROUP, range.blocks());
        return command;
    }

    @Override
    public void write(DeviceMemory to, long offset, MemorySegment from) {
        open();
        range(to, offset, from.byteSize());
        long memory = ((OpenClMemory) to).handle();
        for (long done = 0; done < from.byteSize(); done += Staging.LARGEST) {
            long size = Math.min(Staging.LARGEST, from.byteSize() - done);
            long at = offset + done;
            MemorySegment source = staging.room(size).copyFrom(from.asSlice(done, size));
            check(
                    "clEnqueueWriteBuffer",
                    Calls.run("clEnqueueWriteBuffer", () -> (int) cl.enqueueWriteBuffer.invokeExact(
                            handle, memory, 0, at, size, source, 0, MemorySegment.NULL, MemorySegment.NULL)));
        }
    }

    @Override
    public void read(DeviceMemory from, long offset, MemorySegment into) {
        open();
        range(from, offset, into.byteSize());
        long memory = ((OpenClMemory) from).handle();
        for (long done = 0; done < into.byteSize(); done += Staging.LARGEST) {
            long size = Math.min(Staging.LARGEST, into.byteSize() - done);
            long at = offset + done;
            MemorySegment target = staging.room(size);
            check("clEnqueueReadBuffer", Calls.run("clEnqueueReadBuffer", () -> (int) cl.enqueueReadBuffer.invokeExact(
                    handle, memory, 1, at, size, target, 0, MemorySegment.NULL, MemorySegment.NULL)));
            into.asSlice(done, size).copyFrom(target);
            staging.empty();
        }
    }

    @Override
    public void clear(DeviceMemory memory, long offset, long bytes) {
        open();
        range(memory, offset, bytes);
        long buffer = ((OpenClMemory) memory).handle();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment zero = arena.allocate(ValueLayout.JAVA_INT);
            check("clEnqueueFillBuffer", Calls.run("clEnqueueFillBuffer", () -> (int) cl.enqueueFillBuffer.invokeExact(
                    handle, buffer, zero, 4L, offset, bytes, 0, MemorySegment.NULL, MemorySegment.NULL)));
        }
    }

    private static void range(DeviceMemory memory, long offset, long bytes) {
        if (offset < 0 || bytes < 0 || offset + bytes > memory.bytes()) {
            throw new IllegalArgumentException("[opencl] expected bytes in 0.." + memory.bytes() + " but received "
                    + offset + ".." + (offset + bytes));
        }
    }

    @Override
    public void flush() {
        open();
        check("clFlush", Calls.run("clFlush", () -> (int) cl.flush.invokeExact(handle)));
    }

    @Override
    public void finish() {
        open();
        check("clFinish", Calls.run("clFinish", () -> (int) cl.finish.invokeExact(handle)));
        staging.empty();
    }

    /** The driver's handle. */
    long handle() {
        open();
        return handle;
    }

    /** Checks the code of a command; the text says how full the device is if that may be the cause. */
    void check(String command, int code) {
        if (code != Status.OK) {
            String memory = Status.memory(code) ? "; " + device.memory() : "";
            throw new BackendException(
                    "[opencl] " + command + " failed on " + device.facts().name() + ": " + Status.text(code) + memory
                            + "; use a smaller batch, another device, or --backend cpu");
        }
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("[opencl] expected an open queue but it is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                staging.close();
            } finally {
                Calls.check("clReleaseCommandQueue", () -> (int) cl.releaseCommandQueue.invokeExact(handle));
            }
        }
    }
}
