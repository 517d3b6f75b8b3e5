package thimble.train;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import thimble.data.Dataset;

/**
 * Batches prepared on a thread of its own while training goes on. What a batch holds depends on the step alone, so
 * running ahead changes nothing. One thread takes batches; taking allocates nothing.
 */
final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 4;

    /**
     * One prepared step.
     *
     * @param input examples, row-major
     * @param target target rows
     */
    record Batch(float[] input, float[] target) {
        /** An empty one for a step of this setup. */
        static Batch of(StepSetup setup) {
            return new Batch(
                    new float[setup.batch() * setup.example().elements()], new float[setup.batch() * setup.targets()]);
        }
    }

    private final Dataset data;
    private final int batch;
    private final BatchOrder order;
    private final long first;
    private final long last;
    private final Batch[] ring = new Batch[AHEAD];
    private final Thread filler;
    private final Thread taker = Thread.currentThread();
    private volatile long filled;
    private volatile long taken;
    private volatile boolean closed;
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * Prepares the steps from {@code first} (inclusive) to {@code last} (exclusive). Made and used by the thread that
     * trains.
     */
    BatchFeed(Dataset data, int batch, long seed, long first, long last) {
        this.data = data;
        this.batch = batch;
        this.order = new BatchOrder(data.size(), batch, seed);
        this.first = first;
        this.last = last;
        for (int i = 0; i < AHEAD; i++) {
            ring[i] = new Batch(
                    new float[batch * data.example().elements()],
                    new float[batch * data.targets().width()]);
        }
        this.filled = first;
        this.taken = first;
        this.filler = Thread.ofPlatform().daemon().name("thimble-batches").start(this::fill);
    }

    private void fill() {
        try {
            for (long step = first; step < last && !closed; step++) {
                while (step - taken >= AHEAD && !closed) {
                    LockSupport.park(this);
                }
                fill(data, order, step, batch, ring[(int) (step % AHEAD)]);
                filled = step + 1;
                LockSupport.unpark(taker);
            }
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            LockSupport.unpark(taker);
        }
    }

    /** Copies the examples of one step. */
    static void fill(Dataset data, BatchOrder order, long step, int batch, Batch into) {
        int elements = data.example().elements();
        int width = data.targets().width();
        for (int i = 0; i < batch; i++) {
            int index = order.index(step, i);
            data.read(index, order.epoch(step, i), into.input, i * elements, into.target, i * width);
        }
    }

    /** The batch of a step; steps are taken in order. It stays as it is until {@link #release}. */
    Batch take(long step) {
        while (filled <= step) {
            switch (failure.orElse(null)) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> LockSupport.park(this);
            }
        }
        return ring[(int) (step % AHEAD)];
    }

    /** Gives the batch of a step back to be filled anew. */
    void release(long step) {
        taken = step + 1;
        LockSupport.unpark(filler);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(filler);
        boolean interrupted = false;
        while (filler.isAlive()) {
            try {
                filler.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
