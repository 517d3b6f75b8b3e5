package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole comparisons of small tables through the command. */
class ComparisonsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void numbersAreComparedByTheirRmse() throws IOException {
        Path results = folder.resolve("r");
        Invocation run = Invocation.comparison(
                "--data",
                prices().toString(),
                "--label",
                "price",
                "--test",
                "0.25",
                "--methods",
                "none,l2:lambda=1e-3",
                "--sizes",
                "20,60",
                "--repeats",
                "2",
                "--steps",
                "150",
                "--lr",
                "0.05",
                "--out",
                results.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        List<JsonNode> trials = TrialLines.of(results);
        assertThat(trials).hasSize(8).allSatisfy(trial -> {
            assertThat(trial.path("metric").asText()).isEqualTo("rmse");
            assertThat(trial.path("test").path("rmse").asDouble()).isBetween(0.0, 3.0);
            assertThat(trial.path("train").has("accuracy")).isFalse();
            assertThat(trial.path("gap").isNumber()).isTrue();
        });
        JsonNode summary = JSON.readTree(results.resolve("summary.json").toFile());
        assertThat(summary.findValue("metric").asText()).isEqualTo("rmse");
        assertThat(Files.readString(results.resolve("report.html"))).contains("RMSE");
        assertThat(run.out()).containsIgnoringCase("rmse");
    }

    /** All rows of a patient are the same point; a model that saw one of them knows the others, else there is nothing to learn. */
    @Test
    void aGroupIsNeverDividedBetweenTrainingAndTest() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder rows = new StringBuilder("patient,x,y,ill\n");
        for (int patient = 0; patient < 40; patient++) {
            String point =
                    String.format(Locale.ROOT, "p%d,%.4f,%.4f", patient, random.nextDouble(), random.nextDouble());
            rows.append((point + (patient % 2 == 0 ? ",yes\n" : ",no\n")).repeat(4));
        }
        String table = Files.writeString(folder.resolve("patients.csv"), rows).toString();
        assertThat(accuracy(table, "together", "--group", "patient")).isLessThan(0.75);
        assertThat(accuracy(table, "apart", "--columns", "-patient")).isGreaterThan(0.95);
    }

    private double accuracy(String table, String name, String... more) throws IOException {
        Path results = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of(
                "--data",
                table,
                "--test",
                "cv:4",
                "--repeats",
                "1",
                "--sizes",
                "100",
                "--methods",
                "forest:trees=30",
                "--out",
                results.toString()));
        args.addAll(List.of(more));
        Invocation run = Invocation.comparison(args.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        return TrialLines.of(results).stream()
                .mapToDouble(trial -> trial.path("test").path("accuracy").asDouble())
                .average()
                .orElseThrow();
    }

    @Test
    void everyArmIsTunedEquallyWithTheRateOfTheBaselineToo() throws IOException {
        Path results = folder.resolve("r");
        Invocation run = Invocation.comparison(
                "--dataset",
                "glyphs",
                "--methods",
                "none,gaussian-noise:sigma=[0.1|0.3],l2:lambda=[1e-5..1e-2]",
                "--tune",
                "3",
                "--sizes",
                "30",
                "--repeats",
                "2",
                "--steps",
                "3",
                "--out",
                results.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        Map<String, Set<String>> rates = new HashMap<>();
        Map<String, JsonNode> best = new HashMap<>();
        Map<String, Integer> candidates = new HashMap<>();
        for (JsonNode tuned : TrialLines.in(results.resolve("tuning.jsonl"))) {
            String arm = tuned.path("methods").asText();
            candidates.merge(arm, 1, Integer::sum);
            JsonNode chosen = tuned.path("hyperparameters");
            rates.computeIfAbsent(arm, name -> new HashSet<>())
                    .add(chosen.path("lr").asText());
            double now = tuned.path("validation").path("accuracy").asDouble();
            JsonNode before = best.get(arm);
            if (before == null
                    || now > before.path("validation").path("accuracy").asDouble()) {
                best.put(arm, tuned);
            }
        }
        assertThat(candidates)
                .hasSize(3)
                .allSatisfy((arm, count) -> assertThat(count).as(arm).isEqualTo(3));
        assertThat(rates.get("none")).hasSize(3);
        assertThat(rates.values()).as("every arm tries the same rates").containsOnly(rates.get("none"));
        assertThat(TrialLines.of(results)).hasSize(6).allSatisfy(trial -> {
            String arm = trial.path("methods").asText();
            JsonNode values = trial.path("hyperparameters");
            assertThat(rates.get(arm)).contains(values.path("lr").asText());
            if (arm.startsWith("gaussian")) {
                assertThat(values.path("gaussian-noise.sigma").asText()).isIn("0.1", "0.3");
            }
            if (arm.startsWith("l2")) {
                assertThat(Double.parseDouble(values.path("l2.lambda").asText()))
                        .isBetween(1e-5, 1e-2);
            }
        });
        assertThat(best).hasSize(3);
    }

    @Test
    void aDivergedTrialIsRecordedTheRunGoesOnAndTheReportShowsIt() throws IOException {
        Path results = folder.resolve("r");
        Invocation run = Invocation.comparison(
                "--data",
                prices().toString(),
                "--test",
                "0.25",
                "--methods",
                "none,l2:lambda=1e30",
                "--optimizer",
                "sgd:rate=0.01",
                "--sizes",
                "40",
                "--repeats",
                "2",
                "--steps",
                "20",
                "--out",
                results.toString());
        assertThat(run.exit()).as("an arm of which nothing is left").isEqualTo(ExitCode.FAILED);
        List<JsonNode> trials = TrialLines.of(results);
        assertThat(trials).hasSize(4);
        for (JsonNode trial : trials) {
            boolean diverges = !trial.path("methods").asText().equals("none");
            assertThat(trial.path("status").asText()).isEqualTo(diverges ? "failed" : "ok");
            if (diverges) {
                assertThat(trial.path("reason").asText()).contains("step");
            } else {
                assertThat(trial.path("reason").asText()).isEmpty();
            }
        }
        assertThat(Files.readString(results.resolve("report.html"))).contains("2 failed", "l2:lambda=1e30");
        assertThat(run.out())
                .contains("l2:lambda=1e30 failed in 2 of 2 trials, the first: [training] expected a finite");
    }

    @Test
    void whereEveryTrialFailsTheFirstReasonIsSaid() throws IOException {
        Path results = folder.resolve("r");
        Invocation run = Invocation.comparison(
                "--data",
                prices().toString(),
                "--test",
                "0.25",
                "--methods",
                "none",
                "--optimizer",
                "sgd",
                "--lr",
                "1e30",
                "--sizes",
                "40",
                "--repeats",
                "1",
                "--steps",
                "20",
                "--out",
                results.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("every trial failed\nnone failed in 1 of 1 trials, the first: [training]")
                .hasLineCount(2);
        assertThat(TrialLines.of(results)).hasSize(1);
        assertThat(results.resolve("summary.json")).isNotEmptyFile();
    }

    private Path prices() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder rows = new StringBuilder("area,age,price\n");
        for (int i = 0; i < 120; i++) {
            double area = random.nextDouble() * 4;
            double age = random.nextDouble() * 3;
            double price = 2 * area - age + random.nextDouble() * 0.2;
            rows.append(String.format(Locale.ROOT, "%.4f,%.4f,%.4f%n", area, age, price));
        }
        return Files.writeString(folder.resolve("prices.csv"), rows);
    }
}
