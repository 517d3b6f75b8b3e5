package uk.ac.manchester.tornado.api;

/** Work-items of a task along three axes. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
    private final long[] global;
    private long[] local = {};

    /** With this many along each axis. */
    protected AbstractWorkerGrid(long x, long y, long z) {
        global = new long[] {x, y, z};
    }

    @Override
    public long[] getGlobalWork() {
        return global;
    }

    @Override
    public long[] getLocalWork() {
        return local;
    }

    @Override
    public void setLocalWork(long x, long y, long z) {
        local = new long[] {x, y, z};
    }
}
