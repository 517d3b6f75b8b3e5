package uk.ac.manchester.tornado.api.recording;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A runtime that writes down what is asked of it. Kernels are Java functions that a test names. */
public final class Recording implements TornadoRuntime {
    private static Recording current = new Recording();

    private final List<Event> events = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private final Map<String, Work> kernels = new HashMap<>();
    private Work otherwise = (_, task) -> {
        throw new IllegalStateException("no kernel " + task.entryPoint());
    };
    private boolean wrongKernels;
    private String failing = "";

    /** A kernel. */
    public interface Work {
        /**
         * Runs it.
         *
         * @param buffers the arrays among the arguments, as they lie on the device
         * @param task the scalars and the grid
         */
        void run(List<MemorySegment> buffers, Event.Ran task);
    }

    private record Backend(TornadoVMBackendType getBackendType, List<TornadoDevice> getAllDevices)
            implements TornadoBackend {}

    private Recording() {}

    /** A fresh one, from now on found as the runtime. */
    public static Recording start() {
        current = new Recording();
        return current;
    }

    /** From now on there is a runtime without devices. */
    public static void stop() {
        start();
    }

    /** The one that was started last. */
    public static Recording current() {
        return current;
    }

    /** Adds a backend with devices. */
    public Recording with(TornadoVMBackendType type, TornadoDevice... devices) {
        backends.add(new Backend(type, List.of(devices)));
        return this;
    }

    /** Says what a kernel does. */
    public Recording kernel(String entryPoint, Work work) {
        kernels.put(entryPoint, work);
        return this;
    }

    /** Says what all other kernels do; until then they fail. */
    public Recording otherwise(Work work) {
        otherwise = work;
        return this;
    }

    /** Makes every task of a graph run the kernel of the graph's first. */
    public Recording withWrongKernels() {
        wrongKernels = true;
        return this;
    }

    /** Makes a kernel fail, until another name is given. */
    public void failing(String entryPoint) {
        failing = entryPoint;
    }

    /** True if tasks run the wrong kernel. */
    public boolean wrongKernels() {
        return wrongKernels;
    }

    /** Everything so far, in order. */
    public List<Event> events() {
        return events;
    }

    /** The tasks so far, in order. */
    public List<Event.Ran> tasks() {
        return events.stream()
                .filter(Event.Ran.class::isInstance)
                .map(Event.Ran.class::cast)
                .toList();
    }

    /** Writes down. */
    public void add(Event event) {
        events.add(event);
    }

    /** Writes a task down and runs a kernel, not always the task's. */
    public void run(Event.Ran task, String entryPoint, List<MemorySegment> buffers) {
        if (entryPoint.equals(failing)) {
            throw new IllegalStateException("the driver failed in " + entryPoint);
        }
        events.add(task);
        kernels.getOrDefault(entryPoint, otherwise).run(buffers, task);
    }

    @Override
    public TornadoBackend getBackend(int index) {
        return backends.get(index);
    }

    @Override
    public int getNumBackends() {
        return backends.size();
    }
}
