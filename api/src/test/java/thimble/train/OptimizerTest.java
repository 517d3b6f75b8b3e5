package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.method.Methods;
import thimble.nn.Initializers;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Three steps on the loss ½·3·(w − 1)², whose gradient is 3·(w − 1), against the published recursions. */
class OptimizerTest {
    private static final int STEPS = 3;

    private static double[] run(Optimizer optimizer, Parameter.Role role) {
        Tensor variable = Tensor.variable("w", Shape.of());
        Parameter weight = new Parameter("w", variable, Initializers.ZEROS, role);
        Tensor loss = variable.add(-1).square().mul(1.5);
        Minimize minimize = Minimize.of("test", loss, List.of(weight), optimizer, STEPS);
        ReferenceBackend backend = new ReferenceBackend();
        List<Tensor> variables = Stream.concat(
                        Stream.of(variable), minimize.variables().stream().map(StateVariable::tensor))
                .toList();
        double[] path = new double[STEPS];
        try (State state = backend.allocate(variables);
                Executable step = backend.compile(new Graph(List.of(), minimize.updates()))
                        .bind(state)) {
            for (int t = 0; t < STEPS; t++) {
                for (StepScalar scalar : minimize.scalars()) {
                    step.feed(
                            scalar.input(), new float[] {(float) scalar.value().at(0, t)});
                }
                step.run(0, t);
                float[] value = new float[1];
                state.read("w", value);
                path[t] = value[0];
            }
        }
        return path;
    }

    @Test
    void sgdWithMomentum() {
        double w = 0;
        double v = 0;
        double[] path = run(new Sgd(0.1, 0.9, false, Schedule.CONSTANT, 0), Parameter.Role.KERNEL);
        for (double reached : path) {
            v = 0.9 * v + 3 * (w - 1);
            w -= 0.1 * v;
            assertThat(reached).isCloseTo(w, within(1e-6));
        }
    }

    @Test
    void sgdWithNesterovLooksAhead() {
        double w = 0;
        double v = 0;
        for (double reached : run(new Sgd(0.1, 0.9, true, Schedule.CONSTANT, 0), Parameter.Role.KERNEL)) {
            double g = 3 * (w - 1);
            v = 0.9 * v + g;
            w -= 0.1 * (g + 0.9 * v);
            assertThat(reached).isCloseTo(w, within(1e-6));
        }
    }

    private static void checkAdam(Optimizer optimizer, double decay, Parameter.Role role) {
        double w = 0;
        double m = 0;
        double v = 0;
        double[] path = run(optimizer, role);
        for (int t = 1; t <= STEPS; t++) {
            double g = 3 * (w - 1);
            m = 0.9 * m + 0.1 * g;
            v = 0.99 * v + 0.01 * g * g;
            double direction = m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.99, t))) + 1e-8);
            w -= 0.1 * (direction + decay * w);
            assertThat(path[t - 1]).isCloseTo(w, within(1e-6));
        }
    }

    @Test
    void adamCorrectsItsMoments() {
        checkAdam(new Adam(0.1, 0.9, 0.99, 1e-8, Schedule.CONSTANT, 0), 0, Parameter.Role.KERNEL);
    }

    @Test
    void adamWDecaysKernelsApartFromTheGradient() {
        AdamW optimizer = new AdamW(0.1, 0.9, 0.99, 1e-8, 0.5, Schedule.CONSTANT, 0);
        checkAdam(optimizer, 0.5, Parameter.Role.KERNEL);
        checkAdam(optimizer, 0, Parameter.Role.BIAS);
    }

    /** Each running mean of a weight whose gradient is {@code first} in the first step and 0 from then on. */
    private static List<Float> means(Optimizer optimizer, float first, int steps) {
        Tensor variable = Tensor.variable("w", Shape.of());
        Parameter weight = new Parameter("w", variable, Initializers.ZEROS, Parameter.Role.KERNEL);
        Tensor loss = variable.mul(Tensor.input("gradient"));
        Minimize minimize = Minimize.of("test", loss, List.of(weight), optimizer, steps);
        List<Tensor> variables = Stream.concat(
                        Stream.of(variable), minimize.variables().stream().map(StateVariable::tensor))
                .toList();
        ReferenceBackend backend = new ReferenceBackend();
        try (State state = backend.allocate(variables);
                Executable step = backend.compile(new Graph(List.of(), minimize.updates()))
                        .bind(state)) {
            for (int t = 0; t < steps; t++) {
                step.feed("gradient", new float[] {t == 0 ? first : 0});
                for (StepScalar scalar : minimize.scalars()) {
                    step.feed(
                            scalar.input(), new float[] {(float) scalar.value().at(0, t)});
                }
                step.run(0, t);
            }
            return minimize.variables().stream()
                    .map(mean -> {
                        float[] value = new float[1];
                        state.read(mean.name(), value);
                        return value[0];
                    })
                    .toList();
        }
    }

    @Test
    void runningMeansEndInZeroAndNotInNumbersThatAreSlow() {
        Sgd sgd = new Sgd(0.1, 0.9, false, Schedule.CONSTANT, 0);
        assertThat(means(sgd, 1, 801))
                .satisfiesExactly(v -> assertThat((double) v).isCloseTo(Math.pow(0.9, 800), withinPercentage(0.1)));
        assertThat(means(sgd, 1, 860)).containsExactly(0f);
        assertThat(means(sgd, -1, 860)).containsExactly(0f);
        assertThat(means(sgd, Float.NaN, 860)).containsExactly(Float.NaN);
        Adam adam = new Adam(0.1, 0.9, 0.99, 1e-8, Schedule.CONSTANT, 0);
        assertThat(means(adam, 1e-15f, 860))
                .satisfiesExactlyInAnyOrder(
                        m -> assertThat(m).isZero(),
                        v -> assertThat((double) v)
                                .isCloseTo(0.01 * 1e-30 * Math.pow(0.99, 859), withinPercentage(0.1)));
        assertThat(means(adam, 1e-17f, 860)).containsExactly(0f, 0f);
    }

    @Test
    void schedulesWarmUpAndFall() {
        assertThat(Schedule.CONSTANT.factor(7, 10, 0)).isEqualTo(1);
        assertThat(List.of(
                        Schedule.STEP.factor(49, 100, 0),
                        Schedule.STEP.factor(50, 100, 0),
                        Schedule.STEP.factor(75, 100, 0)))
                .containsExactly(1.0, 0.1, 0.01);
        assertThat(Schedule.COSINE.factor(0, 100, 0)).isEqualTo(1);
        assertThat(Schedule.COSINE.factor(50, 100, 0)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.COSINE.factor(100, 100, 0)).isCloseTo(0, within(1e-12));
        assertThat(List.of(
                        Schedule.COSINE.factor(0, 100, 4),
                        Schedule.COSINE.factor(3, 100, 4),
                        Schedule.COSINE.factor(4, 100, 4)))
                .containsExactly(0.2, 0.8, 1.0);
        assertThat(new Adam(2).rate(50, 100)).isCloseTo(1, within(1e-12));
    }

    @Test
    void optimizersAreFoundByName() {
        assertThat(Methods.parse(Optimizer.class, "sgd:rate=0.1,nesterov=true,schedule=step"))
                .isEqualTo(new Sgd(0.1, 0.9, true, Schedule.STEP, 0));
        assertThat(Methods.print(new Adam(0.01))).isEqualTo("adam:rate=0.01");
    }
}
