package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.nn.Layer;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.StepSetup;
import thimble.train.StepTrace;
import thimble.train.TrainingStep;

/** A penalty of second order on eight colour pictures of 224 x 224 fits into 4 GiB, by the plan of the compiled step. */
class LargePicturesTest {
    private static final long GIBIBYTE = 1L << 30;

    /** The squared gradient by the input of projected logits, or of the loss. */
    private record GradientPenalty(boolean ofLoss) implements Regularizer {
        @Override
        public String name() {
            return "gradient-penalty";
        }

        @Override
        public String summary() {
            return "penalises a gradient by the input";
        }

        @Override
        public Optional<Tensor> penalty(StepTrace step) {
            Tensor z = step.logits();
            Tensor of = ofLoss
                    ? step.lossPerExample()
                    : step.signs("projection", z.shape()).mul(z);
            return Optional.of(of.sum().gradient(step.input()).square().sum().div(step.batch()));
        }
    }

    @ParameterizedTest
    @CsvSource({"lenet,false", "lenet,true", "resnet20,false", "resnet20,true"})
    void secondOrderStepsFitIntoFourGibibytes(String model, boolean ofLoss) {
        Shape example = Shape.of(3, 224, 224);
        Layer layers = Models.parse(model, example, 10);
        TrainingStep step = TrainingStep.of(new StepSetup(
                layers, new CrossEntropy(), List.of(new GradientPenalty(ofLoss)), new Adam(), 8, example, 10, 100));
        long state = step.variables().stream()
                .mapToLong(variable -> 4L * variable.tensor().shape().elements())
                .sum();
        long working = ((VectorProgram)
                        new VectorBackend(1).compile(step.variants().getFirst().graph()))
                .arena();
        assertThat(working).isPositive();
        assertThat(state + working).as("bytes of %s", model).isLessThan(4 * GIBIBYTE);
    }
}
