package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A program as an execution plan. Its memory stays on the device; only an {@link Exchange} travels, the smallest that suffices. */
final class TornadoPlan implements Place {
    /** Room for the exchanges. */
    private static final long CARRIED = 2 << 20;

    private final Driver driver;
    private final List<TornadoMemory> memories;
    private final List<List<CommandQueue.Launch>> commands;
    private final List<Exchange> exchanges =
            List.of(new Exchange(1 << 10), new Exchange(1 << 14), new Exchange(1 << 18));
    private final List<List<Integer>> graphs;
    private final TornadoExecutionPlan plan;
    private final AtomicLong held;

    /**
     * Brings the memories to the device as they are on the host.
     *
     * @param options for the driver's compiler
     * @param driver says what is wrong with a kernel
     * @param held bytes of the device that plans hold
     * @param memories working memory, variables, parameters
     */
    TornadoPlan(
            TornadoDevice device,
            String options,
            Form form,
            KernelFiles files,
            Driver driver,
            AtomicLong held,
            List<TornadoMemory> memories,
            List<List<CommandQueue.Launch>> commands) {
        this.driver = driver;
        this.held = held;
        this.memories = memories;
        this.commands = commands;
        memories.forEach(TornadoMemory::toHost);
        Graphs all =
                new Graphs(files, memories.stream().map(TornadoMemory::array).toList());
        exchanges.forEach(all::add);
        graphs = commands.stream().map(launches -> all.add(launches, form)).toList();
        plan = new TornadoExecutionPlan(all.all());
        Faults.run("preparing a program", () -> {
            plan.withDevice(device);
            plan.withCompilerFlags(TornadoVMBackendType.OPENCL, options);
            plan.withGridScheduler(all.grids());
        });
        held.addAndGet(bytes(memories));
        try {
            finish();
        } catch (BackendException e) {
            close(e);
            throw e;
        }
        memories.forEach(memory -> memory.isAt(this));
    }

    /** Bytes of the device that a program takes. */
    static long bytes(List<TornadoMemory> memories) {
        return CARRIED + memories.stream().mapToLong(TornadoMemory::bytes).sum();
    }

    private void close(BackendException failure) {
        try {
            close();
        } catch (BackendException e) {
            failure.addSuppressed(e);
        }
    }

    private void run(String what, int graph) {
        Faults.run(what, () -> plan.withGraph(graph).execute());
    }

    /** The number of the exchange for so many bytes, which is also that of its graph. */
    private int exchange(long bytes) {
        int found = 0;
        while (found + 1 < exchanges.size() && exchanges.get(found).bytes() < bytes) {
            found++;
        }
        return found;
    }

    @Override
    public void write(TornadoMemory to, long offset, MemorySegment from) {
        int chosen = exchange(from.byteSize());
        Exchange exchange = exchanges.get(chosen);
        for (long done = 0; done < from.byteSize(); done += exchange.bytes()) {
            long part = Math.min(from.byteSize() - done, exchange.bytes());
            exchange.toDevice(memories.indexOf(to), offset + done, from.asSlice(done, part));
            run("copying to the device", chosen);
        }
    }

    @Override
    public void read(TornadoMemory from, long offset, MemorySegment into) {
        int chosen = exchange(into.byteSize());
        Exchange exchange = exchanges.get(chosen);
        for (long done = 0; done < into.byteSize(); done += exchange.bytes()) {
            long part = Math.min(into.byteSize() - done, exchange.bytes());
            exchange.toHost(memories.indexOf(from), offset + done, part);
            run("copying from the device", chosen);
            into.asSlice(done, part).copyFrom(exchange.carried(part));
        }
    }

    @Override
    public void send(int command) {
        try {
            graphs.get(command).forEach(graph -> run("running kernels", graph));
        } catch (BackendException e) {
            driver.explain(commands.get(command), e);
            throw e;
        }
    }

    @Override
    public void finish() {
        exchanges.getFirst().rest();
        run("waiting for the device", 0);
    }

    @Override
    public void close() {
        held.addAndGet(-bytes(memories));
        Faults.run("giving memory back", () -> {
            plan.withAllGraphs();
            plan.close();
        });
    }
}
