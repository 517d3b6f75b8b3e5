package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import thimble.backend.vector.launch.Chunks;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.launch.Workers;
import thimble.tensor.Window;

/**
 * The same bits at every vector width, interpreted or compiled, with any number of threads, cold or warm; and nothing
 * allocated.
 */
class BitsTest {
    /** Runs between two looks at the counter. */
    private static final int RUNS = 1000;

    /** How long a busy machine may take to compile one kernel. */
    private static final long PATIENCE = 60_000_000_000L;

    @Test
    void widthsAndTheInterpreterAgree() throws IOException, InterruptedException, URISyntaxException {
        String here = String.valueOf(new BitsProgram().checksum(new Workers(1)));
        List<Process> others = new ArrayList<>();
        for (String option : new String[] {
            "-Dthimble.vector.bits=128",
            "-Dthimble.vector.bits=256",
            "-Dthimble.vector.bits=512",
            "-Dthimble.vector.checked=true",
            "-Xint"
        }) {
            others.add(fork(option));
        }
        for (Process other : others) {
            String output = new String(other.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).as("%s", other.info()).isEqualTo(here);
        }
    }

    @Test
    void threadsAgree() {
        var program = new BitsProgram();
        long one = program.checksum(new Workers(1));
        for (int threads : new int[] {2, 4, 8}) {
            try (var workers = new Workers(threads)) {
                assertThat(program.checksum(workers)).as("%d threads", threads).isEqualTo(one);
            }
        }
    }

    @Test
    void warmKernelsGiveColdBitsAndAllocateNothing() {
        var program = new BitsProgram();
        long cold = program.checksum(new Workers(1));
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        for (Kernel kernel : program.kernels()) {
            long end = System.nanoTime() + PATIENCE;
            long bytes = Long.MAX_VALUE;
            while (bytes > 0 && System.nanoTime() < end) {
                long before = bean.getThreadAllocatedBytes(thread);
                for (int i = 0; i < RUNS; i++) {
                    Chunks.run(kernel);
                }
                bytes = bean.getThreadAllocatedBytes(thread) - before;
            }
            assertThat(bytes)
                    .as("bytes of %d runs of a warm %s", RUNS, kernel.getClass())
                    .isZero();
        }
        assertThat(program.checksum(new Workers(1))).isEqualTo(cold);
    }

    private static Process fork(String option) throws IOException, URISyntaxException {
        String path = root(BitsProgram.class)
                + File.pathSeparator
                + root(Kernel.class)
                + File.pathSeparator
                + Path.of(Window.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        option,
                        "-cp",
                        path,
                        BitsProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The folder that holds the package of a class. */
    private static Path root(Class<?> type) throws URISyntaxException {
        Path folder = Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
        for (int part = type.getName().split("\\.").length; part > 0; part--) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }
}
