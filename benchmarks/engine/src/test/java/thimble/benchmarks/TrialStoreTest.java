package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStoreTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private final Comparison comparison = Examples.comparison("none,dropout", List.of(6, 12), 2, 0);

    @BeforeEach
    void name() {
        folder = temporary.resolve("results");
    }

    @Test
    void linesSurviveAndATornOneIsCut() throws IOException {
        try (TrialStore store = Examples.store(folder, comparison)) {
            store.append(trial(1));
            store.append(trial(2));
        }
        Files.writeString(folder.resolve("trials.jsonl"), "{\"schema\":1,\"data", StandardOpenOption.APPEND);
        try (TrialStore store = TrialStore.resume(folder, Examples.config(comparison))) {
            assertThat(store.finished()).containsOnlyKeys(trial(1).key(), trial(2).key());
            store.append(trial(3));
        }
        assertThat(TrialStore.trials(folder)).containsExactly(trial(1), trial(2), trial(3));
    }

    @Test
    void damageInTheMiddleNamesFileAndLine() throws IOException {
        try (TrialStore store = Examples.store(folder, comparison)) {
            store.append(trial(1));
        }
        Files.writeString(folder.resolve("trials.jsonl"), "oops\n" + trial(2).line() + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> TrialStore.trials(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("trials.jsonl:2] expected a line of results");
    }

    @Test
    void resultsAreNotOverwrittenWithoutForce() {
        try (TrialStore store = Examples.store(folder, comparison)) {
            store.append(trial(1));
        }
        assertThatThrownBy(() -> Examples.store(folder, comparison))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already holds config.json, trials.jsonl, tuning.jsonl; go on with --resume");
        try (TrialStore store = TrialStore.create(folder, Examples.config(comparison), true)) {
            assertThat(store.finished()).isEmpty();
        }
    }

    @Test
    void forceLeavesOtherFilesAlone() throws IOException {
        Examples.store(folder, comparison).close();
        Files.writeString(folder.resolve("notes.txt"), "mine");
        TrialStore.create(folder, Examples.config(comparison), true).close();
        assertThat(folder.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aSecondUserIsKeptOut() {
        try (TrialStore first = Examples.store(folder, comparison)) {
            assertThat(first.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> TrialStore.resume(folder, Examples.config(comparison)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another process");
        }
        TrialStore.resume(folder, Examples.config(comparison)).close();
    }

    @Test
    void resumeRefusesAnotherComparisonAndNamesTheDifference() {
        Examples.store(folder, comparison).close();
        Comparison other = Examples.comparison("none,dropout", List.of(6, 12), 3, 0);
        assertThatThrownBy(() -> TrialStore.resume(folder, Examples.config(other)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("repeats is 2 there and 3 here");
        assertThatThrownBy(() -> TrialStore.resume(temporary.resolve("empty"), Examples.config(comparison)))
                .hasMessageContaining("nothing to resume");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatThrownBy(() -> Examples.store(file.resolve("results"), comparison))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot write " + file.resolve("results"));
    }

    @Test
    void aFullDiskIsSaid() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs the device /dev/full of Linux");
        Files.createDirectories(folder);
        try (Journal journal = Journal.open(full)) {
            assertThatThrownBy(() -> journal.append("line"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot write /dev/full: ");
        }
    }

    @Test
    void wholeFilesAppearAtOnce() throws IOException {
        try (TrialStore store = Examples.store(folder, comparison)) {
            store.write("summary.json", "{}");
            store.write("summary.json", "{\"a\":1}");
        }
        assertThat(folder.resolve("summary.json")).hasContent("{\"a\":1}");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".part")))
                    .isEmpty();
        }
    }

    private static Trial trial(int repeat) {
        return new Trial(
                "toy",
                "mlp",
                "none",
                6,
                repeat,
                repeat,
                "reference",
                "accuracy",
                Map.of("lr", "0.001"),
                10,
                Map.of("accuracy", 0.5),
                Map.of("accuracy", 1.0),
                0.25,
                Optional.empty());
    }
}
