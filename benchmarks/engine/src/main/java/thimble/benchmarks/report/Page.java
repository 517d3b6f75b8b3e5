package thimble.benchmarks.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Config;
import thimble.benchmarks.Environment;
import thimble.benchmarks.Trial;

/** The page's content, in the order in which people need it. */
record Page(View view) {
    String body() {
        StringBuilder out = new StringBuilder();
        out.append(line())
                .append(answer())
                .append(figures())
                .append(curves())
                .append(differences())
                .append(results());
        if (view.arms().size() > 1) {
            out.append(new BaselineTables(view).html());
        }
        return out.append(gapAndCost())
                .append(failures())
                .append(how())
                .append(footer())
                .toString();
    }

    private Config config() {
        return view.summary().config();
    }

    private String line() {
        int methods = view.arms().size();
        int sizes = view.sizes().size();
        String repeats = config().overlap() > 0
                ? config().text("test").substring(3) + " folds × " + counted(config().number("repeats"), "repeat")
                : counted(config().number("repeats"), "repeat");
        String left = Names.prose(config().text("dataset")) + " · " + Names.proseOfSpec(config().text("model")) + " · "
                + counted(methods, "method") + " × " + counted(sizes, "size") + " × " + repeats;
        int failed = view.summary().failures().size();
        String right = counted(view.summary().trials(), "trial") + ", " + (failed == 0 ? "none" : Numbers.count(failed))
                + " failed" + (view.summary().open() > 0 ? ", " + view.summary().open() + " to run" : "") + " · "
                + date();
        return "<div class=\"line\"><span><b>thimble compare</b>" + Html.text(left) + "</span><span>" + Html.text(right)
                + "</span></div>\n";
    }

    private String answer() {
        Sentences sentences = Sentences.prose(view.headline(), view.names());
        Sentences.Answer answer = sentences.answer();
        String number = answer.number().isEmpty()
                ? ""
                : " <span class=\"" + (answer.gain() ? "accent" : "worse") + "\">" + Html.text(answer.number())
                        + "</span> <span class=\"interval\">" + Html.text(answer.interval()) + "</span>";
        return "<h1>" + Html.text(answer.before()) + number + "</h1>\n<p class=\"lede\">"
                + Html.text(String.join(" ", sentences.lede())) + "</p>\n";
    }

    private String figures() {
        StringBuilder out = new StringBuilder("<dl class=\"figures\">\n");
        for (KeyFigures.Figure figure : new KeyFigures(view).figures()) {
            out.append("<div><dt>")
                    .append(Html.text(figure.value()))
                    .append("</dt><dd>")
                    .append(Html.text(figure.meaning()))
                    .append("</dd><dd>")
                    .append(Html.text(figure.detail()))
                    .append("</dd></div>\n");
        }
        return out.append("</dl>\n").toString();
    }

    private String curves() {
        String what = Sentences.what(view.summary());
        int repeats = config().number("trials");
        boolean one = view.sizes().size() == 1;
        String caption = one
                ? "Mark: mean of " + counted(repeats, "repeat") + ". Bar: 95" + Numbers.THIN
                        + "% Student interval. Small dots: every repeat. Lower is better."
                : "Line: mean of " + counted(repeats, "repeat") + ". Band: 95" + Numbers.THIN
                        + "% Student interval. Small dots: every repeat. Lower is better; both axes are logarithmic.";
        String title =
                one ? "Test " + what + " with " + view.samples() : "How " + what + " falls with the number of samples";
        return section(title, caption, "Learning curves", new LearningCurveFigure(view).svg());
    }

    private String differences() {
        DifferenceFigure figure = new DifferenceFigure(view);
        if (!figure.drawable()) {
            return "";
        }
        int methods = view.arms().size() - 1;
        String holm = methods == 1 ? "" : " after Holm over " + methods + " methods";
        String caption = "Mark and bar: mean and 95" + Numbers.THIN
                + "% interval of the paired differences (dots). Filled: better or worse at 5" + Numbers.THIN + "%"
                + holm + ". Hollow: not distinguishable."
                + (methods == 1
                        ? ""
                        : " Bars are not adjusted for the number of methods, so one may clear zero and stay hollow.")
                + " Arrow: beyond the scale.";
        return section(
                "Which differences to " + view.names().brief(view.baseline()) + " are real",
                caption,
                "Differences",
                figure.svg());
    }

    private String results() {
        String metric = Names.prose(view.metric().name());
        String base = Html.text(view.names().brief(view.baseline()));
        String title = "Test "
                + (view.metric().fraction()
                        ? metric + ", %"
                        : metric.length() <= 4 ? metric.toUpperCase(Locale.ROOT) : metric);
        String glyphs = view.arms().size() == 1 ? "" : " ▲ better than " + base + ", ▼ worse, ○ not distinguishable.";
        return "<section>\n<h2>" + Html.text(title) + "</h2>\n<p class=\"caption\">Mean and 95" + Numbers.THIN
                + "% half-width over "
                + counted(config().number("trials"), "repeat") + ", by number of training samples." + glyphs + "</p>\n"
                + new ResultTable(view).html()
                + "</section>\n";
    }

