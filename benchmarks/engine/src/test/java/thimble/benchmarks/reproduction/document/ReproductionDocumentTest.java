package thimble.benchmarks.reproduction.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.benchmarks.AnalyticTrials;
import thimble.benchmarks.reproduction.ExperimentListener;
import thimble.benchmarks.reproduction.ExperimentRun;
import thimble.benchmarks.reproduction.Fakes;
import thimble.benchmarks.reproduction.Reproduction;

class ReproductionDocumentTest {
    private static final List<String> ORDER = List.of("first", "second", "third");

    @TempDir
    Path folder;

    private static String with(String text, String name, String section) {
        return ReproductionDocument.with(text, name, section, ORDER);
    }

    @Test
    void sectionsStandInTheOrderOfTheExperiments() {
        String text = with(with(with("", "second", "two"), "third", "three"), "first", "one");
        assertThat(text).startsWith("# Reproductions\n");
        assertThat(text.indexOf("\none\n"))
                .isPositive()
                .isLessThan(text.indexOf("\ntwo\n"))
                .isLessThan(text.indexOf("\nthree\n"));
        assertThat(text.indexOf("\ntwo\n")).isLessThan(text.indexOf("\nthree\n"));
    }

    @Test
    void aSectionIsReplacedAndAllElseStays() {
        String before = with(with("", "first", "one $1 \\"), "second", "two").replace("# Reproductions", "# Mine");
        String after = with(before, "first", "1");
        assertThat(after).isEqualTo(before.replace("one $1 \\", "1"));
        assertThat(with(after, "first", "1")).isEqualTo(after);
    }

    @Test
    void aForeignDocumentKeepsItsText() {
        assertThat(with("My notes\n", "second", "two"))
                .isEqualTo("My notes\n\n<!-- begin second -->\ntwo\n<!-- end second -->\n");
    }

    @Test
    void aSectionSaysWhatWasRunAndWhatWasFound() {
        ExperimentRun run =
                new ExperimentRun(new Fakes.Tiny(new AtomicInteger()), Fakes.place(folder, new AnalyticTrials(), 2));
        Reproduction found = run.run(ExperimentListener.NONE, () -> false);
        String section = ReproductionDocument.section(found, "reproductions");
        assertThat(section)
                .startsWith("## z. A toy\n")
                .contains("`thimble reproduce tiny` · ")
                .contains("2 hold, 0 partly, 0 not, 2 reported")
                .contains("mlp on toy, adam, learning rate [1e-4..0.01], 2,000 steps, batch 50;"
                        + " samples (repeats): 60 (3), 90 (2); 2 tuning trials per method and size")
                .contains("\n| gain at 60 | +")
                .contains("![Does it help?](reproductions/tiny-first.svg)")
                .contains("### Together")
                .doesNotContain("quick run")
                .doesNotContain("not complete");
        assertThat(ReproductionPictures.of(found).svg()).containsOnlyKeys("first");
        assertThat(ReproductionPictures.of(found).svg().get("first"))
                .contains("<style>")
                .contains(".curve{");
    }

    @Test
    void whatIsNotCompleteSaysSo() {
        ExperimentRun run =
                new ExperimentRun(new Fakes.Tiny(new AtomicInteger()), Fakes.place(folder, new AnalyticTrials(), 2));
        String section = ReproductionDocument.section(run.read(), "reproductions");
        assertThat(section)
                .contains("not complete: 0 of 18 trainings")
                .contains("| not run yet |")
                .doesNotContain(".svg");
    }

    @Test
    void numbersAreTheSameInJson() {
        Reproduction found = new ExperimentRun(
                        new Fakes.Tiny(new AtomicInteger()), Fakes.place(folder, new AnalyticTrials(), 2))
                .run(ExperimentListener.NONE, () -> false);
        var tree = ReproductionJson.tree(found);
        assertThat(tree.path("schema").asInt()).isEqualTo(1);
        assertThat(tree.path("complete").asBoolean()).isTrue();
        var row = tree.path("parts").path(0).path("rows").path(0);
        assertThat(row.path("ours").asDouble())
                .isEqualTo(found.parts().get(0).findings().get(0).ours().orElseThrow());
        assertThat(row.path("ci95")).hasSize(2);
        assertThat(row.path("verdict").asText()).isEqualTo("holds");
        assertThat(row.path("published").isNull()).isTrue();
        assertThat(tree.path("conclusions")).hasSize(1);
    }
}
