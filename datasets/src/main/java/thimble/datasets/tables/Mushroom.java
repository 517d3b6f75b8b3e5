package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Edible and poisonous mushrooms, 8,124 by 22 categories. J. Schlimmer, Mushroom, UCI Machine Learning Repository, 1987. */
public record Mushroom() implements FileSource {
    private static final List<String> NAMES = List.of(
            "cap shape",
            "cap surface",
            "cap colour",
            "bruises",
            "odour",
            "gill attachment",
            "gill spacing",
            "gill size",
            "gill colour",
            "stalk shape",
            "stalk root",
            "stalk surface above ring",
            "stalk surface below ring",
            "stalk colour above ring",
            "stalk colour below ring",
            "veil type",
            "veil colour",
            "ring number",
            "ring type",
            "spore print colour",
            "population",
            "habitat",
            "class");
    private static final TableOptions OPTIONS =
            TableOptions.AUTO.withQuote('\'').withNames(NAMES);
    private static final Map<String, String> CLASSES = Map.of("e", "edible", "p", "poisonous");

    @Override
    public String name() {
        return "mushroom";
    }

    @Override
    public Info info() {
        return new Info(
                "Mushrooms",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "J. Schlimmer, Mushroom, UCI Machine Learning Repository, 1987",
                "22 categories",
                2,
                8_124,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "mushrooms.arff",
                "https://raw.githubusercontent.com/haifengl/smile/aabe6ceb6673c3b688518ff13e7f1b3422b75112/base/src/test/resources/data/weka/mushrooms.arff",
                751_152,
                "53e18d00673850c9335462637bb08b315c2f0ae6d99e87d98e6d4770127d5660",
                "mushrooms.arff.gz",
                "5d50b052ee6599c4dd429f0389b239954d3b82f7c787bae904afac05a8dc99a9"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
