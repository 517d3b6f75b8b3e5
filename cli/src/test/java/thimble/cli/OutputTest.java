package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results and models that cannot be written. */
class OutputTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder = Path.of("");

    private Path table = Path.of("");

    @BeforeEach
    void write() throws IOException {
        table = Files.writeString(folder.resolve("fruit.csv"), "width,kind\n" + "1,cherry\n9,melon\n".repeat(20));
    }

    @Test
    void aFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Invocation run = compare(file.resolve("results"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("[results] cannot write " + file.resolve("results"))
                .hasLineCount(1);
        assertThat(file).hasContent("mine");
        assertThat(compare(file).err())
                .contains("[results] cannot write " + file)
                .hasLineCount(1);
    }

    @Test
    void aFolderThatMayNotBeWritten() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        assumeTrue(
                results.toFile().setWritable(false) && !Files.isWritable(results),
                "needs a user whom permissions bind, so not root");
        Invocation run = compare(results);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("[results] cannot write " + results).hasLineCount(1);
    }

    @Test
    void modelsThatCannotBeWrittenAreSaidBeforeTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        for (Path model : List.of(file.resolve("fruit.model"), folder.resolve("none/fruit.model"))) {
            Invocation run = Invocation.of(
                    "train", "--backend", "reference", "--data", table.toString(), "--out", model.toString());
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .contains("[--out] expected a file in a folder that can be written but received " + model)
                    .hasLineCount(1);
        }
    }

    @Test
    void aDiskThatFillsWhileTheSummaryIsWrittenLeavesTheOldOne() throws IOException {
        Path results = folder.resolve("results");
        String[] done = finished(results);
        byte[] before = Files.readAllBytes(results.resolve("summary.json"));
        full(results.resolve("summary.json.part"));
        Invocation run = compare(results, "--resume");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("[results] cannot write " + results.resolve("summary.json"))
                .hasLineCount(1);
        assertThat(results.resolve("summary.json")).hasBinaryContent(before);
        assertThat(lines(results)).containsExactly(done);
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(Path::toString).filter(name -> name.endsWith(".part")))
                    .as("half-written")
                    .isEmpty();
        }
        assertThat(compare(results, "--resume").exit()).isZero();
    }

    private static void full(Path link) throws IOException {
        assumeTrue(Files.exists(FULL), "needs the device /dev/full of Linux");
        Files.createSymbolicLink(link, FULL);
    }

    private String[] finished(Path results) throws IOException {
        Invocation run = compare(results);
        assertThat(run.exit()).as(run.err()).isZero();
        return lines(results).toArray(String[]::new);
    }

    private static List<String> lines(Path results) throws IOException {
        return Files.readAllLines(results.resolve("trials.jsonl"));
    }

    private Invocation compare(Path results, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--data",
                table.toString(),
                "--test",
                "0.25",
                "--methods",
                "none,l2",
                "--sizes",
                "10",
                "--repeats",
                "2",
                "--steps",
                "4",
                "--threads",
                "1",
                "--out",
                results.toString()));
        args.addAll(Arrays.asList(more));
        return Invocation.comparison(args.toArray(String[]::new));
    }
}
