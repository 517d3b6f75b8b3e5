package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.tensor.GradientCheck;
import thimble.tensor.Gradients;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Philox;
import thimble.tensor.Reference;
import thimble.tensor.Rewrite;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;

/** Methods of different kinds written with tensors alone, each against differences or a closed form. */
class HookSketchesTest {
    private final Tensor x = Tensor.batch("x", Shape.of(4, 3));
    private final Tensor target = Tensor.batch("target", Shape.of(4, 2));
    private final Tensor w = Tensor.variable("w", Shape.of(5, 3));
    private final Tensor u = Tensor.variable("u", Shape.of(2, 5));
    private final Tensor hidden = x.matmulTransposed(w).tanh();
    private final Tensor loss = hidden.matmulTransposed(u).sub(target).square().mean();

    private static double[] numbers(String name, int count) {
        double[] uniform = Philox.uniform(Key.words(4, 0), Key.stream(name), count);
        for (int i = 0; i < count; i++) {
            uniform[i] = 2 * uniform[i] - 1;
        }
        return uniform;
    }

    private static Reference values() {
        return new Reference()
                .feed("x", numbers("x", 12))
                .feed("target", numbers("target", 8))
                .variable("w", numbers("w", 15))
                .variable("u", numbers("u", 10))
                .key(1, 0);
    }

    /** Sharpness-aware minimisation: the gradient at w + ρ g / ‖g‖ is what differences of the loss there give. */
    @Test
    void sharpnessAware() {
        Tensor g = loss.gradient(w);
        Tensor moved = w.add(g.mul(0.1).div(g.square().sum().sqrt())).stopGradient();
        Tensor there = Rewrite.substitute(loss, w, moved).gradient(moved);
        double[] at = values().value(moved);
        Reference shifted = values().variable("w", at);
        assertThat(values().value(there)).containsExactly(shifted.value(loss.gradient(w)), within(1e-14));
        assertThat(GradientCheck.orders(loss, List.of(w), shifted, 1).getFirst().error())
                .isLessThan(1e-8);
    }

    /** An average a ← 0.9 a + 0.1 w of a weight that grows by 1 per step. */
    @Test
    void exponentialAverage() {
        Tensor a = Tensor.variable("a", Shape.of(1));
        Tensor v = Tensor.variable("v", Shape.of(1));
        Tensor next = v.add(1);
        Graph step = new Graph(
                List.of(),
                List.of(
                        new Graph.Update("v", next),
                        new Graph.Update("a", a.mul(0.9).add(next.mul(0.1)))));
        Backend backend = new ReferenceBackend();
        State state = backend.allocate(List.of(a, v));
        Executable run = backend.compile(step).bind(state);
        for (int i = 0; i < 20; i++) {
            run.run(0, i);
        }
        float[] average = new float[1];
        state.read("a", average);
        assertThat(average[0]).isCloseTo((float) (20 - 9 * (1 - Math.pow(0.9, 20))), within(1e-5f));
    }

    /** Rows longer than c are scaled to length c, shorter ones stay. */
    @Test
    void maxNorm() {
        Tensor norm = w.square().sum(1).add(1e-12).sqrt(); // [5, 1]
        Tensor projected = w.mul(Tensor.scalar(0.9).div(norm.max(Tensor.scalar(0.9))));
        double[] before = values().value(norm);
        double[] after = values().value(projected.square().sum(1).sqrt());
        for (int i = 0; i < 5; i++) {
            assertThat(after[i]).isCloseTo(Math.min(before[i], 0.9), within(1e-9));
        }
        assertThat(Arrays.stream(before).max().orElseThrow()).isGreaterThan(0.9);
        assertThat(Arrays.stream(before).min().orElseThrow()).isLessThan(0.9);
    }

    /** Adversarial features: a layer moved along its gradient, the rest of the network from there; the step is constant for derivatives. */
    @Test
    void adversarialFeatures() {
        Tensor g = loss.gradient(hidden);
        Tensor adversarial =
                Rewrite.substitute(loss, hidden, hidden.add(g.sign().mul(0.1).stopGradient()));
        Tensor fixed = Tensor.input("step", 4, 5);
        Tensor same = Rewrite.substitute(loss, hidden, hidden.add(fixed));
        Reference values = values().feed("step", values().value(g.sign().mul(0.1)));
        assertThat(values.scalar(adversarial)).isEqualTo(values.scalar(same)).isGreaterThan(values.scalar(loss));
        assertThat(values.value(adversarial.gradient(w)))
                .containsExactly(values.value(same.gradient(w)), within(1e-15));
        assertThat(GradientCheck.orders(same, List.of(w, u), values, 1)
                        .getFirst()
                        .error())
                .isLessThan(1e-8);
    }

