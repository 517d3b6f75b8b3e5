package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.tensor.Tensor;

/** Twenty steps end in the same bytes of state, whatever the threads, the width of vectors, and how the code was compiled. */
class SameBitsTest {
    @Test
    void lenetWithThreadsColdAndWarm() {
        String cold = Steps.hash("lenet", 1, 0);
        assertThat(Steps.hash("lenet", 2, 20)).isEqualTo(cold);
        assertThat(Steps.hash("lenet", 4, 0)).isEqualTo(cold);
        assertThat(Steps.hash("lenet", 8, 0)).isEqualTo(cold);
    }

    @Test
    void lenetWithNarrowVectors() throws IOException, InterruptedException {
        String here = Steps.hash("lenet", 1, 0);
        assertThat(elsewhere(List.of("-Dthimble.vector.bits=256"), "lenet", "2", "0"))
                .isEqualTo(here);
        assertThat(elsewhere(List.of("-Dthimble.vector.bits=128"), "lenet", "1", "0"))
                .isEqualTo(here);
    }

    @Test
    void tinyNetInterpreted() throws IOException, InterruptedException {
        assertThat(elsewhere(List.of("-Xint"), "tiny", "1", "0")).isEqualTo(Steps.hash("tiny", 1, 3000));
    }

    @Test
    void plainLoopsInterpretedOrWarm() throws IOException, InterruptedException {
        String loops = "-Dthimble.cpu.plan=scalar";
        assertThat(elsewhere(List.of(loops, "-Xint"), "tiny", "1", "0"))
                .isEqualTo(elsewhere(List.of(loops), "tiny", "1", "3000"));
        assertThat(elsewhere(List.of(loops, "-XX:CompileThresholdScaling=0.1"), "allocation", "tiny"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "lenet"})
    void stepsAllocateNothingOnceCompiled(String network) throws IOException, InterruptedException {
        List<String> early =
                List.of("-XX:CompileThresholdScaling=0.1"); // what runs once a step is compiled within seconds
        assertThat(elsewhere(early, "allocation", network)).isEqualTo("0");
    }

    /** What {@link Steps} prints in a virtual machine of its own. */
    static String elsewhere(List<String> flags, String... arguments) throws IOException, InterruptedException {
        return elsewhere(flags, Steps.class, arguments);
    }

    /** What a program prints in a virtual machine of its own. */
    static String elsewhere(List<String> flags, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", classes(), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** Folders of this module's classes and tests, which may be one module here, and of the tensors. */
    private static String classes() {
        Path here = place(Steps.class);
        return String.join(
                File.pathSeparator,
                here.resolveSibling("classes").toString(),
                here.resolveSibling("test-classes").toString(),
                place(Tensor.class).toString());
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
