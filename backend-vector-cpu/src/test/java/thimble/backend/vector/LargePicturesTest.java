package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.train.TrainingStep;

/** A penalty of second order on eight colour pictures of 224 x 224 fits into 4 GiB. */
class LargePicturesTest {
    private static final long GIBIBYTE = 1L << 30;

    /** By the plan of the compiled step. */
    @ParameterizedTest
    @CsvSource({"lenet,false", "lenet,true", "resnet20,false", "resnet20,true"})
    void plannedStepsFitIntoFourGibibytes(String model, boolean ofLoss) {
        TrainingStep step = LargeStep.of(model, ofLoss);
        long state = step.variables().stream()
                .mapToLong(variable -> 4L * variable.tensor().shape().elements())
                .sum();
        long working = ((VectorProgram)
                        new VectorBackend(1).compile(step.variants().getFirst().graph()))
                .arena();
        assertThat(working).isPositive();
        assertThat(state + working).as("bytes of %s", model).isLessThan(4 * GIBIBYTE);
    }

    /** The heap, the code and all else of the process included; 1 GiB of heap is enough to compile it. */
    @Tag("slow")
    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @CsvSource({"lenet,false", "resnet20,true"})
    void realStepsFitIntoFourGibibytes(String model, String ofLoss) throws IOException, InterruptedException {
        String[] printed = SameBitsTest.elsewhere(List.of("-Xmx1g"), LargeStep.class, model, ofLoss)
                .split(" ");
        assertThat(Float.parseFloat(printed[0])).isFinite().isPositive();
        assertThat(1024 * Long.parseLong(printed[1])).as("bytes of the process").isLessThan(4 * GIBIBYTE);
    }
}
