package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Environment;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.ProgressListener;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.ExperimentListener;
import thimble.benchmarks.reproduction.ExperimentRun;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Reproduction;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.Workplace;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.datasets.Catalogue;

class ReproduceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    /** Two arms on the embedded glyphs. */
    private record Glyphs() implements Experiment {
        @Override
        public String name() {
            return "glyphs-l2";
        }

        @Override
        public String letter() {
            return "z";
        }

        @Override
        public String title() {
            return "L2 on glyphs";
        }

        @Override
        public String source() {
            return "nobody";
        }

        @Override
        public String differences() {
            return "None.";
        }

        @Override
        public Duration expected(Form form) {
            return Duration.ofSeconds(1);
        }

        @Override
        public List<Part> parts(Form form) {
            return List.of(Study.of(
                            "linear",
                            "Does L2 help?",
                            Conditions.of("glyphs", "linear").steps(4))
                    .arms("none", "l2:lambda=1e-3")
                    .sizes(2, 40)
                    .check(Gain.atLeast("l2 − none", "l2:lambda=1e-3", "none", 40, 0))
                    .drawn());
        }
    }

    private Console console() {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of());
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(console(), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private ExperimentRun glyphs() {
        ReferenceBackend backend = new ReferenceBackend();
        return new ExperimentRun(
                new Glyphs(),
                new Workplace(
                        folder.resolve("results"),
                        name -> Catalogue.installed().source(name).load(List.of()),
                        new NetworkTrials(backend),
                        backend,
                        new Environment("thimble", "0.1.0", "reference", "", "JDK", "test", "2026-11-21T10:02:00Z"),
                        1,
                        1,
                        Form.QUICK));
    }

    @Test
    void withoutANameTheExperimentsAreListed() {
        assertThat(run("reproduce")).isZero();
        assertThat(out()).contains("mnist-gradient-tables").contains("1 h 20 min");
        assertThat(run("reproduce", "--json")).isZero();
        assertThat(out()).contains("\"letter\" : \"a\"").contains("\"secondsQuick\"");
    }

    @Test
    void unknownNamesSuggestTheNearest() {
        assertThat(run("reproduce", "mnist-gradient-tabels")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean 'mnist-gradient-tables'?");
    }

    @Test
    void anInterruptedExperimentGoesOnAndReplacesItsSection() throws IOException {
        AtomicInteger finished = new AtomicInteger();
        ExperimentListener counting = new ExperimentListener() {
            @Override
            public ProgressListener study(Study study, Size size, int number, int parts) {
                return event -> {
                    if (event instanceof thimble.benchmarks.Progress.Finished) {
                        finished.incrementAndGet();
                    }
                };
            }
        };
        Path document = folder.resolve("docs/reproductions.md");
        Reproduction stopped = glyphs().run(counting, () -> finished.get() >= 1);
        new ReproduceResult(console(), stopped).write(folder.resolve("results"), document);
        assertThat(stopped.complete()).isFalse();
        assertThat(Files.readString(document)).contains("not complete: ").contains("A quick run");

        Reproduction whole = glyphs().run(counting, () -> false);
        assertThat(finished).hasValue(4);
        Files.writeString(document, Files.readString(document) + "\nmine\n");
        ReproduceResult result = new ReproduceResult(console(), whole);
        result.write(folder.resolve("results"), document);
        assertThat(Files.readString(document))
                .containsOnlyOnce("## z. L2 on glyphs")
                .doesNotContain("not complete")
                .endsWith("\nmine\n");
        assertThat(folder.resolve("docs/reproductions/glyphs-l2-linear.svg")).isNotEmptyFile();
        assertThat(Files.readString(folder.resolve("results/reproduction.json")))
                .contains("\"complete\" : true");

        result.print(false);
        assertThat(out())
                .contains("L2 on glyphs", "Does L2 help?", "95 % interval", "l2 − none", "claimed: at least +0")
                .contains("thimble reproduce glyphs-l2 --quick");
    }
}
