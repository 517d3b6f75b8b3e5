package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Invented;
import thimble.benchmarks.Summary;
import thimble.benchmarks.TrialStore;

class VegaLiteTest {
    private final Summary summary = Invented.summary();
    private final Map<String, String> figures = VegaLite.figures(summary);

    @Test
    void everyFigureHasAFileOfTheFolder() {
        assertThat(TrialStore.FILES)
                .containsAll(figures.keySet().stream()
                        .map(name -> "figures/" + name + ".vl.json")
                        .toList());
    }

    @Test
    void dataAreTheNumbersOfTheSummary() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode curves = json.readTree(figures.get("curves"));
        JsonNode means = curves.path("data").path("values");
        JsonNode repeats = curves.path("layer").get(1).path("data").path("values");
        assertThat(means).hasSameSizeAs(summary.cells());
        assertThat(repeats)
                .hasSize(summary.cells().stream()
                        .mapToInt(cell -> cell.trials().size())
                        .sum());
        for (int i = 0; i < means.size(); i++) {
            Cell cell = summary.cells().get(i);
            assertThat(means.get(i).path("method").asText()).isEqualTo(cell.methods());
            assertThat(means.get(i).path("error").asDouble()).isEqualTo(1 - cell.mean());
            assertThat(means.get(i).path("low").asDouble())
                    .isEqualTo(1 - cell.ci().high());
        }
        JsonNode differences =
                json.readTree(figures.get("differences")).path("data").path("values");
        assertThat(differences).hasSize(summary.against().size());
        for (JsonNode row : differences) {
            assertThat(row.path("change").asDouble())
                    .isEqualTo(summary.against(
                                    row.path("method").asText(),
                                    row.path("samples").asInt())
                            .orElseThrow()
                            .difference()
                            .relative()
                            .orElseThrow());
        }
    }

    @Test
    void fieldsThatAreDrawnStandInTheData() throws Exception {
        for (Map.Entry<String, String> figure : figures.entrySet()) {
            JsonNode root = new ObjectMapper().readTree(figure.getValue());
            JsonNode layers =
                    root.has("layer") ? root.path("layer") : root.path("spec").path("layer");
            assertThat(layers).as(figure.getKey()).isNotEmpty();
            for (JsonNode layer : layers) {
                JsonNode row = (layer.has("data") ? layer : root)
                        .path("data")
                        .path("values")
                        .get(0);
                layer.path("encoding")
                        .findValuesAsText("field")
                        .forEach(field -> assertThat(row.has(field))
                                .as(figure.getKey() + " " + field)
                                .isTrue());
            }
        }
    }
}
