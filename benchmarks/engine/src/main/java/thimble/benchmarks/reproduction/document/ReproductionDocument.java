package thimble.benchmarks.reproduction.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.PartResult;
import thimble.benchmarks.reproduction.Reproduction;

/**
 * The document of reproductions: a preamble and one section per experiment between two comments that name it. Writing a section replaces the
 * one of the same experiment and leaves every other byte as it is; a new one goes to its place in the order of the experiments.
 */
public final class ReproductionDocument {
    private static final String PREAMBLE = """
        # Reproductions

        Ours beside published, one section per experiment; `thimble reproduce` lists them, and running one replaces its
        section. Intervals are 95 %. A level holds within the stated tolerance of the published number or better; a gain holds
        if it is as large as claimed and its interval excludes 0, and partly if one of the two is so; a ratio likewise with 1.
        Durations count what else ran on the machine.
        """;

    private ReproductionDocument() {}

    /**
     * The document with the section of one experiment replaced or added.
     *
     * @param text the document so far, empty for a new one
     * @param name name of the experiment
     * @param section its section, without the comments
     * @param order names of all experiments in order
     */
    public static String with(String text, String name, String section, List<String> order) {
        String begin = "<!-- begin " + name + " -->\n";
        String whole = begin + section.strip() + "\n<!-- end " + name + " -->\n";
        Matcher old = section(Pattern.quote(name)).matcher(text);
        if (old.find()) {
            return text.substring(0, old.start()) + whole + text.substring(old.end());
        }
        if (text.isBlank()) {
            return PREAMBLE + "\n" + whole;
        }
        int place = order.indexOf(name);
        Matcher there = section("([a-z0-9-]+)").matcher(text);
        while (there.find()) {
            int other = order.indexOf(there.group(1));
            if (other > place) {
                return text.substring(0, there.start()) + whole + "\n" + text.substring(there.start());
            }
        }
        return text.stripTrailing() + "\n\n" + whole;
    }

    /** The section of a reproduction in Markdown, its pictures in a folder beside the document. */
    public static String section(Reproduction reproduction, String folder) {
        Experiment experiment = reproduction.experiment();
        StringBuilder out = new StringBuilder();
        out.append("## ")
                .append(experiment.letter())
                .append(". ")
                .append(experiment.title())
                .append("\n\n");
        if (reproduction.form() == Form.QUICK) {
            out.append("**A quick run: fewer steps, sizes and repeats. It shows directions, not the claim's"
                    + " numbers.**\n\n");
        }
        out.append('`')
                .append(ReproductionText.command(reproduction))
                .append("` · ")
                .append(ReproductionText.how(reproduction))
                .append("\n\nSource: ")
                .append(experiment.source())
                .append(".\n\n")
                .append(experiment.differences())
                .append("\n\n**")
                .append(ReproductionText.counts(reproduction))
                .append("**\n");
        Map<String, String> pictures = ReproductionPictures.of(reproduction).titles();
        Map<String, String> left = new LinkedHashMap<>(pictures);
        for (PartResult part : reproduction.parts()) {
            out.append("\n### ").append(part.part().title()).append("\n\n");
            out.append(ReproductionText.conditions(part.part())).append("\n\n");
            out.append(table(part.findings()));
            String picture = left.remove(part.part().name());
            if (picture != null) {
                out.append(picture(folder, experiment, part.part().name(), picture));
            }
        }
        if (!reproduction.conclusions().isEmpty()) {
            out.append("\n### Together\n\n").append(table(reproduction.conclusions()));
        }
        left.forEach((name, title) -> out.append(picture(folder, experiment, name, title)));
        return out.toString();
    }

    private static String picture(String folder, Experiment experiment, String name, String title) {
        return "\n![" + title + "](" + folder + "/" + experiment.name() + "-" + name + ".svg)\n";
    }

    private static String table(List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        List<String> heads = new ArrayList<>(ReproductionText.HEADS);
        heads.add("");
        row(out, heads);
        out.append("|---|---:|---:|---:|---:|---|---|\n");
        for (Finding finding : findings) {
            List<String> cells = new ArrayList<>(ReproductionText.cells(finding));
            cells.add(finding.remark());
            row(out, cells);
        }
        return out.toString();
    }

    private static void row(StringBuilder out, List<String> cells) {
        cells.forEach(cell -> out.append("| ").append(cell.replace("|", "\\|")).append(' '));
        out.append("|\n");
    }

    private static Pattern section(String name) {
        return Pattern.compile(
                "(?s)<!-- begin " + name + " -->\n.*?<!-- end " + (name.startsWith("(") ? "\\1" : name) + " -->\n");
    }
}
