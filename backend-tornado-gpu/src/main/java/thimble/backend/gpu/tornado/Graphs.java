package thimble.backend.gpu.tornado;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.Kernel;
import uk.ac.manchester.tornado.api.AccessorParameters;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The graphs of a plan, all over the same arrays: the first one brings them to the device, the others find them there. */
final class Graphs {
    private final KernelFiles files;
    private final List<IntArray> resident;
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final GridScheduler grids = new GridScheduler();

    /**
     * @param resident working memory, variables, parameters
     */
    Graphs(KernelFiles files, List<IntArray> resident) {
        this.files = files;
        this.resident = resident;
    }

    /** Adds the graph of an exchange; its number. */
    int add(Exchange exchange) {
        TaskGraph graph = begin();
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, exchange.array());
        AccessorParameters arguments = arguments(1);
        arguments.set(resident.size(), exchange.array(), Access.READ_WRITE);
        task(graph, 0, Exchange.KERNEL, arguments, Math.ceilDiv(exchange.words(), Kernel.GROUP), 1);
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, exchange.array());
        return end(graph);
    }

    /** Adds the graphs of launches, so many in each; their numbers. */
    List<Integer> add(List<CommandQueue.Launch> launches, Form form) {
        List<Integer> numbers = new ArrayList<>();
        for (int from = 0; from < launches.size(); from += form.tasks()) {
            TaskGraph graph = begin();
            List<CommandQueue.Launch> part = launches.subList(from, Math.min(launches.size(), from + form.tasks()));
            for (int i = 0; i < part.size(); i++) {
                CommandQueue.Range range = part.get(i).range();
                AccessorParameters arguments = arguments(2);
                arguments.set(resident.size(), range.at(), Access.NONE);
                arguments.set(resident.size() + 1, range.stride(), Access.NONE);
                task(graph, i, part.get(i).kernel(), arguments, range.groups(), range.blocks());
            }
            numbers.add(end(graph));
        }
        return numbers;
    }

    private String name() {
        return "thimble" + graphs.size();
    }

    private TaskGraph begin() {
        Object[] all = resident.toArray();
        return graphs.isEmpty()
                ? new TaskGraph(name()).transferToDevice(DataTransferMode.FIRST_EXECUTION, all)
                : new TaskGraph(name()).consumeFromDevice(all);
    }

    private int end(TaskGraph graph) {
        // what several graphs leave on the device is given back several times when a plan closes, and that fails
        graphs.add((graphs.isEmpty() ? graph.persistOnDevice(resident.toArray()) : graph).snapshot());
        return graphs.size() - 1;
    }

    /** The arrays, then room for more. */
    private AccessorParameters arguments(int more) {
        AccessorParameters arguments = new AccessorParameters(resident.size() + more);
        for (int i = 0; i < resident.size(); i++) {
            arguments.set(i, resident.get(i), Access.READ_WRITE);
        }
        return arguments;
    }

    private void task(TaskGraph graph, int index, Kernel kernel, AccessorParameters arguments, int groups, int blocks) {
        String id = "task" + index;
        graph.prebuiltTask(id, kernel.name(), files.of(kernel).toString(), arguments);
        WorkerGrid2D grid = new WorkerGrid2D(Math.multiplyExact(groups, Kernel.GROUP), blocks);
        grid.setLocalWork(Kernel.GROUP, 1, 1);
        grids.addWorkerGrid(name() + "." + id, grid);
    }

    /** All graphs so far, by their numbers. */
    ImmutableTaskGraph[] all() {
        return graphs.toArray(ImmutableTaskGraph[]::new);
    }

    /** The grids of their tasks. */
    GridScheduler grids() {
        return grids;
    }
}
