package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import thimble.benchmarks.Invented;
import thimble.benchmarks.statistics.Interval;

class FiguresTest {
    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aPictureBringsItsStyle() throws Exception {
        String svg = Figures.learningCurves(Invented.summary());
        assertThat(parsed(svg).getElementsByTagName("path").getLength()).isGreaterThan(6);
        assertThat(svg)
                .contains("--page", ".curve{", ".c1{", "prefers-color-scheme:dark")
                .doesNotContain("table{");
    }

    @Test
    void aPlotShowsEveryPointThatItsScalesAllow() throws Exception {
        Plot plot = new Plot(
                "u",
                "Error over λ & others",
                "λ",
                true,
                "error, %",
                false,
                List.of(
                        new Plot.Series(
                                "l2",
                                List.of(
                                        Plot.Point.of(0, 4),
                                        Plot.Point.of(1e-4, 3),
                                        new Plot.Point(1e-3, 2, Optional.of(new Interval(1, 3)), true),
                                        new Plot.Point(1e-2, Double.NaN, Optional.empty(), false))),
                        new Plot.Series("empty", List.of())));
        String svg = Figures.plot(plot);
        Document document = parsed(svg);
        assertThat(svg.split("class=\"point\"", -1)).hasSize(3);
        assertThat(svg).contains("A9 9 0 0 1").contains("error, %").contains("(log scale)");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Error over λ & others");
    }

    @Test
    void aPlotOfOnePointHasAScale() throws Exception {
        Plot plot =
                new Plot("p", "t", "x", false, "y", true, List.of(new Plot.Series("s", List.of(Plot.Point.of(2, 5)))));
        assertThat(parsed(Figures.plot(plot)).getElementsByTagName("circle").getLength())
                .isGreaterThanOrEqualTo(1);
    }
}
