package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int run(String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of());
        return Main.run(console, args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int compare(String... more) {
        List<String> args =
                new ArrayList<>(List.of("compare", "--backend", "reference", "--dataset", "glyphs", "--quiet"));
        args.addAll(List.of(more));
        Map.of("--model", "linear", "--steps", "4").forEach((option, value) -> {
            if (!args.contains(option)) {
                args.addAll(List.of(option, value));
            }
        });
        return run(args.toArray(String[]::new));
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains(
                        "compare",
                        "train",
                        "predict",
                        "inspect",
                        "evaluate",
                        "methods",
                        "datasets",
                        "backends",
                        "reproduce");
    }

    @Test
    void unknownNamesSuggestTheNearestAndExitWithTwo() {
        assertThat(run("compair")).isEqualTo(2);
        assertThat(err()).contains("unknown command 'compair'; did you mean 'compare'?");
        assertThat(run("compare", "--sise", "10")).isEqualTo(2);
        assertThat(err()).contains("unknown option '--sise'; did you mean '--sizes'?");
        assertThat(run("compare", "--dataset", "glyfs")).isEqualTo(2);
        assertThat(err()).contains("unknown data set 'glyfs'; did you mean 'glyphs'?");
        assertThat(run("methods", "fores")).isEqualTo(2);
        assertThat(err()).contains("did you mean 'forest'?");
        assertThat(run("backends", "--check", "refrence")).isEqualTo(2);
        assertThat(err()).contains("did you mean 'reference'?");
    }

    @Test
    void faultsAreFoundBeforeAnyTraining() {
        Path results = folder.resolve("r");
        for (String[] bad : new String[][] {
            {"--sizes", "20000"},
            {"--sizes", "5"},
            {"--methods", "none,none"},
            {"--methods", "nun"},
            {"--model", "lenet9"},
            {"--methods", "l2:lambda=-1"},
            {"--methods", "l2:lambda=[1e-4..1e-2]"},
            {"--repeats", "0"},
            {"--lr", "0"},
            {"--epochs", "1", "--steps", "2"},
            {"--test", "cv:1"},
            {"--batch", "0"},
            {"--metric", "rmse"}
        }) {
            List<String> args = new ArrayList<>(List.of("--out", results.toString()));
            args.addAll(List.of(bad));
            assertThat(compare(args.toArray(String[]::new)))
                    .as(String.join(" ", bad))
                    .isEqualTo(2);
            assertThat(err())
                    .as(String.join(" ", bad))
                    .containsAnyOf("but received", "unknown")
                    .hasLineCount(1);
            assertThat(results).as(String.join(" ", bad)).doesNotExist();
        }
    }

    @Test
    void methodsByDefaultAreThoseThatFitTheModel() {
        assertThat(run("compare", "--dataset", "glyphs", "--model", "linear", "--dry-run"))
                .as(err())
                .isZero();
        assertThat(err()).contains("3 methods");
    }

    @Test
    void aComparisonLeavesItsFilesAndGoesOn() throws IOException {
        Path results = folder.resolve("r");
        String[] same = {"--out", results.toString(), "--sizes", "20,40", "--repeats", "2", "--methods", "none,l2"};
        assertThat(compare(same)).as(err()).isZero();
        assertThat(out()).contains("none baseline").contains("l2");
        assertThat(results.resolve("report.html")).isNotEmptyFile();
        List<String> trials = Files.readAllLines(results.resolve("trials.jsonl"));
        assertThat(trials).hasSize(8);
        String summary = Files.readString(results.resolve("summary.json"));

        assertThat(compare(same)).isEqualTo(1);
        assertThat(err()).contains("already holds", "--resume", "--force");

        Files.write(results.resolve("trials.jsonl"), trials.subList(0, 5));
        List<String> resume = new ArrayList<>(List.of(same));
        resume.add("--resume");
        assertThat(compare(resume.toArray(String[]::new))).as(err()).isZero();
        assertThat(withoutTimes(Files.readString(results.resolve("summary.json"))))
                .isEqualTo(withoutTimes(summary));
    }

    private static String withoutTimes(String json) {
        return json.replaceAll("\"(seconds|started|command)\"[^\\n]*", "")
                .replaceAll("\"[a-zA-Z]*[sS]econds[a-zA-Z]*\"[^\\n]*", "");
    }

    @Test
    void aModelIsTrainedMeasuredAndAppliedToATable() throws IOException {
        Path table = folder.resolve("fruit.csv");
        StringBuilder rows = new StringBuilder("weight,colour,kind\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 2 == 0 ? 100 + i : 200 + i).append(i % 2 == 0 ? ",red,cherry\n" : ",green,melon\n");
        }
        Files.writeString(table, rows);
        Path model = folder.resolve("fruit.model");
        String[] train = {
            "train",
            "--backend",
            "reference",
            "--data",
            table.toString(),
            "--steps",
            "60",
            "--lr",
            "0.05",
            "--out",
            model.toString(),
            "--quiet",
            "--model",
            "linear"
        };
        assertThat(run(train)).as(err()).isZero();
        assertThat(model).isNotEmptyFile();
        assertThat(folder.resolve("fruit.model.checkpoint")).doesNotExist();
        assertThat(run(train)).isEqualTo(2);
        assertThat(err()).contains("exists; --force replaces it");
        List<String> stopping = new ArrayList<>(List.of(train));
        stopping.addAll(List.of("--force", "--methods", "early-stopping:share=0.5,every=1,patience=1"));
        byte[] whole = Files.readAllBytes(model);
        assertThat(run(stopping.toArray(String[]::new))).as(err()).isZero();
        assertThat(Files.readAllBytes(model)).isNotEqualTo(whole);

        assertThat(run("evaluate", model.toString(), "--backend", "reference", "--data", table.toString(), "--json"))
                .as(err())
                .isZero();
        assertThat(out()).contains("\"accuracy\" : 1.0");

        Path unknown = folder.resolve("new.csv");
        Files.writeString(unknown, "colour,weight\ngreen,215\nred,105\n");
        assertThat(run("predict", model.toString(), unknown.toString(), "--backend", "reference"))
                .as(err())
                .isZero();
        assertThat(out().lines().toList()).hasSize(2);
        assertThat(out().lines().toList().get(0)).contains("melon");
        assertThat(out().lines().toList().get(1)).contains("cherry");

        assertThat(run("predict", folder.resolve("none.model").toString(), unknown.toString()))
                .isEqualTo(1);
    }

    @Test
    void whateverLearnsIsTrainedSavedAndApplied() throws IOException {
        Path table = folder.resolve("fruit.csv");
        StringBuilder rows = new StringBuilder("weight,colour,kind\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 2 == 0 ? 100 + i : 200 + i).append(i % 2 == 0 ? ",red,cherry\n" : ",green,melon\n");
        }
        Files.writeString(table, rows);
        Path unknown = Files.writeString(folder.resolve("new.csv"), "colour,weight\ngreen,215\nred,105\n");
        Map<String, String> sizes = Map.of(
                "forest:trees=9", "forest, ",
                "ensemble:members=2+dropout", "ensemble, ",
                "pca:components=2+kernel-ridge", "features, ",
                "nearest-neighbours", ", holds its 40 training examples");
        sizes.forEach((methods, size) -> {
            Path model = folder.resolve("fruit.model");
            String[] train = {
                "train",
                "--backend",
                "reference",
                "--data",
                table.toString(),
                "--steps",
                "60",
                "--lr",
                "0.05",
                "--out",
                model.toString(),
                "--quiet",
                "--force",
                "--methods",
                methods
            };
            assertThat(run(train)).as(err()).isZero();
            assertThat(out()).contains("accuracy", size, " bytes");
            assertThat(run("predict", model.toString(), unknown.toString(), "--backend", "reference"))
                    .as(err())
                    .isZero();
            assertThat(out().lines().toList().get(0)).as(methods).contains("melon");
            assertThat(out().lines().toList().get(1)).as(methods).contains("cherry");
            assertThat(run("evaluate", model.toString(), "--backend", "reference", "--data", table.toString()))
                    .as(err())
                    .isZero();
            List<String> resumed = new ArrayList<>(List.of(train));
            resumed.add("--resume");
            assertThat(run(resumed.toArray(String[]::new))).isEqualTo(2);
        });
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("fruit.csv", "new.csv", "fruit.model");
    }

    @Test
    void inspectionFindsEqualExamplesAndDoubtfulLabels() throws IOException {
        Path table = folder.resolve("points.csv");
        StringBuilder rows = new StringBuilder("x,y,side\n");
        for (int i = 0; i < 60; i++) {
            String side = i == 7 ? "right" : i % 2 == 0 ? "right" : "left";
            rows.append(i % 2 == 0 ? 3 + i * 0.01 : -3 - i * 0.01)
                    .append(',')
                    .append(i * 0.1)
                    .append(',')
                    .append(side)
                    .append('\n');
        }
        rows.append("3.0,0.0,right\n");
        Files.writeString(table, rows);
        assertThat(run(
                        "inspect",
                        "--backend",
                        "reference",
                        "--data",
                        table.toString(),
                        "--steps",
                        "60",
                        "--model",
                        "linear",
                        "--json",
                        "--quiet"))
                .as(err())
                .isZero();
        assertThat(out()).contains("\"sameness\" : \"numbers\"");
        String first = out().substring(out().indexOf("\"ranking\""));
        assertThat(first.substring(0, first.indexOf('}')))
                .contains("\"given\" : \"right\"")
                .contains("\"likely\" : \"left\"");
    }
}
