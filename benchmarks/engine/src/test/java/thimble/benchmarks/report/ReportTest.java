package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Invented;
import thimble.benchmarks.Summary;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {
    private final Summary summary = Invented.summary();
    private final String html = Report.html(summary, 500);
    private Document page;

    @BeforeAll
    void parse() throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        page = builder.parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))));
    }

    @Test
    void learningCurvesShowTheNumbersOfTheTable() {
        Element figure = byAria("curves-t curves-d");
        Scale y = scale(figure, true);
        List<double[]> drawn = points(figure);
        List<Double> tableErrors = new ArrayList<>();
        for (Element cell : elements(byId("results"), "td")) {
            if (!cell.getAttribute("class").contains("lift")) {
                tableErrors.add(100 * (1 - Double.parseDouble(cell.getAttribute("data-value"))));
            }
        }
        assertThat(drawn).hasSize(30).hasSameSizeAs(tableErrors);
        List<Double> fromPlot =
                drawn.stream().map(point -> y.value(point[1])).sorted().toList();
        List<Double> fromTable = tableErrors.stream().sorted().toList();
        for (int i = 0; i < fromTable.size(); i++) {
            assertThat(fromPlot.get(i)).isCloseTo(fromTable.get(i), within(0.005 * fromTable.get(i)));
        }
    }

    @Test
    void tableTextIsTheRoundedSummary() {
        int rows = 0;
        for (Element row : elements(byId("results"), "tr")) {
            List<Element> cells = elements(row, "td");
            if (cells.isEmpty()) {
                continue;
            }
            String arm = elements(row, "th").getFirst().getAttribute("data-method");
            List<Integer> sizes = summary.config().sizes();
            for (int s = 0; s < sizes.size(); s++) {
                Cell cell = summary.cell(arm, sizes.get(s)).orElseThrow();
                assertThat(cells.get(s).getTextContent())
                        .startsWith("%.1f ±%.1f"
                                .formatted(100 * cell.mean(), 100 * cell.ci().halfWidth()));
            }
            rows++;
        }
        assertThat(rows).isEqualTo(6);
    }

    @Test
    void theFirstGapIsThatOfAMemoriser() {
        String gaps = byAria("gaps-t gaps-d").getTextContent();
        String axis = "held-out loss − training loss";
        String rows = gaps.substring(gaps.indexOf(axis) + axis.length()).strip();
        assertThat(rows).startsWith("memoriser").contains("2.30");
        assertThat(html).contains("The memoriser knows its samples by heart");
    }

    @Test
    void differencesStandWhereTheirAxisSays() {
        Element figure = byAria("differences-t differences-d");
        // The first panel has the ticks −20 %, +20 % and 0 in this order.
        List<Element> ticks = elements(figure, "text").stream()
                .filter(text -> text.getAttribute("class").equals("tick")
                        && text.getTextContent().contains("%")
                        && text.getTextContent().length() < 8)
                .toList();
        Scale x = new Scale(false, -20, 20, number(ticks.get(0), "x"), number(ticks.get(1), "x"));
        double best = summary.against("dropout+datagrad:lambda=[1..200]", 100)
                .orElseThrow()
                .difference()
                .relative()
                .orElseThrow();
        assertThat(ticks.get(0).getTextContent()).startsWith("−20");
        assertThat(x.value(points(figure).getFirst()[0])).isCloseTo(100 * best, within(0.1));
    }

    @Test
    void everyRepeatIsADotAndTheAnswerStandsFirst() {
        assertThat(elements(byAria("curves-t curves-d"), "circle").stream()
                        .filter(dot -> dot.getAttribute("class").equals("dot")))
                .hasSize(180);
        String text = page.getDocumentElement().getTextContent().replaceAll("[\\s\u202f]+", " ");
        assertThat(text)
                .contains("With 500 samples, DataGrad + dropout cuts the error of dropout by 12 % (95 %: 8–16)");
        assertThat(html.indexOf("<h1>")).isLessThan(html.indexOf("<svg"));
        assertThat(html.indexOf("id=\"results\"")).isGreaterThan(html.indexOf("id=\"differences-t\""));
    }

    @Test
    void pageIsSelfContainedAndItsScriptSmallAndHashed() throws Exception {
        String script = html.substring(html.indexOf("<script>") + 8, html.indexOf("</script>"));
        assertThat(script.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(3072);
        byte[] digest =
                java.security.MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertThat(html)
                .contains("script-src 'sha256-" + java.util.Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(html)
                .doesNotContainPattern("https?://(?!www\\.w3\\.org/)")
                .doesNotContain(" style=\"")
                .doesNotContain("<img")
                .doesNotContain("src=");
    }

    @Test
    void figuresAndTablesAreNamedForScreenReaders() {
        for (Element svg : elements(page.getDocumentElement(), "svg")) {
            if (svg.hasAttribute("aria-labelledby")) {
                assertThat(elements(svg, "title").getFirst().getTextContent()).isNotBlank();
                assertThat(elements(svg, "desc").getFirst().getTextContent()).contains("table");
            } else {
                assertThat(svg.hasAttribute("aria-label")
                                || svg.getAttribute("aria-hidden").equals("true"))
                        .isTrue();
            }
        }
        assertThat(elements(page.getDocumentElement(), "th")).allMatch(head -> head.hasAttribute("scope"));
    }

    @Test
    void pictureIsGolden() throws IOException {
        Golden.check("curves.svg", new LearningCurveFigure(View.of(Headline.at(summary, 500))).svg());
    }

    @Test
    void namesAreEscapedAndSizesChecked() {
        assertThat(Html.text("a<b & \"c\"")).isEqualTo("a&lt;b &amp; &quot;c&quot;");
        assertThatThrownBy(() -> Report.html(summary, 7))
                .hasMessageContaining("expected one of the sizes [100, 250, 500, 1000, 2000] but received 7");
    }

    @Test
    void labelsArePushedApart() {
        double[] places = LearningCurveFigure.apart(new double[] {100, 104, 106, 300}, 400);
        assertThat(places[1] - places[0]).isCloseTo(19, within(1e-9));
        assertThat(places[2] - places[1]).isCloseTo(19, within(1e-9));
        assertThat((places[0] + places[1] + places[2]) / 3).isCloseTo((100 + 104 + 106) / 3.0, within(1e-9));
        assertThat(places[3]).isEqualTo(300);
        assertThat(LearningCurveFigure.apart(new double[] {390, 395, 399}, 400)[2])
                .isEqualTo(396);
    }

    private Element byAria(String labels) {
        return elements(page.getDocumentElement(), "svg").stream()
                .filter(svg -> svg.getAttribute("aria-labelledby").equals(labels))
                .findFirst()
                .orElseThrow();
    }

    private Element byId(String id) {
        return elements(page.getDocumentElement(), "table").stream()
                .filter(table -> table.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The vertical scale of a figure, from its first and last percent tick. */
    private static Scale scale(Element figure, boolean log) {
        TreeMap<Double, Double> ticks = new TreeMap<>();
        for (Element text : elements(figure, "text")) {
            String content = text.getTextContent();
            if (text.getAttribute("class").equals("tick") && content.endsWith("\u202f%")) {
                ticks.put(Double.parseDouble(content.replace("\u202f%", "")), number(text, "y") - 4);
            }
        }
        return new Scale(
                log,
                ticks.firstKey(),
                ticks.lastKey(),
                ticks.firstEntry().getValue(),
                ticks.lastEntry().getValue());
    }

    private static List<double[]> points(Element figure) {
        return elements(figure, "g").stream()
                .filter(group -> group.getAttribute("class").equals("point"))
                .map(group -> new double[] {number(group, "data-x"), number(group, "data-y")})
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<Element> elements(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
