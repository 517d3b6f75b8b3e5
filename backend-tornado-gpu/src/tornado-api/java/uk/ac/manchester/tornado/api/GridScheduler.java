package uk.ac.manchester.tornado.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** The grids of tasks, by {@code graph.task}. */
public class GridScheduler {
    private final Map<String, WorkerGrid> grids = new LinkedHashMap<>();

    /** Empty. */
    public GridScheduler() {}

    /** Sets the grid of a task. */
    public void addWorkerGrid(String taskName, WorkerGrid workerGrid) {
        grids.put(taskName, workerGrid);
    }

    /** The grid of a task. */
    public WorkerGrid get(String taskName) {
        return grids.get(taskName);
    }
}
