package thimble.benchmarks.reproduction.document;

import java.util.LinkedHashMap;
import java.util.Map;
import thimble.benchmarks.report.Figures;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.PartResult;
import thimble.benchmarks.reproduction.Reproduction;
import thimble.benchmarks.reproduction.Study;

/**
 * The pictures of a reproduction, by name: the learning curves of studies that have them, under the name of the study, and the experiment's
 * plots.
 *
 * @param svg pictures by name
 * @param titles what each shows, by name
 */
public record ReproductionPictures(Map<String, String> svg, Map<String, String> titles) {
    /** Pictures of what was measured so far. */
    public static ReproductionPictures of(Reproduction reproduction) {
        Map<String, String> svg = new LinkedHashMap<>();
        Map<String, String> titles = new LinkedHashMap<>();
        for (PartResult part : reproduction.parts()) {
            if (part.part() instanceof Study study && study.figure()) {
                part.summary().filter(summary -> !summary.cells().isEmpty()).ifPresent(summary -> {
                    svg.put(study.name(), Figures.learningCurves(summary));
                    titles.put(study.name(), study.title());
                });
            }
        }
        for (Plot plot : reproduction.plots()) {
            svg.put(plot.name(), Figures.plot(plot));
            titles.put(plot.name(), plot.title());
        }
        return new ReproductionPictures(svg, titles);
    }
}
