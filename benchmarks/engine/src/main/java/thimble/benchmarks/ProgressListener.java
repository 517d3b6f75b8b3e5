package thimble.benchmarks;

/** Told what happens while a comparison runs; never by two threads at once. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = event -> {};

    /** Something happened; return soon, the training waits. */
    void on(Progress event);
}
