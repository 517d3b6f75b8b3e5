package thimble.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Study;

class ModelCurvesTest {
    private static final Conditions LENET = Conditions.of("mnist", "lenet5");

    @Test
    void everyModelHasAStudyOfItsOwn() {
        for (Form form : Form.values()) {
            List<Part> parts = ModelCurves.studies(LENET, form);
            assertThat(parts)
                    .extracting(part -> ((Study) part).conditions().model())
                    .containsExactly(
                            "lenet5", "lenet5:conv=harmonic", "lenet5:norm=batch", "wide-resnet:depth=10,width=1");
        }
    }

    @Test
    void nothingIsSaidBeforeItRan() {
        Results none = new Results(Map.of(), Map.of());
        assertThat(ModelCurves.gains(none)).isEmpty();
        assertThat(ModelCurves.plot(none)).isEmpty();
    }
}
