package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import thimble.Golden;
import thimble.backend.Graph;
import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Flatten;
import thimble.nn.Initializers;
import thimble.nn.Linear;
import thimble.nn.Parameter;
import thimble.nn.Pool2d;
import thimble.nn.Sequential;
import thimble.tensor.GraphText;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class TrainingStepTest {
    /** SpectReg's penalty, weight penalty and everything else that a method may do. */
    private static final class Shrink extends Methodlike {
        private final double lambda;

        private final String place;

        Shrink(double lambda) {
            this(lambda, "");
        }

        Shrink(double lambda, String place) {
            super("shrink");
            this.lambda = lambda;
            this.place = place;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public List<String> excludes() {
            return List.of("thief");
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
                .map(variant -> GraphText.of(variant.graph().roots())
                        + variant.graph().updates().stream()
                                .map(Graph.Update::variable)
                                .toList())
                .reduce("", String::concat);
    }

    @Test
    void theGraphOfAnMlpStep() {
        Golden.check("train/mlp-step.txt", text(TrainingStep.of(setup())) + "\n");
    }

    @Test
    void aStrengthOfZeroGivesTheGraphWithoutTheMethod() {
        assertThat(text(TrainingStep.of(setup(new Shrink(0))))).isEqualTo(text(TrainingStep.of(setup())));
        assertThat(text(TrainingStep.of(setup(new Shrink(1))))).isNotEqualTo(text(TrainingStep.of(setup())));
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
                        "a.forward",
                        "b.forward",
                        "a.input",
                        "b.input",
                        "a.penalty",
                        "b.penalty",
                        "a.gradients",
                        "b.gradients",
                        "a.weights",
                        "b.weights",
                        "a.evaluated",
                        "b.evaluated");
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
                Sequential.of().then("out", new Linear(2)),
                new CrossEntropy(),
                List.of(),
                new Sgd(0.1),
                4,
                Shape.of(2),
                3,
                10);
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
                step.update(
                        step.parameters().getFirst().tensor(),
                        step.parameters().getFirst().tensor());
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> TrainingStep.of(setup(thief)))
                .hasMessageStartingWith("[thief] expected a variable of its own to update but received");
    }

    @Test
    void theSameMethodAtTwoPlacesHasNumberedNames() {
        TrainingStep step = TrainingStep.of(setup(new Shrink(1, "here"), new Shrink(2, "there")));
        assertThat(step.scalars()).extracting(StepScalar::input).contains("shrink.lambda", "shrink#2.lambda");
    }

    @Test
    void theSameMethodTwiceAndMethodsThatExcludeEachOtherAreRefused() {
        assertThatThrownBy(() -> TrainingStep.of(setup(new Shrink(1), new Shrink(2))))
                .hasMessage("[shrink] expected one method of this name but received two; leave one out");
        assertThatThrownBy(() -> TrainingStep.of(setup(new Methodlike("thief") {}, new Shrink(2))))
                .hasMessage("[shrink] expected a step without thief but received both; leave one of them out");
    }

    /** Asks for an inner value, which simplification would bypass by pooling before relu. */
    private static Regularizer inner(boolean byGradient) {
        return new Methodlike("inner") {
            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                Tensor map = step.layer("conv1");
                return Optional.of(
                        byGradient
                                ? step.logits()
                                        .square()
                                        .sum()
                                        .gradient(map)
                                        .square()
                                        .sum()
                                : step.logitsWith(Map.of(map, map.mul(0.5)))
                                        .square()
                                        .sum());
            }
        };
    }

    private static double penalty(Regularizer method, double shift) {
        Sequential layers = Sequential.of()
                .then("conv1", new Conv2d(2, 3, Activation.RELU))
                .then("pool1", Pool2d.max(2))
                .then("flatten", new Flatten())
                .then("out", new Linear(3));
        StepSetup setup =
                new StepSetup(layers, new CrossEntropy(), List.of(method), new Sgd(0.1), 1, Shape.of(1, 4, 4), 3, 1);
        TrainingStep step = TrainingStep.of(setup);
        Reference reference = new Reference()
                .feed("input", new SplittableRandom(3).doubles(16).toArray())
                .feed("target", 1, 0, 0)
                .feed("weight", 1)
                .feed("learning-rate", 0.1);
        for (StateVariable variable : step.variables()) {
            double[] values = new SplittableRandom(4)
                    .doubles(variable.tensor().shape().elements(), -1, 1)
                    .toArray();
            if (variable.name().equals("conv1.bias")) {
                java.util.Arrays.fill(values, shift);
            }
            reference.variable(variable.name(), values);
        }
        return reference.scalar(step.variants().getFirst().graph().outputs().getFirst());
    }

    @Test
    void innerValuesThatAMethodAsksForStayInThePath() {
        double plain = penalty(new Methodlike("none") {}, 3);
        double gradient = penalty(inner(true), 3) - plain;
        double halved = penalty(inner(false), 3) - plain;
        assertThat(gradient).isGreaterThan(1);
        assertThat(halved).isGreaterThan(0).isNotCloseTo(penalty(whole(), 3) - plain, within(1e-3));
    }

    private static Regularizer whole() {
        return new Methodlike("whole") {
            @Override
            public Optional<Tensor> penalty(StepTrace step) {
                return Optional.of(step.logits().square().sum());
            }
        };
    }
}
