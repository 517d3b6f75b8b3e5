package thimble.cli;

import java.util.List;
import thimble.benchmarks.speed.SpeedListener;

/** A bar with what is measured now. It moves between measurements alone, so that it disturbs none. */
final class BenchProgress implements SpeedListener, AutoCloseable {
    private static final int BAR = 26;

    private final LiveLines lines;
    private final long start = System.nanoTime();

    BenchProgress(Console console, boolean quiet) {
        this.lines = new LiveLines(console, quiet);
    }

    @Override
    public void measuring(int done, int planned, String next) {
        double share = planned == 0 ? 1 : (double) done / planned;
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        lines.update(
                share,
                () -> List.of(lines.bar(share, BAR)
                        + "  %d of %d  %s  %s".formatted(done, planned, LiveLines.time(seconds), next)));
    }

    @Override
    public void close() {
        lines.close();
    }
}
