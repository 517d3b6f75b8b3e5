package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Credits of 1,000 customers by 20 features, 13 of them categories. H. Hofmann, Statlog (German Credit Data), UCI Machine Learning Repository, 1994. */
public record German() implements FileSource {
    private static final List<String> NAMES = List.of(
            "account",
            "months",
            "history",
            "purpose",
            "amount",
            "savings",
            "employment",
            "rate",
            "status",
            "guarantors",
            "residence",
            "property",
            "age",
            "other plans",
            "housing",
            "credits",
            "job",
            "dependants",
            "telephone",
            "foreign worker",
            "credit");
    private static final TableOptions OPTIONS = TableOptions.AUTO.withNames(NAMES);
    private static final Map<String, String> CLASSES = Map.of("1", "good", "2", "bad");

    @Override
    public String name() {
        return "german";
    }

    @Override
    public Info info() {
        return new Info(
                "German credit",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "H. Hofmann, Statlog (German Credit Data), UCI Machine Learning Repository, 1994",
                "20",
                2,
                1_000,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "german.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/german.csv",
                79_793,
                "ec12a88b9fc14d74ba646ea0410cf7ff4533bec2eb61652f8ad76796bbfec017",
                "german.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
