package uk.ac.manchester.tornado.api;

/** Work-items along two axes. */
public class WorkerGrid2D extends AbstractWorkerGrid {
    /** With this many along each axis. */
    public WorkerGrid2D(int x, int y) {
        super(x, y, 1);
    }
}
