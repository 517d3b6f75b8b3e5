package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thimble.backend.Conformance;

class ConformanceTest {
    @Test
    void agreesWithTheReference() {
        Conformance.Report report = Conformance.run(new VectorBackend(1));
        assertThat(report.passed()).as(report.text()).isTrue();
    }
}
