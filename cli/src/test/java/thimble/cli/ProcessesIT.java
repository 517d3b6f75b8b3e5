package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DatasetSource;

/** The program in JVMs of its own: killed, interrupted, and twice at once on one folder. */
class ProcessesIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int TRIALS = 18;
    private static final String PLAINLY = "exec \"$0\" \"$@\"";

    @TempDir
    private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void signals() {
        assumeFalse(
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"),
                "needs the signals of a POSIX system");
    }

    /** A shell without job control starts what it puts into the background with interrupts ignored, and children keep that. */
    private static void assumeInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        assumeFalse(ignored, "needs interrupts (SIGINT), which this process was started to ignore");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledComparisonLosesOnlyWhatWasRunning() throws Exception {
        List<String> whole = trialsOf(ended(comparison("whole"), 0));
        Process process = comparison("killed");
        waitForTrials("killed", 3, process);
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue()).isNotZero();
        List<String> kept = trials("killed");
        assertThat(kept).hasSizeBetween(3, TRIALS - 1);

        ended(comparison("killed", "--resume"), 0);
        List<String> resumed = trials("killed");
        assertThat(resumed.subList(0, kept.size()))
                .as("finished trials are not run again")
                .isEqualTo(kept);
        assertThat(resumed).isEqualTo(whole);
        assertThat(folder.resolve("killed/report.html")).isNotEmptyFile();
    }

    @Test
    void anInterruptedComparisonSaysSoAndGoesOnAsIfNothingWas() throws Exception {
        assumeInterrupts();
        List<String> whole = trialsOf(ended(comparison("whole"), 0));
        Process process = comparison("stopped");
        waitForTrials("stopped", 3, process);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        ended(process, ExitCode.INTERRUPTED);
        assertThat(Files.readString(folder.resolve("stopped.err")))
                .contains("trials are saved in", "--resume goes on")
                .doesNotContain("fault of the program");
        assertThat(trials("stopped")).hasSizeBetween(3, TRIALS - 1);
        assertThat(folder.resolve("stopped/summary.json")).isNotEmptyFile();

        ended(comparison("stopped", "--resume"), 0);
        assertThat(trials("stopped")).isEqualTo(whole);
    }

    @Test
    void anInterruptedTrainingGoesOnToTheSameBytes() throws Exception {
        assumeInterrupts();
        ended(training("whole.model"), 0);
        Process process = training("stopped.model");
        waitUntil(process, () -> Files.exists(folder.resolve("stopped.model.checkpoint")));
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        ended(process, ExitCode.INTERRUPTED);
        assertThat(Files.readString(folder.resolve("stopped.model.err"))).contains("--resume goes on");
        assertThat(folder.resolve("stopped.model")).doesNotExist();

        ended(training("stopped.model", "--resume"), 0);
        assertThat(folder.resolve("stopped.model")).hasSameBinaryContentAs(folder.resolve("whole.model"));
        assertThat(folder.resolve("stopped.model.checkpoint")).doesNotExist();
    }

    @Test
    void aDiskThatFillsKeepsWhatIsStored() throws Exception {
        List<String> whole = trialsOf(ended(comparison("whole"), 0));
        ended(start("full", "ulimit -f 5; exec \"$0\" \"$@\"", comparing("full")), ExitCode.FAILED);
        Path journal = folder.resolve("full/trials.jsonl");
        assertThat(Files.readString(folder.resolve("full.err")))
                .contains("[results] cannot write " + journal)
                .doesNotContain("fault of the program");
        assertThat(Files.readString(journal)).as("whole lines").endsWith("}\n");
        List<String> kept = trials("full");
        assertThat(kept).hasSizeBetween(3, TRIALS - 1);

        ended(comparison("full", "--resume"), 0);
        assertThat(trials("full")).isEqualTo(whole);
    }

    @Test
    void aDiskThatFillsDuringADownloadKeepsWhatIsThere() throws Exception {
        byte[] content = new byte[300_000];
        new SplittableRandom(1).nextBytes(content);
        Path services = Files.createDirectories(folder.resolve("provider/META-INF/services"));
        Files.writeString(services.resolve(DatasetSource.class.getName()), ServedData.class.getName());
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, content));
            Path data = folder.resolve("data/" + ServedData.NAME);
            List<String> java = fetching(server.getLocalPort(), content);
            List<String> fetch = List.of(
                    "datasets",
                    "fetch",
                    ServedData.NAME,
                    "--data-dir",
                    data.getParent().toString());
            ended(start("full", "ulimit -f 200; " + PLAINLY, java, fetch), ExitCode.FAILED);
            Path part = data.resolve(ServedData.FILE + ".part");
            assertThat(Files.readString(folder.resolve("full.err")))
                    .contains(
                            part + ": expected to write the download", "free some space, then the same command goes on")
                    .doesNotContain("fault of the program");
            assertThat(data.toFile().list()).containsExactly(ServedData.FILE + ".part");
            byte[] kept = Files.readAllBytes(part);
            assertThat(kept).isEqualTo(Arrays.copyOf(content, kept.length)).hasSizeBetween(1, content.length - 1);

            ended(start("space", PLAINLY, java, fetch), 0);
            assertThat(data.resolve(ServedData.FILE)).hasBinaryContent(content);
            assertThat(data.toFile().list()).containsExactly(ServedData.FILE);
        }
    }

    /** Answers every request with the content, until the socket is closed. */
    private static void serve(ServerSocket server, byte[] content) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\nConnection: close\r\n\r\n";
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                request.lines().takeWhile(line -> !line.isEmpty()).forEach(_ -> {});
                socket.getOutputStream().write(head.getBytes(UTF_8));
                socket.getOutputStream().write(content);
            } catch (IOException | UncheckedIOException _) {
                continue; // the program went away in the middle of an answer, or the test is over
            }
        }
    }

    /** The program on the class path, with one more data set. */
    private List<String> fetching(int port, byte[] content) throws Exception {
        String path = String.join(
                File.pathSeparator,
                folder.resolve("provider").toString(),
                TARGET.resolve("test-classes").toString(),
                TARGET.resolve("thimble-cli-0.1.0.jar").toString(),
                TARGET.resolve("lib") + File.separator + "*",
                TARGET.resolve("backends") + File.separator + "*");
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return List.of(
                "-Dserved.address=http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/"
                        + ServedData.FILE,
                "-Dserved.bytes=" + content.length,
                "-Dserved.sha256=" + sha256,
                "-cp",
                path,
                Main.class.getName());
    }

    @Test
    void aFolderInUseByAnotherProcessIsRefused() throws Exception {
        Path results = Files.createDirectory(folder.resolve("shared"));
        Path lock = results.resolve(".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            ended(comparison("shared"), ExitCode.FAILED);
        }
        assertThat(Files.readString(folder.resolve("shared.err")))
                .contains("is in use by another process; wait for it, or choose another --out");
        assertThat(results.toFile().list()).containsExactly(".lock");
    }

    private Process comparison(String name, String... more) throws IOException {
        return start(name, PLAINLY, comparing(name, more));
    }

    private List<String> comparing(String name, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "compare",
                "--backend",
                "reference",
                "--data",
                table().toString(),
                "--test",
                "0.25",
                "--methods",
                "none,gaussian-noise:sigma=0.2,l2",
                "--sizes",
                "10,20",
                "--repeats",
                "3",
                "--model",
                "linear",
                "--steps",
                "600",
                "--threads",
                "1",
                "--quiet",
                "--out",
                folder.resolve(name).toString()));
        args.addAll(List.of(more));
        return args;
    }

    private Process training(String name, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--backend",
                "reference",
                "--data",
                table().toString(),
                "--model",
                "linear",
                "--steps",
                "12000",
                "--quiet",
                "--out",
                folder.resolve(name).toString()));
        args.addAll(List.of(more));
        return start(name, PLAINLY, args);
    }

    private Path table() throws IOException {
        StringBuilder rows = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 7).append(',').append(i % 5).append(i % 2 == 0 ? ",odd\n" : ",even\n");
        }
        return Files.writeString(folder.resolve("table.csv"), rows);
    }

    /** Starts the program from a shell, whose script gets the command as its arguments. */
    private Process start(String name, String script, List<String> args) throws IOException {
        String path = String.join(
                File.pathSeparator,
                TARGET.resolve("thimble-cli-0.1.0.jar").toString(),
                TARGET.resolve("lib").toString(),
                TARGET.resolve("backends").toString());
        return start(name, script, List.of("-p", path, "-m", "thimble.cli/thimble.cli.Main"), args);
    }

    private Process start(String name, String script, List<String> java, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                script,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData"));
        command.addAll(java);
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Process ended(Process process, int exit) throws Exception {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        assertThat(process.exitValue()).as(errors()).isEqualTo(exit);
        return process;
    }

    private String errors() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.newDirectoryStream(folder, "*.err")) {
            for (Path file : files) {
                text.append(Files.readString(file, UTF_8));
            }
        }
        return text.toString();
    }

    private void waitForTrials(String name, int count, Process process) throws Exception {
        waitUntil(process, () -> trials(name).size() >= count);
    }

    private static void waitUntil(Process process, Question question) throws Exception {
        while (!question.yes()) {
            assertThat(process.isAlive()).as("still running").isTrue();
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private List<String> trialsOf(Process ended) throws IOException {
        assertThat(ended.isAlive()).isFalse();
        List<String> lines = trials("whole");
        assertThat(lines).hasSize(TRIALS);
        return lines;
    }

    /** Lines of results without the time they took. */
    private List<String> trials(String name) throws IOException {
        Path file = folder.resolve(name).resolve("trials.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.replaceAll("\"seconds\":[^,}]*", ""))
                .toList();
    }

    @FunctionalInterface
    private interface Question {
        boolean yes() throws IOException;
    }
}
