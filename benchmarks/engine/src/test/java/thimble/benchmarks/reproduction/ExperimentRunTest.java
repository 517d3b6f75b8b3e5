package thimble.benchmarks.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.benchmarks.AnalyticTrials;
import thimble.benchmarks.StoreException;

class ExperimentRunTest {
    /** 4 tuned pairs of arm and size (the forest has nothing to tune) with 2 candidates; 6 + 4 + 3 trials, as none is shared. */
    private static final int TRAININGS = 4 * 2 + 13;

    @TempDir
    Path folder;

    private final AnalyticTrials runner = new AnalyticTrials();
    private final AtomicInteger runs = new AtomicInteger();

    private ExperimentRun tiny() {
        return new ExperimentRun(new Fakes.Tiny(runs), Fakes.place(folder, runner, 2));
    }

    @Test
    void everyPartHasItsRows() {
        Reproduction found = tiny().run(ExperimentListener.NONE, () -> false);
        assertThat(found.complete()).isTrue();
        assertThat(found.parts()).extracting(PartResult::done).containsExactly(10, 6, 2);
        assertThat(found.parts()).extracting(PartResult::planned).containsExactly(10, 6, 2);
        Finding gain = found.parts().get(0).findings().getFirst();
        assertThat(gain.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(gain.ours().orElseThrow()).isBetween(1.5, 4.5);
        assertThat(found.parts().get(1).findings().getFirst().outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(found.parts().get(2).findings().getFirst().ours()).hasValue(1.5);
        assertThat(found.conclusions().getFirst().outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(found.conclusions().getFirst().ours().orElseThrow()).isNegative();
        assertThat(found.seconds()).isPositive();
        assertThat(found.count(Outcome.HOLDS)).isEqualTo(2);
    }

    @Test
    void armsUnderTheSameConditionsAreTrainedOnce() throws IOException {
        tiny().run(ExperimentListener.NONE, () -> false);
        assertThat(runner.runs).hasSize(TRAININGS);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        Reproduction first = tiny().run(ExperimentListener.NONE, () -> false);
        Reproduction second = tiny().run(ExperimentListener.NONE, () -> false);
        assertThat(runner.runs).hasSize(TRAININGS);
        assertThat(runs).hasValue(2);
        assertThat(second.findings()).isEqualTo(first.findings());
        assertThat(tiny().read().findings()).isEqualTo(first.findings());
    }

    @Test
    void aStoppedRunGoesOnToTheSameResult() {
        Reproduction stopped = tiny().run(ExperimentListener.NONE, () -> runner.runs.size() >= 12);
        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.parts().getLast().findings().getFirst().outcome()).isEqualTo(Outcome.OPEN);
        assertThat(runs).hasValue(0);
        Reproduction resumed = tiny().run(ExperimentListener.NONE, () -> false);
        assertThat(resumed.complete()).isTrue();

        Path apart = folder.resolve("apart");
        Reproduction whole = new ExperimentRun(
                        new Fakes.Tiny(new AtomicInteger()), Fakes.place(apart, new AnalyticTrials(), 1))
                .run(ExperimentListener.NONE, () -> false);
        assertThat(resumed.findings()).isEqualTo(whole.findings());
    }

    @Test
    void moreRepeatsAddToWhatIsThere() {
        Study few = Study.of("s", "?", Fakes.TOY).arms("none").sizes(2, 60);
        Study more = Study.of("s", "?", Fakes.TOY).arms("none", "spectreg").sizes(3, 60, 90);
        run(few);
        int before = runner.runs.size();
        assertThat(run(more).parts().getFirst().done()).isEqualTo(12);
        // 3 new pairs of arm and size to tune, and 12 trials of which 2 were there
        assertThat(runner.runs).hasSize(before + 3 * 2 + 10);
        assertThat(run(few).parts().getFirst().done()).isEqualTo(2);
    }

    private Reproduction run(Study study) {
        return new ExperimentRun(new Fakes.Tiny(runs, List.of(study)), Fakes.place(folder, runner, 2))
                .run(ExperimentListener.NONE, () -> false);
    }

    @Test
    void faultsAreFoundBeforeAnyTraining() {
        Study fine = Study.of("fine", "?", Fakes.TOY).arms("none").sizes(1, 60);
        Study tooLarge = Study.of("large", "?", Fakes.TOY).arms("none").sizes(1, 121);
        ExperimentRun run =
                new ExperimentRun(new Fakes.Tiny(runs, List.of(fine, tooLarge)), Fakes.place(folder, runner, 2));
        assertThatThrownBy(() -> run.run(ExperimentListener.NONE, () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 120");
        assertThat(runner.runs).isEmpty();
    }

    @Test
    void allExamplesMeansWhatEveryFoldHas() {
        Study all = Study.of(
                        "all",
                        "?",
                        Fakes.TOY
                                .protocol(new thimble.benchmarks.Protocol.Folds(5))
                                .tune(0))
                .arms("none")
                .sizes(1, Size.ALL);
        Reproduction found = run(all);
        assertThat(found.parts().getFirst().planned()).isEqualTo(5);
        assertThat(found.parts().getFirst().summary().orElseThrow().config().sizes())
                .containsExactly(96);
    }

    @Test
    void aDamagedLedgerNamesFileAndLine() throws IOException {
        Files.writeString(folder.resolve("counting.jsonl"), "{\"key\":\"one\",\"values\":{}}\nnonsense\n");
        assertThatThrownBy(() -> tiny().read())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("counting.jsonl:2");
    }
}
