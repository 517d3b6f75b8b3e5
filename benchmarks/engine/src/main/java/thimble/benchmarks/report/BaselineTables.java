package thimble.benchmarks.report;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import thimble.benchmarks.Against;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Trial;

/** Every method against the baseline, one sheet per size; tabs without script, all sheets on paper. */
record BaselineTables(View view) {
    String html() {
        StringBuilder out = new StringBuilder("<section class=\"tabs tuned\">\n");
        boolean many = view.sizes().size() > 1;
        if (many) {
            for (int size : view.sizes()) {
                out.append("<input type=\"radio\" name=\"size\" id=\"n")
                        .append(size)
                        .append('"')
                        .append(size == view.size() ? " checked=\"checked\"" : "")
                        .append("/>\n");
            }
            out.append("<div class=\"tablist\" role=\"group\" aria-label=\"number of samples\">");
            view.sizes()
                    .forEach(size -> out.append("<label for=\"n")
                            .append(size)
                            .append("\">")
                            .append(Numbers.count(size))
                            .append("</label>"));
            out.append("</div>\n");
        }
        view.sizes().forEach(size -> out.append(sheet(size)));
        return out.append("</section>\n").toString();
    }

    /** Which sheet is seen, by which tab is chosen. */
    String css() {
        if (view.sizes().size() == 1) {
            return ".tabs .sheet{display:block}";
        }
        return view.sizes().stream()
                .map(size -> "#n" + size + ":checked~#s" + size + "{display:block}#n" + size
                        + ":checked~.tablist label[for=n" + size
                        + "]{background:var(--text);color:var(--page);font-weight:620}#n" + size
                        + ":focus-visible~.tablist label[for=n" + size
                        + "]{outline:2px solid var(--one);outline-offset:2px}")
                .collect(Collectors.joining("\n"));
    }

    private String sheet(int size) {
        int tune = view.summary().config().number("tune");
        StringBuilder out = new StringBuilder(
                "<div class=\"sheet\" id=\"s" + size + "\">\n<h2>Against the baseline, " + Numbers.count(size)
                        + " samples</h2>\n"
                        + "<p class=\"caption\">Pairs share subset, initial weights and batch order.</p>\n"
                        + "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Against the baseline, "
                        + size + " samples\">\n"
                        + "<table class=\"sort wide\">\n"
                        + "<thead><tr><th scope=\"col\">Method</th><th scope=\"col\" class=\"chosen\">"
                        + (tune == 0 ? "values" : "chosen in " + Sentences.trials(tune))
                        + "</th><th scope=\"col\" class=\"n\">difference to "
                        + Html.text(view.names().brief(view.baseline())) + ",\n"
                        + view.numbers().unit() + " (95" + Numbers.THIN
                        + "%)</th><th scope=\"col\" class=\"n\">p, Holm</th><th scope=\"col\" class=\"n\">effect\n"
                        + "size d</th><th scope=\"col\" class=\"n\">pairs\n"
                        + "won</th><th scope=\"col\" class=\"verdict\">in words</th><th scope=\"col\""
                        + " class=\"n\">seconds</th></tr></thead>\n"
                        + "<tbody>\n");
        for (String arm : view.arms()) {
            out.append(arm.equals(view.baseline()) ? "<tr class=\"baseline\">" : "<tr>");
            Optional<Cell> cell = view.cell(arm, size);
            String chosen = "<span class=\"code\">"
                    + cell.map(BaselineTables::settings).map(Html::text).orElse("") + "</span>";
            // On paper there is no room for a column: the same text stands under the name.
            out.append(ResultTable.head(view, arm, " <span class=\"paper\">" + chosen + "</span>"));
            out.append("<td class=\"chosen\">").append(chosen).append("</td>");
            Optional<Against> against = view.summary().against(arm, size);
            out.append(against.map(this::difference).orElse(EMPTY.repeat(4)));
            out.append("<td class=\"verdict\">")
                    .append(words(arm, cell, against))
                    .append("</td>");
            out.append(cell.map(c -> number(c.seconds(), Numbers.two(c.seconds())))
                            .orElse(EMPTY))
                    .append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n</div>\n").toString();
    }

    private static final String EMPTY = "<td class=\"n\" data-value=\"\">–</td>";

    private String difference(Against against) {
        Difference difference = against.difference();
        String interval =
                difference.pairs() < 2 ? "" : " <small>(" + view.numbers().differences(difference.ci()) + ")</small>";
        return number(difference.mean(), view.numbers().difference(difference.mean()) + interval)
                + (against.adjusted().isPresent()
                        ? number(
                                against.adjusted().getAsDouble(),
                                Html.text(Numbers.p(against.adjusted().getAsDouble())))
                        : EMPTY)
                + (difference.effect().isPresent()
                        ? number(
                                difference.effect().getAsDouble(),
                                Numbers.signed(difference.effect().getAsDouble(), 1))
                        : EMPTY)
                + number(difference.wins(), difference.wins() + " of " + difference.pairs());
    }

    private String words(String arm, Optional<Cell> cell, Optional<Against> against) {
        if (arm.equals(view.baseline())) {
            return "baseline";
        }
        if (cell.isEmpty()) {
            return "failed";
        }
        return against.map(a -> Glyph.svg(a.verdict()) + "  " + Glyph.words(a.verdict()))
                .orElse("no pairs");
    }

    private static String number(double value, String text) {
        return "<td class=\"n\" data-value=\"" + value + "\">" + text + "</td>";
    }

    private static String settings(Cell cell) {
        Map<String, String> all = cell.hyperparameters();
        String settings = all.entrySet().stream()
                .map(entry -> Names.parameter(entry.getKey(), all.keySet()) + " " + Numbers.setting(entry.getValue()))
                .collect(Collectors.joining(", "));
        double zeros = cell.trials().stream()
                .mapToDouble(trial -> trial.train().getOrDefault(Trial.ZEROS, 0.0))
                .average()
                .orElse(0);
        return zeros == 0 ? settings : settings + "; " + Numbers.percent(zeros) + Numbers.THIN + "% of weights 0";
    }
}
