package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.Golden;
import thimble.backend.Graph;
import thimble.nn.Initializers;
import thimble.nn.Linear;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.tensor.GraphText;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class TrainingStepTest {
    /** SpectReg's penalty, weight penalty and everything else that a method may do. */
    private static final class Shrink extends Methodlike {
        private final double lambda;

        Shrink(double lambda) {
            super("shrink");
            this.lambda = lambda;
        }

        @Override
        public Optional<Tensor> penalty(StepTrace step) {
            Tensor sum = step.parameters().stream()
                    .map(parameter -> parameter.tensor().square().sum())
                    .reduce(Tensor::add)
                    .orElseThrow();
            return Optional.of(sum.mul(step.value("lambda", lambda)));
        }
    }

    private static StepSetup setup(Regularizer... methods) {
        return new StepSetup(Blobs.mlp(), new CrossEntropy(), List.of(methods), new Sgd(0.1), 4, Shape.of(2), 3, 10);
    }

    private static String text(TrainingStep step) {
        return step.variants().stream()
                .map(variant -> GraphText.of(variant.graph().roots()) + variant.graph().updates().stream()
                        .map(Graph.Update::variable)
                        .toList())
                .reduce("", String::concat);
    }

    @Test
    void theGraphOfAnMlpStep() {
        Golden.check("train/mlp-step.txt", text(TrainingStep.of(setup())) + "\n");
    }

    @Test
    void otherStrengthsGiveTheSameGraphAndOtherScalars() {
        TrainingStep small = TrainingStep.of(setup(new Shrink(0.5)));
        TrainingStep large = TrainingStep.of(setup(new Shrink(2)));
        assertThat(text(small)).isEqualTo(text(large));
        assertThat(small.scalars()).extracting(StepScalar::input).contains("shrink.lambda", "learning-rate");
        StepScalar lambda = large.scalars().stream()
                .filter(scalar -> scalar.input().equals("shrink.lambda"))
                .findFirst()
                .orElseThrow();
        assertThat(lambda.value().at(0, 0)).isEqualTo(2);
    }

    @Test
    void hooksActInTheOrderOfDeclarationAndOfTheStep() {
        List<String> calls = new ArrayList<>();
        TrainingStep.of(setup(recorder("a", calls), recorder("b", calls)));
        assertThat(calls)
                .containsExactly(
                        "a.forward", "b.forward", "a.input", "b.input", "a.penalty", "b.penalty", "a.gradients", "b.gradients", "a.weights",
                        "b.weights", "a.evaluated", "b.evaluated");
    }

    private static Regularizer recorder(String name, List<String> calls) {
        return new Methodlike(name) {
            @Override
            public void forward(ForwardHooks hooks) {
                calls.add(name + ".forward");
                hooks.input(x -> {
                    calls.add(name + ".input");
                    return x;
                });
            }

            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                calls.add(name + ".penalty");
                return Optional.empty();
            }

            @Override
            public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
                calls.add(name + ".gradients");
                return gradients;
            }

            @Override
            public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
                calls.add(name + ".weights");
                return updated;
            }

            @Override
            public Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
                if (weight.name().equals("fc1.kernel")) {
                    calls.add(name + ".evaluated");
                }
                return Optional.empty();
            }
        };
    }

    @Test
    void twoMethodsMayNotShareARandomStream() {
        assertThatThrownBy(() -> TrainingStep.of(setup(noise("first"), noise("second"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[second] expected a random stream of its own but 'noise' belongs to first");
    }

    private static Regularizer noise(String name) {
        return new Methodlike(name) {
            @Override
            public void forward(ForwardHooks hooks) {
                hooks.layer("fc1", h -> h.add(hooks.normal("noise", h.shape())));
            }
        };
    }

    @Test
    void anUnknownLayerIsNamedWithThoseThatExist() {
        Regularizer wrong = new Methodlike("wrong") {
            @Override
            public void forward(ForwardHooks hooks) {
                hooks.layer("fc9", h -> h);
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(wrong)))
                .hasMessage("[wrong] expected one of the layers [fc1, out, output] but received 'fc9'");
    }

    @Test
    void hooksMayNotChangeShapes() {
        Regularizer sums = new Methodlike("sums") {
            @Override
            public void forward(ForwardHooks hooks) {
                hooks.input(x -> x.sum(1));
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(sums)))
                .hasMessage("[sums] expected a value of shape [4,2] for the input but received [4,1]");
        Regularizer drops = new Methodlike("drops") {
            @Override
            public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
                return new LinkedHashMap<>();
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(drops)))
                .hasMessage("[drops] expected a gradient of shape [8,2] for fc1.kernel but received none");
        Regularizer wide = new Methodlike("wide") {
            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                return Optional.of(step.logits());
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(wide)))
                .hasMessage("[wide] expected a scalar penalty but received shape [4,3]");
    }

    @Test
    void theOutputMustFitTheTargets() {
        StepSetup wrong = new StepSetup(
                Sequential.of().then("out", new Linear(2)), new CrossEntropy(), List.of(), new Sgd(0.1), 4, Shape.of(2), 3, 10);
        assertThatThrownBy(() -> TrainingStep.of(wrong))
                .hasMessage("[model] expected an output of shape [4,3] for the targets but received [4,2]");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        assertThatThrownBy(() -> TrainingStep.of(setup(new Shrink(Double.NaN))))
                .hasMessage("[shrink.lambda] expected a number but received NaN");
    }

    @Test
    void aMethodUpdatesOnlyItsOwnVariablesAndOnce() {
        Regularizer counter = new Methodlike("counter") {
            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                Tensor count = step.variable("count", Shape.of(), Initializers.ZEROS);
                step.update(count, count.add(1));
                step.update(count, count.add(2));
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(counter)))
                .hasMessage("[counter.count] expected one update per step but received a second");
        Regularizer thief = new Methodlike("thief") {
            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                step.update(step.parameters().getFirst().tensor(), step.parameters().getFirst().tensor());
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(thief)))
                .hasMessageStartingWith("[thief] expected a variable of its own to update but received");
    }

    @Test
    void theSameMethodTwiceHasNumberedNames() {
        TrainingStep step = TrainingStep.of(setup(new Shrink(1), new Shrink(2)));
        assertThat(step.scalars()).extracting(StepScalar::input).contains("shrink.lambda", "shrink#2.lambda");
    }
}
