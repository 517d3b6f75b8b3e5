package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.Backend;

/** A backend that fails in the middle of the program, with and without {@code --fallback}. */
class FallbackIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    /** What a run of the program left. */
    private record Ended(int code, String out, String error) {}

    @BeforeEach
    void providerAndData() throws IOException {
        Path services = Files.createDirectories(folder.resolve("provider/META-INF/services"));
        Files.writeString(services.resolve(Backend.class.getName()), FailingBackend.class.getName());
        StringBuilder rows = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 7).append(',').append(i % 5).append(i % 2 == 0 ? ",odd\n" : ",even\n");
        }
        Files.writeString(folder.resolve("table.csv"), rows);
    }

    @Test
    void trainingGoesOnWithTheFallbackAsIfItHadBegunThere() throws Exception {
        Ended cut = train("cut.model", "failing:steps=10", "--fallback", "reference");
        assertThat(cut.code()).as(cut.error()).isZero();
        assertThat(cut.error())
                .contains("the backend failed: " + FailingBackend.REASON + "; going on with reference: float64");
        assertThat(train("whole.model", "reference").code()).isZero();
        assertThat(folder.resolve("cut.model")).hasSameBinaryContentAs(folder.resolve("whole.model"));
        assertThat(folder.resolve("cut.model.checkpoint")).doesNotExist();
    }

    @Test
    void withoutAFallbackTrainingFailsAndSaysWhy() throws Exception {
        Ended cut = train("cut.model", "failing:steps=10");
        assertThat(cut.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cut.error()).contains(FailingBackend.REASON).doesNotContain("fault of the program");
        assertThat(folder.resolve("cut.model")).doesNotExist();
    }

    @Test
    void comparisonsGoOnWithTheFallback() throws Exception {
        Ended cut = run(
                "compare",
                "--data",
                folder.resolve("table.csv").toString(),
                "--model",
                "linear",
                "--test",
                "0.3",
                "--sizes",
                "20",
                "--repeats",
                "3",
                "--steps",
                "20",
                "--methods",
                "none,l2",
                "--threads",
                "1",
                "--backend",
                "failing:steps=50",
                "--fallback",
                "reference",
                "--out",
                folder.resolve("results").toString());
        assertThat(cut.code()).as(cut.error()).isZero();
        assertThat(cut.error()).contains("the backend failed: " + FailingBackend.REASON);
        List<String> trials = Files.readAllLines(folder.resolve("results/trials.jsonl"));
        assertThat(trials).hasSize(6).allMatch(line -> line.contains("\"ok\""));
        assertThat(trials).anyMatch(line -> line.contains("\"failing\""));
        assertThat(trials).anyMatch(line -> line.contains("\"reference\""));
    }

    private Ended train(String file, String backend, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--data",
                folder.resolve("table.csv").toString(),
                "--model",
                "linear",
                "--steps",
                "60",
                "--methods",
                "l2",
                "--backend",
                backend,
                "--out",
                folder.resolve(file).toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private Ended run(String... args) throws Exception {
        String path = String.join(
                File.pathSeparator,
                folder.resolve("provider").toString(),
                TARGET.resolve("test-classes").toString(),
                TARGET.resolve("thimble-cli-0.1.0.jar").toString(),
                TARGET.resolve("lib") + File.separator + "*",
                TARGET.resolve("backends") + File.separator + "*");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-cp", path, Main.class.getName()));
        command.addAll(List.of(args));
        Path error = folder.resolve("error.txt");
        Process process =
                new ProcessBuilder(command).redirectError(error.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(error));
    }
}
