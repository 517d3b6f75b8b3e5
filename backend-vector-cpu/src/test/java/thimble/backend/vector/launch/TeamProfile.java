package thimble.backend.vector.launch;

import java.util.Locale;

/**
 * What it costs to hand a kernel to a team and to wait for it: the shortest nanoseconds of thousands of turns, after warm-up, of a kernel that does
 * nothing. Run by hand: {@code java -cp … thimble.backend.vector.launch.TeamProfile [threads]}.
 */
final class TeamProfile {
    private static final int ROUNDS = 3000;
    private static final int TURNS = 1000;

    private TeamProfile() {}

    /** Argument: threads, 2 if there is none. */
    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        Kernel nothing = new Kernel() {
            @Override
            public int chunks() {
                return threads;
            }

            @Override
            public void run(int chunk) {}
        };
        long shortest = Long.MAX_VALUE;
        try (Workers team = new Workers(threads)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int turn = 0; turn < TURNS; turn++) {
                    team.run(nothing);
                }
                long time = System.nanoTime() - start;
                if (round >= ROUNDS / 2) {
                    shortest = Math.min(shortest, time);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%d threads: %.0f ns%n", threads, (double) shortest / TURNS);
    }
}
