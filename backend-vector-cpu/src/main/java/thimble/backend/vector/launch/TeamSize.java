package thimble.backend.vector.launch;

/**
 * How many of a team's threads a program runs on: one, two, four and so on up to all. How far threads help depends on the program, on the
 * processor and on what else runs there at the moment, so it is measured: now and then some runs take turns with half or twice as many threads,
 * and if these were faster in most turns the program stays with them. Results do not depend on it. For one caller at a time; allocates nothing.
 */
public final class TeamSize {
    /** Runs in a row with one number of threads; the first, for which sleeping threads may have to wake up, does not count. */
    private static final int RUNS = 4;

    private static final int TURNS = 5;
    private static final int WON = 4;
    private static final int FIRST_REST = 16;
    private static final int LONGEST_REST = 1_024;

    /** Nanoseconds from which a run on all threads is not compared: it gains from them, and turns with fewer would be felt. */
    private static final long LONG = 5_000_000;

    private final int threads;
    private final int last;
    private int level;
    private int rival;
    private boolean up;
    private int rest = FIRST_REST;
    private int left = FIRST_REST;
    private int run;
    private int won;
    private long present;
    private long other;

    /**
     * Begins with all threads or with one.
     *
     * @param threads of the team
     */
    public TeamSize(int threads, boolean all) {
        this.threads = threads;
        this.last = 32 - Integer.numberOfLeadingZeros(threads - 1);
        this.level = all ? last : 0;
    }

    /** Threads for the next run. */
    public int next() {
        return size(left > 0 || present() ? level : rival);
    }

    /** Takes note of how long the run took on {@link #next} threads. */
    public void took(long nanoseconds) {
        if (last == 0) {
            return;
        }
        if (left > 0) {
            if (--left == 0) {
                compare(nanoseconds);
            }
            return;
        }
        if (run % RUNS > 0) {
            if (present()) {
                present += nanoseconds;
            } else {
                other += nanoseconds;
            }
        }
        run++;
        if (run % (2 * RUNS) == 0) {
            won += other < present ? 1 : 0;
            present = 0;
            other = 0;
        }
        if (run == 2 * RUNS * TURNS) {
            decide();
        }
    }

    private void compare(long nanoseconds) {
        if (level == last && nanoseconds > LONG) {
            left = rest;
            return;
        }
        up = level == 0 || level < last && !up;
        rival = up ? level + 1 : level - 1;
        run = 0;
        won = 0;
    }

    private void decide() {
        boolean moves = won >= WON;
        level = moves ? rival : level;
        rest = moves ? FIRST_REST : Math.min(2 * rest, LONGEST_REST);
        left = rest;
    }

    private boolean present() {
        return run / RUNS % 2 == 0;
    }

    private int size(int at) {
        return Math.min(1 << at, threads);
    }
}
