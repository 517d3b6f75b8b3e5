package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.Against;
import thimble.benchmarks.ArmKind;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Config;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Verdict;
import thimble.method.Spec;

/** The result for a terminal: the report's sentences and its table, with specs that can be copied back into the command. */
public final class TerminalReport {
    private final View view;
    private final Ink ink;
    private final int width;

    private TerminalReport(View view, Ink ink, int width) {
        this.view = view;
        this.ink = ink;
        this.width = width;
    }

    /**
     * The result, ending with a line end. Columns that do not fit are left out: first time, then half-widths but at the answer's size, then
     * the middle sizes.
     *
     * @param width columns of the terminal
     * @param colour true for ANSI colours
     * @param unicode false where the terminal shows ASCII alone
     */
    public static String text(Summary summary, int width, boolean colour, boolean unicode) {
        return new TerminalReport(View.of(Headline.of(summary)), new Ink(colour, unicode), width).text();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        Sentences sentences = Sentences.specs(view.headline(), this::name);
        wrapped(sentences.answer().text())
                .forEach(line -> out.append(ink.bold(line)).append('\n'));
        wrapped(String.join(" ", sentences.lede()))
                .forEach(line -> out.append(ink.plain(line)).append('\n'));
        out.append('\n');
        for (String line : legend()) {
            out.append(line).append('\n');
        }
        out.append('\n');
        Table table = fitting();
        table.lines(ink).forEach(line -> out.append(line).append('\n'));
        List<String> failures = failures(view.summary());
        if (!failures.isEmpty()) {
            out.append('\n');
        }
        failures.forEach(line ->
                wrapped(line).forEach(part -> out.append(ink.plain(part)).append('\n')));
        return out.toString();
    }

    /** How often each arm failed that did, with the reason of its first failure. */
    public static List<String> failures(Summary summary) {
        int trials =
                summary.config().number("trials") * summary.config().sizes().size();
        return summary.config().texts("methods").stream()
                .filter(arm -> !summary.failures(arm).isEmpty())
                .map(arm ->
                        arm + " failed in " + summary.failures(arm).size() + " of " + trials + " trials, the first: "
                                + summary.failures(arm).getFirst().reason().orElse("unknown reason"))
                .toList();
    }

    private List<String> legend() {
        Config config = view.summary().config();
        int trials = config.number("trials");
        String unit = view.metric().fraction() ? ", %" : "";
        String what = "test " + view.metric().name() + unit + ": mean ± 95 %, " + trials
                + (trials == 1 ? " repeat" : " repeats");
        if (view.arms().size() == 1) {
            return List.of(ink.plain(what));
        }
        String key = "better  " + " worse   not distinguishable from " + name(view.baseline());
        String glyphs = ink.glyph(Verdict.BETTER)
                + ink.plain(" better  ")
                + ink.glyph(Verdict.WORSE)
                + ink.plain(" worse  ")
                + ink.glyph(Verdict.NOT_DISTINGUISHABLE)
                + ink.plain(" not distinguishable from " + name(view.baseline()));
        boolean one = what.length() + key.length() + 10 <= width;
        return one ? List.of(ink.plain(what) + "      " + glyphs) : List.of(ink.plain(what), glyphs);
    }

    /** The widest table that fits. */
    private Table fitting() {
        List<Integer> all = view.sizes();
        List<Integer> ends = all.stream()
                .filter(size -> size == view.size() || size.equals(all.getFirst()) || size.equals(all.getLast()))
                .toList();
        List<Integer> one = List.of(view.size());
        List<Table> tables = List.of(
                table(all, true, true, true),
                table(all, true, true, false),
                table(all, false, true, false),
                table(ends, false, true, false),
                table(one, false, true, false),
                table(one, false, false, false));
        return tables.stream()
                .filter(table -> table.width(ink) <= width)
                .findFirst()
                .orElse(tables.getLast());
    }

    private Table table(List<Integer> sizes, boolean halves, boolean lifts, boolean time) {
        Optional<String> classical = lifts ? view.headline().classical() : Optional.empty();
        List<List<Ink.Text>> rows = new ArrayList<>();
        List<Ink.Text> head = new ArrayList<>(List.of(Ink.Text.soft("method")));
        sizes.forEach(size -> head.add(Ink.Text.soft(Numbers.count(size) + "  ")));
        classical.ifPresent(_ -> head.add(Ink.Text.soft("lift at " + Numbers.count(view.size()))));
        if (time) {
            head.add(Ink.Text.soft("time"));
        }
        rows.add(head);
        for (String arm : view.arms()) {
            List<Ink.Text> row = new ArrayList<>();
            row.add(first(arm));
            sizes.forEach(size -> row.add(value(arm, size, halves || size == view.size())));
            classical.ifPresent(other -> row.add(lift(arm, other)));
            if (time) {
                row.add(view.cell(arm)
                        .map(cell -> Ink.Text.plain(Numbers.two(cell.seconds()) + " s"))
                        .orElse(Ink.Text.soft("–")));
            }
            rows.add(row);
        }
        return new Table(rows);
    }

    private Ink.Text first(String arm) {
        Ink.Text name = view.headline().best().filter(arm::equals).isPresent()
                ? Ink.Text.bold(name(arm))
                : Ink.Text.plain(name(arm));
        ArmKind kind = view.summary().kind(arm);
        return kind == ArmKind.BASELINE
                ? name.soften(" baseline")
                : kind == ArmKind.CLASSICAL ? name.soften(" classical") : name;
    }

    private Ink.Text value(String arm, int size, boolean half) {
        Optional<Cell> cell = view.cell(arm, size);
        if (cell.isEmpty()) {
            return Ink.Text.soft("failed  ");
        }
        Ink.Text text = Ink.Text.plain(view.numbers().value(cell.get().mean()));
        if (half && cell.get().trials().size() > 1) {
            text = text.soften(" " + view.numbers().half(cell.get()));
        }
        Optional<Verdict> verdict = view.summary().against(arm, size).map(Against::verdict);
        return text.soften(" ").verdict(verdict);
    }

    private Ink.Text lift(String arm, String classical) {
        Optional<Difference> difference =
                arm.equals(classical) ? Optional.empty() : view.summary().difference(arm, classical, view.size());
        return difference
                .map(d -> Ink.Text.plain(view.numbers().lift(d.mean()))
                        .soften(d.pairs() < 2 ? "" : " ±" + view.numbers().value(d.ci().halfWidth())))
                .orElse(Ink.Text.soft("–"));
    }

    /** The spec without its settings where that names one arm alone. */
    private String name(String arm) {
        String brief = brief(arm);
        boolean alone =
                view.arms().stream().filter(other -> brief(other).equals(brief)).count() == 1;
        return alone ? brief : arm;
    }

    private static String brief(String arm) {
        return String.join("+", Spec.parseJoined(arm).stream().map(Spec::name).toList());
    }

    private List<String> wrapped(String text) {
        int most = Math.min(width, 100);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.replace(Numbers.THIN, "\u00a0").split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
