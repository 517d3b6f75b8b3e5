package uk.ac.manchester.tornado.api;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.recording.Event;
import uk.ac.manchester.tornado.api.recording.Recording;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Graphs over a device; here the device is memory of the plan's own, and everything that happens is recorded. */
public class TornadoExecutionPlan implements AutoCloseable {
    private final ImmutableTaskGraph[] graphs;
    private final Recording recording = Recording.current();
    private final Map<Object, MemorySegment> memory = new IdentityHashMap<>();
    private final Set<String> ran = new HashSet<>();
    private List<ImmutableTaskGraph> selected;
    private GridScheduler grids = new GridScheduler();
    private Set<Object> left = Set.of();
    private String flags = "";

    /** With these graphs. */
    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        graphs = immutableTaskGraphs;
        selected = List.of(graphs);
    }

    /** On a device. */
    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        recording.add(new Event.Planned(device, graphs.length));
        return this;
    }

    /** With options for the driver's compiler. */
    public TornadoExecutionPlan withCompilerFlags(TornadoVMBackendType backend, String compilerFlags) {
        flags = compilerFlags;
        return this;
    }

    /** With grids. */
    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        grids = gridScheduler;
        return this;
    }

    /** With one graph from now on. */
    public TornadoExecutionPlan withGraph(int graphIndex) {
        selected = List.of(graphs[graphIndex]);
        return this;
    }

    /** With all graphs from now on. */
    public TornadoExecutionPlan withAllGraphs() {
        selected = List.of(graphs);
        return this;
    }

    /** Runs what is selected. */
    public TornadoExecutionResult execute() {
        selected.forEach(this::run);
        return new TornadoExecutionResult();
    }

    private void run(ImmutableTaskGraph graph) {
        Set<Object> kept = new HashSet<>();
        String first = "";
        for (TaskGraph.Step step : graph.steps()) {
            switch (step) {
                case TaskGraph.Step.In(int mode, var object) -> {
                    if (mode == DataTransferMode.EVERY_EXECUTION || !ran.contains(graph.name())) {
                        memory.computeIfAbsent(object, _ -> MemorySegment.ofArray(new int[size(object) / 4]))
                                .copyFrom(((IntArray) object).getSegment());
                        recording.add(new Event.CopiedIn(graph.name(), size(object)));
                    }
                }
                case TaskGraph.Step.Consume(var object) -> {
                    if (!left.contains(object)) {
                        throw new NullPointerException("nothing of this object is on the device");
                    }
                    kept.add(object);
                }
                case TaskGraph.Step.Task task -> {
                    first = first.isEmpty() ? task.entryPoint() : first;
                    run(graph, task, recording.wrongKernels() ? first : task.entryPoint());
                }
                case TaskGraph.Step.Out(int mode, var object) -> {
                    if (mode == DataTransferMode.EVERY_EXECUTION) {
                        ((IntArray) object).getSegment().copyFrom(memory.get(object));
                        recording.add(new Event.CopiedOut(graph.name(), size(object)));
                    }
                }
                case TaskGraph.Step.Persist(var object) -> kept.add(object);
            }
        }
        left = kept;
        ran.add(graph.name());
    }

    private void run(ImmutableTaskGraph graph, TaskGraph.Step.Task task, String entryPoint) {
        List<MemorySegment> buffers = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < task.arguments().numAccessors(); i++) {
            if (task.arguments().getAccessor(i).object() instanceof Integer number) {
                numbers.add(number);
            } else {
                buffers.add(memory.get(task.arguments().getAccessor(i).object()));
            }
        }
        WorkerGrid grid = grids.get(graph.name() + "." + task.id());
        recording.run(
                new Event.Ran(
                        graph.name(),
                        task.entryPoint(),
                        task.file(),
                        numbers,
                        List.of(grid.getGlobalWork()[0], grid.getGlobalWork()[1]),
                        List.of(grid.getLocalWork()[0], grid.getLocalWork()[1]),
                        flags),
                entryPoint,
                buffers);
    }

    private static int size(Object object) {
        return (int) ((IntArray) object).getSegment().byteSize();
    }

    /** Gives the memory back, as TornadoVM does: once for each graph that left an object on the device, which works once. */
    @Override
    public void close() throws TornadoExecutionPlanException {
        Set<Object> given = new HashSet<>();
        for (ImmutableTaskGraph graph : selected) {
            for (TaskGraph.Step step : graph.steps()) {
                if (step instanceof TaskGraph.Step.Persist(var object) && !given.add(object)) {
                    throw new TornadoExecutionPlanException("trying to deallocate an invalid buffer");
                }
            }
        }
        recording.add(new Event.Closed(selected.size()));
    }
}
