package thimble.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import thimble.benchmarks.ProgressListener;
import thimble.benchmarks.reproduction.ExperimentListener;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Study;

/** Shows an experiment while it runs: a line for each part, and below it what the part does now. */
final class ReproduceProgress implements ExperimentListener, AutoCloseable {
    private static final int BAR = 26;

    private final Console console;
    private final boolean quiet;
    private final long start = System.nanoTime();
    private Optional<CompareProgress> trials = Optional.empty();
    private Optional<LiveLines> runs = Optional.empty();

    ReproduceProgress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public ProgressListener study(Study study, Size size, int number, int parts) {
        close();
        String examples = size.examples() == Size.ALL ? "all" : String.format(Locale.ROOT, "%,d", size.examples());
        say(number, parts, study.title() + ", " + examples + " samples");
        CompareProgress progress = new CompareProgress(
                new LiveLines(console, quiet), study.conditions().metric());
        trials = Optional.of(progress);
        return progress;
    }

    @Override
    public void measured(Measurement measurement, int done, int planned, int number, int parts) {
        if (runs.isEmpty()) {
            close();
            say(number, parts, measurement.title());
            runs = Optional.of(new LiveLines(console, quiet));
        }
        LiveLines lines = runs.get();
        double share = planned == 0 ? 1 : (double) done / planned;
        lines.update(
                share, () -> List.of("runs    " + lines.bar(share, BAR) + "  %,d of %,d".formatted(done, planned)));
    }

    @Override
    public void finished(Part part) {
        close();
    }

    private void say(int number, int parts, String what) {
        if (!quiet) {
            long seconds = (System.nanoTime() - start) / 1_000_000_000L;
            console.err()
                    .println(console.bold("part %d of %d".formatted(number, parts)) + "  " + LiveLines.time(seconds)
                            + "  " + what);
        }
    }

    @Override
    public void close() {
        trials.ifPresent(CompareProgress::close);
        runs.ifPresent(LiveLines::close);
        trials = Optional.empty();
        runs = Optional.empty();
    }
}