    private String gapAndCost() {
        GapFigure gap = new GapFigure(view);
        CostFigure cost = new CostFigure(view);
        int most = view.arms().stream()
                .flatMap(arm -> view.cell(arm).stream())
                .mapToInt((Cell cell) -> cell.trials().size())
                .max()
                .orElse(0);
        String left = gap.drawable()
                ? section("Generalization gap, " + view.samples(), gap.caption(), "Generalization gap", gap.svg())
                : "";
        String right = cost.drawable()
                ? section(
                        "Cost against error, " + view.samples(),
                        "Median time of " + counted(most, "training") + "; tuning not included.",
                        "Cost",
                        cost.svg())
                : "";
        return "<div class=\"pair\">\n" + left + right + "</div>\n";
    }

    private String failures() {
        if (view.summary().failures().isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<section>\n"
                + "<h2>Failed trials</h2>\n"
                + "<p class=\"caption\">Left out of every number above.</p>\n"
                + "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Failed trials\">\n"
                + "<table>\n"
                + "<thead><tr><th scope=\"col\">Method</th><th scope=\"col\" class=\"n\">samples</th><th"
                + " scope=\"col\" class=\"n\">repeat</th><th scope=\"col\">reason</th></tr></thead>\n"
                + "<tbody>\n");
        for (Trial trial : view.summary().failures()) {
            out.append("<tr>")
                    .append(ResultTable.head(view, trial.methods(), ""))
                    .append("<td class=\"n\">")
                    .append(Numbers.count(trial.size()))
                    .append("</td><td class=\"n\">")
                    .append(trial.repeat())
                    .append("</td><td>")
                    .append(Html.text(
                            trial.reason().orElse("no " + view.metric().name())))
                    .append("</td></tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n</section>\n").toString();
    }

    private String how() {
        StringBuilder out = new StringBuilder("<section>\n<h2>How this was compared</h2>\n<dl class=\"how\">\n");
        new MethodNotes(view)
                .notes()
                .forEach((name, text) -> out.append("<dt>")
                        .append(Html.text(name))
                        .append("</dt><dd>")
                        .append(Html.text(text))
                        .append("</dd>\n"));
        return out.append("</dl>\n</section>\n").toString();
    }

    private String footer() {
        Environment environment = config().environment();
        double seconds = view.summary().cells().stream()
                .flatMap(cell -> cell.trials().stream())
                .mapToDouble(Trial::seconds)
                .sum();
        int first = config().number("seed");
        String line = "Thimble " + environment.version() + " · backend " + environment.backend() + ", "
                + environment.device() + elsewhere() + " · " + environment.java()
                + " · " + environment.processor() + " · seeds " + first + "–" + (first + config().number("trials") - 1)
                + " · data sha256 "
                + brief(config().text("sha256")) + " · config sha256 " + brief(config().fingerprint()) + " · trainings "
                + clock(seconds) + " in all";
        return "<footer>\n<pre class=\"code\">" + Html.text(environment.command()) + "</pre>\n<p>" + Html.text(line)
                + "</p>\n"
                + "<p>Repeat exactly: the command above · every number: <code>summary.json</code>,"
                + " <code>trials.jsonl</code></p>\n"
                + "</footer>\n";
    }

    /** Trials that did not run on the backend of the comparison. */
    private String elsewhere() {
        Map<String, Long> others = view.summary().cells().stream()
                .flatMap(cell -> cell.trials().stream())
                .filter(trial -> !trial.backend().equals(config().environment().backend()))
                .collect(Collectors.groupingBy(Trial::backend, TreeMap::new, Collectors.counting()));
        return others.entrySet().stream()
                .map(other -> ", " + other.getValue() + (other.getValue() == 1 ? " trial" : " trials") + " on "
                        + other.getKey())
                .collect(Collectors.joining());
    }

    private static String section(String title, String caption, String label, String svg) {
        return "<section>\n<h2>" + Html.text(title) + "</h2>\n<p class=\"caption\">" + Html.text(caption)
                + "</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + label + "\">\n" + svg
                + "</div>\n</section>\n";
    }

    private String date() {
        String started = config().environment().started();
        try {
            return DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.parse(started));
        } catch (DateTimeParseException otherForm) {
            return started;
        }
    }

    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    private static String brief(String hash) {
        return hash.substring(0, 4) + "…" + hash.substring(hash.length() - 4);
    }

    private static String counted(int count, String noun) {
        return Numbers.count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
