package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.benchmarks.Invented;

class TerminalReportTest {
    @Test
    void resultIsGolden() throws IOException {
        Golden.check(
                "terminal.txt",
                TerminalReport.text(Invented.summary(), 120, false, true) + "\n"
                        + TerminalReport.text(Invented.summary(), 80, false, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 90, 100, 114, 120, 200})
    void linesFitTheWidth(int width) {
        assertThat(TerminalReport.text(Invented.summary(), width, false, true).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void asciiIsAsciiAndNoColourLosesNothing() {
        assertThat(TerminalReport.text(Invented.summary(), 100, false, false)).matches("[\\x0a\\x20-\\x7e]*");
        String coloured = TerminalReport.text(Invented.summary(), 100, true, true);
        assertThat(coloured).contains("\u001b[32m▲\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", ""))
                .isEqualTo(TerminalReport.text(Invented.summary(), 100, false, true));
    }
}
