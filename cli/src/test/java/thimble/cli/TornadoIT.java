package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with TornadoVM where it is installed: the same kernels on the same device give the same bits as without it. */
class TornadoIT {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void installed() {
        String sdk = System.getenv("TORNADOVM_HOME");
        assumeTrue(
                sdk != null && Files.isDirectory(Path.of(sdk, "share", "java", "tornado")),
                "needs TornadoVM for JDK 25: name the folder of its SDK in TORNADOVM_HOME");
    }

    @Test
    void trainsToTheBitsOfTheDriverAlone() throws Exception {
        assertThat(run("backends")).contains("(TornadoVM, OpenCL)").doesNotContain("not here");
        assertThat(trials("tornado")).isEqualTo(trials("opencl")).hasSize(3);
    }

    /** Method and qualities of each trial, as written. */
    private List<String> trials(String runtime) throws Exception {
        Path results = folder.resolve(runtime);
        run(
                "compare",
                "--quiet",
                "--backend=gpu:runtime=" + runtime,
                "--dataset=glyphs",
                "--model=lenet",
                "--methods=none,spectreg:lambda=1e-2,datagrad:lambda=1",
                "--sizes=60",
                "--repeats=1",
                "--steps=10",
                "--batch=20",
                "--out=" + results);
        return TrialLines.qualities(results);
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", Path.of("..", "thimble").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("THIMBLE_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
