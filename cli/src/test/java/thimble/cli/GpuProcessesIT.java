package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one device, with one empty cache of kernels between them. */
class GpuProcessesIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void eachComesToTheResultsOfOneAlone() throws Exception {
        GpuDevice.require();
        Process first = comparison("first");
        Process second = comparison("second");
        ended("first", first);
        ended("second", second);
        ended("alone", comparison("alone"));
        assertThat(TrialLines.qualities(folder.resolve("first")))
                .isEqualTo(TrialLines.qualities(folder.resolve("alone")))
                .hasSize(2);
        assertThat(TrialLines.qualities(folder.resolve("second")))
                .isEqualTo(TrialLines.qualities(folder.resolve("alone")));
        assertThat(folder.resolve("cache/thimble/kernels")).isNotEmptyDirectory();
    }

    private Process comparison(String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=thimble.backend.gpu,thimble.backend.vector",
                "-p",
                String.join(
                        File.pathSeparator,
                        TARGET.resolve("thimble-cli-0.1.0.jar").toString(),
                        TARGET.resolve("lib").toString(),
                        TARGET.resolve("backends").toString()),
                "-m",
                "thimble.cli/thimble.cli.Main",
                "compare",
                "--quiet",
                "--backend=gpu:runtime=opencl",
                "--dataset=glyphs",
                "--model=mlp:hidden=16",
                "--methods=none,l2:lambda=1e-3",
                "--sizes=60",
                "--repeats=1",
                "--steps=10",
                "--batch=20",
                "--out=" + folder.resolve(name));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("POCL_CACHE_DIR", folder.resolve("driver").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void ended(String name, Process process) throws Exception {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve(name + ".err")))
                .isZero();
    }
}
