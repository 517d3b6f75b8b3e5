package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thimble.backend.Conformance;

class ConformanceTest {
    @Test
    void agreesWithTheReference() {
        Conformance.Report report = Conformance.run(Gpu.backend());
        assertThat(report.passed()).as(report.text()).isTrue();
    }

    @Test
    void agreesWithTheReferenceThroughTiles() {
        Conformance.Report report =
                Conformance.run(new TiledBackend(Gpu.backend().session().device(), true));
        assertThat(report.passed()).as(report.text()).isTrue();
    }
}
