package thimble.backend.vector.launch;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A small team of threads that runs the chunks of one kernel at a time; the caller is its first member. A kernel's
 * chunks are dealt out in equal consecutive shares. Threads are started when they are first needed. Members spin for a
 * short while between kernels and then sleep, so that a chain of kernels costs a fraction of a microsecond each and an
 * idle team costs nothing. One caller at a time; different teams are independent.
 */
public final class Workers implements AutoCloseable {
    /** Turns of waiting before a member sleeps, some tens of microseconds. */
    private static final int SPINS = 2_000;

    private final Member[] members;
    private volatile boolean closed;
    private int started;

    /**
     * A team of at most this many threads, the caller's included.
     *
     * @throws IllegalArgumentException if there are no threads
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("[threads] expected at least 1 but received " + threads);
        }
        this.members = new Member[threads - 1];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(i + 1);
        }
    }

    /** Number of threads, the caller's included. */
    int threads() {
        return members.length + 1;
    }

    /** Runs all chunks on all threads. */
    public void run(Kernel task) {
        run(task, threads());
    }

    /**
     * Runs all chunks on at most this many threads and returns when the last is done. What a chunk throws is thrown here once all members
     * have stopped.
     *
     * @throws IllegalStateException if the team is closed
     */
    public void run(Kernel task, int most) {
        if (closed) {
            throw new IllegalStateException("[threads] expected an open team but received a closed one");
        }
        int chunks = task.chunks();
        int size = Math.min(Math.min(most, threads()), chunks);
        if (size <= 1) {
            for (int i = 0; i < chunks; i++) {
                task.run(i);
            }
            return;
        }
        for (; started < size - 1; started++) {
            members[started].thread.start();
        }
        for (int i = 1; i < size; i++) {
            members[i - 1].begin(task, chunks * i / size, chunks * (i + 1) / size);
        }
        Throwable failure = null;
        try {
            share(task, 0, chunks / size);
        } catch (Throwable e) {
            failure = e;
        }
        for (int i = 1; i < size; i++) {
            failure = members[i - 1].join(failure);
        }
        if (failure != null) {
            Workers.<RuntimeException>rethrow(failure);
        }
    }

    private static void share(Kernel task, int from, int end) {
        for (int i = from; i < end; i++) {
            task.run(i);
        }
    }

    /** Ends the threads; waiting ones at once, running ones after their share. */
    @Override
    public void close() {
        closed = true;
        for (Member member : members) {
            LockSupport.unpark(member.thread);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }

    /** One thread of the team. What it is asked lies beside the question, so that both come with one line of the cache. */
    private final class Member implements Runnable {
        private final Thread thread;
        private @Nullable Kernel task;
        private int from;
        private int end;
        private int round;
        private volatile int asked;
        private volatile int done;
        private volatile boolean asleep;
        private @Nullable Throwable failure;

        Member(int number) {
            this.thread = new Thread(this, "thimble-worker-" + number);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            int seen = 0;
            while (await(seen)) {
                seen = asked;
                try {
                    share(Objects.requireNonNull(task), from, end);
                } catch (Throwable e) {
                    failure = e;
                }
                done = seen;
            }
        }

        private boolean await(int seen) {
            for (int i = 0; i < SPINS; i++) {
                if (asked != seen) {
                    return true;
                }
                Thread.onSpinWait();
            }
            asleep = true;
            while (asked == seen && !closed) {
                LockSupport.park(Workers.this);
            }
            asleep = false;
            return asked != seen;
        }

        void begin(Kernel kernel, int first, int last) {
            task = kernel;
            from = first;
            end = last;
            asked = ++round;
            if (asleep) {
                LockSupport.unpark(thread);
            }
        }

        @Nullable
        Throwable join(@Nullable Throwable earlier) {
            int spins = 0;
            while (done != asked) {
                if (++spins % SPINS == 0) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
            Throwable own = failure;
            failure = null;
            if (earlier == null) {
                return own;
            }
            if (own != null && own != earlier) {
                earlier.addSuppressed(own);
            }
            return earlier;
        }
    }
}
