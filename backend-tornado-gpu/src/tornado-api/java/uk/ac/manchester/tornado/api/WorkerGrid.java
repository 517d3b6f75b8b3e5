package uk.ac.manchester.tornado.api;

/** Work-items of a task. */
public interface WorkerGrid {
    /** All of them, along each axis. */
    long[] getGlobalWork();

    /** Those of a group, along each axis. */
    long[] getLocalWork();

    /** Sets those of a group. */
    void setLocalWork(long x, long y, long z);
}
