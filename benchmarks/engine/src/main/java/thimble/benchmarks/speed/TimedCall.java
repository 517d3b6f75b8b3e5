package thimble.benchmarks.speed;

/** Work that can be repeated; closing frees its memory. */
public interface TimedCall extends Runnable, AutoCloseable {
    @Override
    default void close() {}
}
