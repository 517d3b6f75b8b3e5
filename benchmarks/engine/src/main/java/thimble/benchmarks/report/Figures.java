package thimble.benchmarks.report;

import java.util.stream.Collectors;
import thimble.benchmarks.Summary;

/** Figures as pictures of their own, light and dark. */
public final class Figures {
    private static final String FRAME =
            "svg{font-family:Inter,system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif;"
                    + "font-variant-numeric:tabular-nums lining-nums;background:var(--page)}";

    private Figures() {}

    /** The learning curves of a comparison with at least one trial, as in its report. */
    public static String learningCurves(Summary summary) {
        return framed(new LearningCurveFigure(View.of(Headline.of(summary))).svg());
    }

    /** A plot. */
    public static String plot(Plot plot) {
        return framed(new PlotFigure(plot).svg());
    }

    /** With the rules of the report's style that concern pictures. */
    private static String framed(String svg) {
        String rules = Report.resource("report.css")
                .lines()
                .filter(line -> line.startsWith(":root")
                        || line.startsWith("@media screen and (prefers-color-scheme")
                        || line.startsWith("svg ")
                        || line.matches(
                                "\\.(halo|onpanel|c1|grid|axis|zero|leader|panel|curve|base|plain|classical|band"
                                        + "|dot|bar|stroke|stem|mark|open)\\b.*"))
                .collect(Collectors.joining("\n"));
        int inside = svg.indexOf('>') + 1;
        return svg.substring(0, inside) + "\n<style>\n" + rules + "\n" + FRAME + "\n</style>" + svg.substring(inside);
    }
}
