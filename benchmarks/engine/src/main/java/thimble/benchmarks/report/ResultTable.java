package thimble.benchmarks.report;

import java.util.Optional;
import thimble.benchmarks.Against;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Difference;

/** Every method at every size: mean, half-width, verdict; last the lift over the classical arm. */
record ResultTable(View view) {
    String html() {
        Optional<String> classical = view.headline().classical();
        StringBuilder out =
                new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Test results\">\n"
                        + "<table class=\"sort wide\" id=\"results\">\n<thead><tr><th scope=\"col\">Method</th>");
        view.sizes()
                .forEach(size -> out.append("<th scope=\"col\" class=\"n\">")
                        .append(Numbers.count(size))
                        .append("</th>"));
        classical.ifPresent(arm -> out.append("<th scope=\"col\" class=\"n lift\">lift over\n")
                .append(Html.text(view.names().brief(arm)))
                .append("\nat ")
                .append(Numbers.count(view.size()))
                .append(", ")
                .append(view.numbers().unit())
                .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (String arm : view.arms()) {
            out.append(arm.equals(view.baseline()) ? "<tr class=\"baseline\">" : "<tr>");
            out.append(head(view, arm, kind(arm)));
            view.sizes().forEach(size -> out.append(value(arm, size)));
            classical.ifPresent(other -> out.append(lift(arm, other)));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n").toString();
    }

    /** First cell of a row, with something after the name. */
    static String head(View view, String arm, String after) {
        return "<th scope=\"row\" data-method=\"" + Html.text(arm) + "\">" + Glyph.key(view.look(arm))
                + Html.text(view.names().of(arm).whole()) + after + "</th>";
    }

    private String kind(String arm) {
        return switch (view.summary().kind(arm)) {
            case BASELINE -> " <small>baseline</small>";
            case CLASSICAL -> " <small>classical</small>";
            case PLAIN, CANDIDATE -> "";
        };
    }

    private String value(String arm, int size) {
        Optional<Cell> cell = view.cell(arm, size);
        if (cell.isEmpty()) {
            return "<td class=\"n\" data-value=\"\">failed</td>";
        }
        String glyph = view.summary()
                .against(arm, size)
                .map(Against::verdict)
                .map(Glyph::svg)
                .orElse("<span class=\"glyph\"></span>");
        String half = view.numbers().half(cell.get());
        return "<td class=\"n\" data-value=\"" + cell.get().mean() + "\">"
                + view.numbers().value(cell.get().mean()) + (half.isEmpty() ? "" : " <small>" + half + "</small>") + " "
                + glyph + "</td>";
    }

    private String lift(String arm, String classical) {
        Optional<Difference> lift =
                arm.equals(classical) ? Optional.empty() : view.summary().difference(arm, classical, view.size());
        return lift.map(difference -> "<td class=\"n lift\" data-value=\"" + difference.mean() + "\"><b>"
                        + view.numbers().lift(difference.mean()) + "</b>"
                        + (difference.pairs() < 2
                                ? ""
                                : " <small>±"
                                        + view.numbers().value(difference.ci().halfWidth()) + "</small>")
                        + "</td>")
                .orElse("<td class=\"n lift\" data-value=\"\">–</td>");
    }
}
