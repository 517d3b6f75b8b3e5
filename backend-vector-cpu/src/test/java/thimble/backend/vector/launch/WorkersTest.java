package thimble.backend.vector.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every chunk once, from as many threads as asked, errors carried to the caller, threads ended by close. */
class WorkersTest {
    private record Counting(AtomicIntegerArray counts, ConcurrentHashMap<Thread, Boolean> threads) implements Kernel {
        @Override
        public int chunks() {
            return counts.length();
        }

        @Override
        public void run(int chunk) {
            threads.put(Thread.currentThread(), true);
            counts.incrementAndGet(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void everyChunkRunsOnce(int threads) {
        try (var workers = new Workers(threads)) {
            assertThat(workers.threads()).isEqualTo(threads);
            for (int chunks : new int[] {1, 2, 7, 8, 33}) {
                var kernel = new Counting(new AtomicIntegerArray(chunks), new ConcurrentHashMap<>());
                for (int i = 0; i < 200; i++) {
                    workers.run(kernel);
                }
                for (int i = 0; i < chunks; i++) {
                    assertThat(kernel.counts.get(i)).isEqualTo(200);
                }
                assertThat(kernel.threads).hasSize(chunks == 1 ? 1 : Math.min(threads, chunks));
            }
        }
    }

    /** Members that are left out for a while neither run nor miss what follows. */
    @Test
    void anyNumberOfMembersTakesPart() {
        try (var workers = new Workers(4)) {
            for (int i = 0; i < 2_000; i++) {
                int most = 1 + i * 7 % 5;
                var kernel = new Counting(new AtomicIntegerArray(6), new ConcurrentHashMap<>());
                workers.run(kernel, most);
                assertThat(kernel.threads).hasSize(Math.min(most, 4));
                for (int chunk = 0; chunk < 6; chunk++) {
                    assertThat(kernel.counts.get(chunk)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void errorsReachTheCallerAndTheTeamGoesOn() {
        try (var workers = new Workers(3)) {
            for (int failing = 0; failing < 3; failing++) {
                int bad = failing;
                Kernel kernel = new Kernel() {
                    @Override
                    public int chunks() {
                        return 3;
                    }

                    @Override
                    public void run(int chunk) {
                        if (chunk == bad) {
                            throw new IllegalStateException("chunk " + chunk);
                        }
                    }
                };
                assertThatThrownBy(() -> workers.run(kernel))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("chunk " + bad);
                var counting = new Counting(new AtomicIntegerArray(6), new ConcurrentHashMap<>());
                workers.run(counting);
                assertThat(counting.counts.get(5)).isEqualTo(1);
            }
        }
    }

    @Test
    void teamsOfSeveralCallersAreIndependent() throws InterruptedException {
        var totals = new AtomicIntegerArray(4);
        Thread[] callers = new Thread[4];
        for (int i = 0; i < callers.length; i++) {
            int caller = i;
            callers[i] = new Thread(() -> {
                try (var workers = new Workers(2)) {
                    var kernel = new Counting(new AtomicIntegerArray(5), new ConcurrentHashMap<>());
                    for (int round = 0; round < 100; round++) {
                        workers.run(kernel);
                    }
                    for (int chunk = 0; chunk < 5; chunk++) {
                        totals.addAndGet(caller, kernel.counts.get(chunk));
                    }
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(totals.toString()).isEqualTo("[500, 500, 500, 500]");
    }

    @Test
    void closeEndsTheThreads() throws InterruptedException {
        var workers = new Workers(3);
        var kernel = new Counting(new AtomicIntegerArray(3), new ConcurrentHashMap<>());
        workers.run(kernel);
        workers.close();
        for (Thread thread : kernel.threads.keySet()) {
            if (thread != Thread.currentThread()) {
                assertThat(thread.isDaemon()).isTrue();
                assertThat(thread.join(java.time.Duration.ofSeconds(10))).isTrue();
            }
        }
        assertThatThrownBy(() -> workers.run(kernel))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> new Workers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }
}