    /** Two programs over one state: the generator's bias b follows the data's mean, led by a linear critic with decay; z has mean 0. */
    @Test
    void twoPrograms() {
        Tensor b = Tensor.variable("b", Shape.of(1));
        Tensor c = Tensor.variable("c", Shape.of(1));
        Tensor real = Tensor.batch("real", Shape.of(8, 1));
        Tensor fake = Tensor.signs("z", Shape.of(8, 1), true).mul(0.1).add(b);
        Tensor critic = real.mean()
                .sub(fake.stopGradient().mean())
                .mul(c)
                .sum()
                .sub(c.square().sum().mul(0.5));
        Tensor generator = fake.mul(c.stopGradient()).mean();
        Graph first = new Graph(
                List.of(),
                List.of(new Graph.Update("c", c.add(critic.gradient(c).mul(0.5)))));
        Graph second = new Graph(
                List.of(),
                List.of(new Graph.Update("b", b.add(generator.gradient(b).mul(0.2)))));
        Backend backend = new ReferenceBackend();
        State state = backend.allocate(List.of(b, c));
        Executable critics = backend.compile(first).bind(state).feed("real", new float[] {1, 2, 3, 4, 1, 2, 3, 4});
        Executable generators = backend.compile(second).bind(state);
        for (int i = 0; i < 300; i++) {
            critics.run(7, i);
            generators.run(7, i);
        }
        float[] mean = new float[1];
        state.read("b", mean);
        assertThat(mean[0]).isCloseTo(2.5f, within(0.1f));
    }

    /** A recurrent unit over 140 steps, the input projected once: right gradients, few nodes, one concatenation instead of a sum of pads. */
    @Test
    void longRecurrence() {
        int steps = 140;
        int size = 4;
        Tensor sequence = Tensor.batch("sequence", Shape.of(2, steps, 1));
        Tensor projection = Tensor.variable("projection", Shape.of(3 * size, 1));
        Tensor weights = Tensor.variable("weights", Shape.of(3 * size, size));
        Tensor projected =
                sequence.reshape(2 * steps, 1).matmulTransposed(projection).reshape(2, steps * 3 * size);
        Tensor h = Tensor.constant(0, Shape.of(2, size));
        for (int t = 0; t < steps; t++) {
            h = NetworkParts.recurrent(h, projected.slice(1, t * 3 * size, (t + 1) * 3 * size), weights);
        }
        Tensor last = h.square().sum();
        Reference values = new Reference()
                .feed("sequence", numbers("sequence", 2 * steps))
                .variable("projection", numbers("projection", 12))
                .variable("weights", numbers("weights", 48));
        assertThat(GradientCheck.orders(last, List.of(projection, weights), values, 1)
                        .getFirst()
                        .error())
                .isLessThan(1e-6);
        List<Tensor> roots = Simplify.apply(Gradients.of(last, List.of(projection, weights)));
        List<Tensor> nodes = Tensor.topological(roots);
        assertThat(nodes).hasSizeLessThan(60 * steps);
        assertThat(nodes)
                .anyMatch(
                        node -> node.op() instanceof Op.Concat && node.inputs().size() > 2 * steps);
        assertThat(values.values(roots).getFirst())
                .containsExactly(values.value(last.gradient(projection)), within(1e-10));
    }

    /** Three replicas as one graph with a leading axis and a shared input give what three graphs give. */
    @Test
    void replicas() {
        int replicas = 3;
        Tensor ws = Tensor.variable("ws", Shape.of(replicas, 5, 3));
        Tensor us = Tensor.variable("us", Shape.of(replicas, 2, 5));
        Tensor shared = x.reshape(1, 4, 3).broadcast(Shape.of(replicas, 4, 3));
        Tensor error = shared.matmulTransposed(ws).tanh().matmulTransposed(us).sub(target);
        Tensor losses = error.square().mean(List.of(1, 2)); // [replicas, 1, 1]
        List<Tensor> together = Gradients.of(losses.sum(), List.of(ws, us));
        Reference values = values().variable("ws", numbers("ws", 45)).variable("us", numbers("us", 30));
        List<double[]> all = values.values(together);
        List<Tensor> alone = Gradients.of(loss, List.of(w, u));
        for (int k = 0; k < replicas; k++) {
            Tensor wk = ws.slice(0, k, k + 1).reshape(5, 3);
            Tensor uk = us.slice(0, k, k + 1).reshape(2, 5);
            List<double[]> one = values.values(Rewrite.substitute(alone, Map.of(w, wk, u, uk)));
            for (int i = 0; i < 2; i++) {
                int length = one.get(i).length;
                List<Double> part = new ArrayList<>();
                for (int j = 0; j < length; j++) {
                    part.add(all.get(i)[k * length + j]);
                }
                assertThat(one.get(i))
                        .containsExactly(
                                part.stream().mapToDouble(Double::doubleValue).toArray(), within(1e-15));
            }
        }
    }
}
