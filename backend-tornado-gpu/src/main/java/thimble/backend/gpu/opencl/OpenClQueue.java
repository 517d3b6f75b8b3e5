package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/** An in-order queue of the driver. Writes go through a staging area and are awaited only when it is full. */
final class OpenClQueue implements CommandQueue {
    private static final long STAGING = 1 << 20;
    private static final long ALIGNMENT = 64;

    private final OpenCl cl;
    private final OpenClDevice device;
    private final long handle;
    private MemorySegment staging = Arena.ofAuto().allocate(STAGING, ALIGNMENT);
    private long staged;
    private boolean closed;

    OpenClQueue(OpenCl cl, OpenClDevice device, long handle) {
        this.cl = cl;
        this.device = device;
        this.handle = handle;
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
        long size = from.byteSize();
        if (staging.byteSize() - staged < size) {
            finish();
            if (staging.byteSize() < size) {
                staging = Arena.ofAuto().allocate(size, ALIGNMENT);
            }
        }
        MemorySegment source = staging.asSlice(staged, size).copyFrom(from);
        staged += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        staged = Math.min(staged, staging.byteSize());
        long memory = ((OpenClMemory) to).handle();
        check("clEnqueueWriteBuffer", Calls.run("clEnqueueWriteBuffer", () -> (int) cl.enqueueWriteBuffer.invokeExact(
                handle, memory, 0, offset, size, source, 0, MemorySegment.NULL, MemorySegment.NULL)));
    }

    @Override
    public void read(DeviceMemory from, long offset, MemorySegment into) {
        open();
        range(from, offset, into.byteSize());
        long memory = ((OpenClMemory) from).handle();
        long size = into.byteSize();
        boolean direct = into.isNative();
        if (!direct && staging.byteSize() < size) {
            finish();
            staging = Arena.ofAuto().allocate(size, ALIGNMENT);
        } else if (!direct && staging.byteSize() - staged < size) {
            finish();
        }
        MemorySegment target = direct ? into : staging.asSlice(staged, size);
        check("clEnqueueReadBuffer", Calls.run("clEnqueueReadBuffer", () -> (int) cl.enqueueReadBuffer.invokeExact(
                handle, memory, 1, offset, size, target, 0, MemorySegment.NULL, MemorySegment.NULL)));
        staged = 0;
        if (!direct) {
            into.copyFrom(target);
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
        staged = 0;
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
            try {
                finish();
            } finally {
                closed = true;
                Calls.check("clReleaseCommandQueue", () -> (int) cl.releaseCommandQueue.invokeExact(handle));
            }
        }
    }
}
