package thimble.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.PartResult;
import thimble.benchmarks.reproduction.Reproduction;
import thimble.benchmarks.reproduction.document.ReproductionDocument;
import thimble.benchmarks.reproduction.document.ReproductionJson;
import thimble.benchmarks.reproduction.document.ReproductionPictures;
import thimble.benchmarks.reproduction.document.ReproductionText;

/**
 * What a reproduction leaves: its section of a document with pictures, its numbers as JSON, and the tables on the terminal.
 *
 * @param console where the tables go
 * @param reproduction what was found
 */
record ReproduceResult(Console console, Reproduction reproduction) {
    /** Writes {@code reproduction.json} into the folder, the section into the document, and pictures into a folder beside it. */
    void write(Path folder, Path document) {
        Path target = document.toAbsolutePath();
        String pictures = target.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        try {
            Files.createDirectories(folder);
            Files.createDirectories(target.getParent());
            replace(folder.resolve("reproduction.json"), Json.text(ReproductionJson.tree(reproduction)) + "\n");
            for (Map.Entry<String, String> picture :
                    ReproductionPictures.of(reproduction).svg().entrySet()) {
                Path beside = Files.createDirectories(target.resolveSibling(pictures));
                replace(
                        beside.resolve(reproduction.experiment().name() + "-" + picture.getKey() + ".svg"),
                        picture.getValue());
            }
            String before = Files.exists(target) ? Files.readString(target) : "";
            replace(
                    target,
                    ReproductionDocument.with(
                            before,
                            reproduction.experiment().name(),
                            ReproductionDocument.section(reproduction, pictures),
                            Experiments.all().stream().map(Experiment::name).toList()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Prints the tables, or the JSON. */
    void print(boolean json) {
        if (json) {
            console.out().println(Json.text(ReproductionJson.tree(reproduction)));
            return;
        }
        StringBuilder out = new StringBuilder();
        out.append(console.bold(reproduction.experiment().title())).append('\n');
        out.append(shown(ReproductionText.counts(reproduction))).append('\n');
        out.append(console.soft(
                        shown(ReproductionText.command(reproduction) + " · " + ReproductionText.how(reproduction))))
                .append('\n');
        if (reproduction.form() == Form.QUICK) {
            out.append("A quick run shows directions, not the claim's numbers.\n");
        }
        for (PartResult part : reproduction.parts()) {
            table(out, part.part().title(), part.findings());
        }
        if (!reproduction.conclusions().isEmpty()) {
            table(out, "Together", reproduction.conclusions());
        }
        console.out().print(out);
        console.out().flush();
    }

    private void table(StringBuilder out, String title, List<Finding> findings) {
        out.append('\n').append(console.bold(shown(title))).append('\n');
        List<List<String>> rows = new ArrayList<>(List.of(ReproductionText.HEADS));
        findings.forEach(finding -> rows.add(ReproductionText.cells(finding)));
        int columns = ReproductionText.HEADS.size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                String pad = " ".repeat(widths[i] - cell.length());
                boolean left = i == 0 || i == columns - 1;
                line.append(i == 0 ? "" : "  ").append(left ? cell + pad : pad + cell);
            }
            String remark = r == 0 ? "" : findings.get(r - 1).remark();
            String text = shown(line.toString().stripTrailing());
            out.append(r == 0 ? console.soft(text) : text)
                    .append(remark.isEmpty() ? "" : "  " + console.soft(shown(remark)))
                    .append('\n');
        }
    }

    private String shown(String text) {
        return console.unicode()
                ? text
                : text.replace('−', '-')
                        .replace('–', '-')
                        .replace("…", "..")
                        .replace('·', '-')
                        .replace('×', 'x');
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
