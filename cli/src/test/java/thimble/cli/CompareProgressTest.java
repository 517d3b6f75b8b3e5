package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Progress;

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
}
