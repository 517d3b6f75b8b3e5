package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final String[] QUICK = {"bench", "--quick", "--quiet", "--backend", "reference", "product 64x64x64"};

    @Test
    void theTableSaysHowFastItIs() {
        Invocation run = Invocation.of(QUICK);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("multiply-adds in registers", "64x64x64", "of peak")
                .doesNotContain("methods");
    }

    @Test
    void jsonForMachines() throws IOException {
        Invocation run = Invocation.of("bench", "--quick", "--json", "--backend", "reference", "64x64x64", "b32 none");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("reference", "of 2");
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.fieldNames()).toIterable().containsExactly("fmaPeakGflops", "triadGBps", "kernels", "steps");
        assertThat(json.at("/kernels/0/gflops").asDouble()).isPositive();
        assertThat(json.at("/steps/0/model").asText()).isEqualTo("mlp:hidden=256");
        assertThat(json.at("/steps/0/threads").asInt()).isEqualTo(1);
    }

    @Test
    void theGuardEndsWithAnExitCodeOfItsOwn() {
        String[] guarded = new String[QUICK.length + 1];
        System.arraycopy(QUICK, 0, guarded, 0, QUICK.length);
        guarded[QUICK.length] = "--guard";
        Invocation run = Invocation.of(guarded);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("guard: product 64x64x64 on 1 thread: allocates");
        assertThat(run.out()).contains("allocates");
    }

    @Test
    void theListFollowsTheWords() {
        Invocation list = Invocation.of("bench", "--list");
        assertThat(list.exit()).isZero();
        assertThat(list.out())
                .contains(
                        "kernels product 1024x1024x1024\n", "steps lenet5 b64 none\n", "steps resnet20 b64 spectreg\n");
        Invocation some = Invocation.of("bench", "--list", "CONV", "resnet");
        assertThat(some.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("kernels conv") || line.startsWith("steps resnet20"));
    }

    @Test
    void threadsOfTheBackendAreTakenAtTheirWord() throws IOException {
        Invocation run = Invocation.of(
                "bench", "--quick", "--quiet", "--json", "--backend", "cpu:threads=3", "product 512x512x512");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode kernels = new ObjectMapper().readTree(run.out()).get("kernels");
        assertThat(kernels).hasSize(1);
        assertThat(kernels.at("/0/threads").asInt()).isEqualTo(3);
    }
}
