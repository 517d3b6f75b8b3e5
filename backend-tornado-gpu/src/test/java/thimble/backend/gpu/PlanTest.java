package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Graph;
import thimble.backend.gpu.device.Kernel;

/** The launches of whole training steps, one line each. */
class PlanTest {
    private static Graph graph(String name) {
        return ConformanceCases.all().stream()
                .filter(one -> one.name().equals(name))
                .map(ConformanceCase::programs)
                .findFirst()
                .orElseThrow()
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "lenet", "spectreg", "datagrad", "embedding"})
    void launches(String name) {
        String plan = new KernelPlan(graph(name + ", batch 10"), false).text();
        assertThat(plan).isEqualTo(golden(name + ".txt", plan));
    }

    @Test
    void launchesThroughTiles() {
        String plan = new KernelPlan(graph("lenet, batch 50"), true).text();
        assertThat(plan).isEqualTo(golden("lenet-tiles.txt", plan));
    }

    @ParameterizedTest
    @CsvSource({"10,false", "10,true", "50,true"})
    void thePlainLenetStepHasFewLaunchesAndKernels(int batch, boolean tiles) {
        KernelPlan plan = new KernelPlan(graph("lenet, batch " + batch), tiles);
        assertThat(plan.launches()).hasSizeLessThanOrEqualTo(30);
        assertThat(plan.kernels()).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void equalStructuresOfOtherSizesShareTheirKernels() {
        assertThat(fused("lenet, batch 50")).isEqualTo(fused("lenet, batch 10")).isNotEmpty();
    }

    private static Set<Kernel> fused(String name) {
        return new KernelPlan(graph(name), false)
                .kernels().stream()
                        .filter(kernel -> kernel.name().startsWith("thimble_fused_"))
                        .collect(Collectors.toSet());
    }

    private static String golden(String name, String actual) {
        if (System.getProperty("golden", "").equals("write")) {
            try {
                Path folder = Files.createDirectories(Path.of("src", "test", "resources", "plans"));
                Files.writeString(folder.resolve(name), actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return actual;
        }
        try (InputStream in = PlanTest.class.getResourceAsStream("/plans/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
