package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers are declared in module descriptors and in META-INF/services, and each jar brings its own. */
class ProvidersIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    /** The GPU backend is found whether or not there is a device. */
    private static final String GPU = "backend gpu|unusable gpu .*";

    @TempDir
    Path jars;

    /** Where a JVM looks for classes. */
    enum Place {
        MODULE_PATH,
        CLASS_PATH
    }

    @BeforeEach
    void copyJars() throws IOException {
        for (Path folder : List.of(TARGET.resolve("lib"), TARGET.resolve("backends"), TARGET)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    Files.copy(file, jars.resolve(file.getFileName()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJarBringsItsProvidersAndTakesThemAway(Place place) throws Exception {
        List<String> all = found(place);
        assertThat(all)
                .contains("backend cpu", "backend reference", "regularizer spectreg", "augmenter affine")
                .contains("learner ntk", "ensemble bagging", "features pca")
                .noneMatch(line -> line.startsWith("unusable") && !line.startsWith("unusable gpu no OpenCL"))
                .anyMatch(line -> line.matches(GPU));

        assertThat(without("backend-vector-cpu", place)).isEqualTo(except(all, "backend cpu"));
        assertThat(without("backend-tornado-gpu", place))
                .isEqualTo(all.stream().filter(line -> !line.matches(GPU)).toList());
        assertThat(without("regularizers", place)).isEqualTo(except(all, "regularizer "));
        assertThat(without("augmenters", place)).isEqualTo(except(all, "augmenter "));
        assertThat(found(place)).isEqualTo(all);
    }

    @ParameterizedTest
    @EnumSource
    void bothDeclarationsNameTheSame(Place place) throws Exception {
        assertThat(found(place)).isEqualTo(found(Place.MODULE_PATH));
    }

    /** What is found while one module's jar is away. */
    private List<String> without(String module, Place place) throws Exception {
        Path jar = jars.resolve("thimble-" + module + "-0.1.0.jar");
        Path away = jars.resolve("away");
        Files.move(jar, away);
        List<String> found = found(place);
        Files.move(away, jar);
        return found;
    }

    private static List<String> except(List<String> lines, String start) {
        List<String> rest =
                lines.stream().filter(line -> !line.startsWith(start)).toList();
        assertThat(rest).hasSizeLessThan(lines.size());
        return rest;
    }

    private List<String> found(Place place) throws Exception {
        String tests = TARGET.resolve("test-classes").toString();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                switch (place) {
                    case MODULE_PATH ->
                        List.of(
                                "-p",
                                jars.toString(),
                                "--patch-module",
                                "thimble.cli=" + tests,
                                "-m",
                                "thimble.cli/" + FoundProviders.class.getName());
                    case CLASS_PATH ->
                        List.of(
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                jars + File.separator + "*" + File.pathSeparator + tests,
                                FoundProviders.class.getName());
                });
        Path error = jars.resolve("error.txt");
        Process process =
                new ProcessBuilder(command).redirectError(error.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Files.readString(error)).isZero();
        return out.lines().toList();
    }
}
