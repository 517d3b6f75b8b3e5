package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Progress;
import thimble.benchmarks.TrialKey;

class CompareProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void aLogIsToldOfTrialsOnceTuningIsOver() {
        PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
        Console log = new Console(stream, stream, false, Map.of());
        try (CompareProgress progress = new CompareProgress(new LiveLines(log, false), Metric.of("accuracy"))) {
            progress.on(new Progress.Planned(4, 2, 10, 0));
            progress.on(new Progress.Planned(4, 4, 10, 6));
        }
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .anySatisfy(line -> assertThat(line).startsWith("tuning").contains("2 of 4"))
                .last()
                .satisfies(line -> assertThat(line).startsWith("trials").contains("6 of 10"));
    }

    @Test
    void manyTrialsOfAMethodAreOneLine() {
        PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
        Console log = new Console(stream, stream, false, Map.of());
        try (CompareProgress progress = new CompareProgress(new LiveLines(log, true), Metric.of("accuracy"))) {
            for (int repeat = 1; repeat <= 6; repeat++) {
                progress.on(new Progress.Stepped(new TrialKey("none", 60, repeat), 100 + repeat, 500, 0.5));
            }
            assertThat(progress.text())
                    .hasSize(7)
                    .contains("now     none  n=60  repeat 1   step 101 of 500   loss 0.500")
                    .contains("        none  n=60  repeat 6   step 106 of 500   loss 0.500");
            progress.on(new Progress.Started(new TrialKey("l2", 60, 1), false));
            assertThat(progress.text())
                    .hasSize(3)
                    .contains("now     none  n=60  6 repeats   step 101 of 500")
                    .contains("        l2  n=60  1 repeats");
        }
    }
}
