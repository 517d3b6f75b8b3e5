package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Graph;

class ReplicasTest {
    private static final int COUNT = 3;

    /** The smallest and a larger size of every family of primitives with first and second derivatives, and all networks. */
    static Stream<ConformanceCase> cases() {
        return Stream.concat(
                ConformanceCases.operations().stream().filter(one -> one.name().matches(".*size (1|5),.*")),
                ConformanceCases.networks().stream().filter(one -> elements(one) < 200_000));
    }

    private static long elements(ConformanceCase one) {
        return one.programs().stream()
                .flatMap(graph -> Tensor.topological(graph.roots()).stream())
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachReplicaHasTheValuesOfItsOwnGraph(ConformanceCase one) {
        for (Graph graph : one.programs()) {
            check(graph.roots(), _ -> true);
            check(graph.roots(), leaf -> leaf.op() instanceof Op.Variable);
            check(graph.roots(), leaf -> leaf.op() instanceof Op.Input);
        }
    }

    private static void check(List<Tensor> roots, Predicate<Tensor> separate) {
        List<Tensor> together = Replicas.of(roots, COUNT, separate);
        Map<String, double[]> leaves = new HashMap<>();
        Reference all = new Reference();
        for (Tensor leaf : leaves(roots)) {
            String name = name(leaf);
            boolean own = separate.test(leaf);
            double[] values = numbers(leaf, own ? COUNT : 1);
            leaves.put(name, values);
            set(all, leaf, own && name.equals(Key.NAME) ? Replicas.KEYS : name, values);
        }
        List<double[]> values = all.values(together);
        for (int k = 0; k < COUNT; k++) {
            Reference alone = new Reference();
            for (Tensor leaf : leaves(roots)) {
                int length = leaf.shape().elements();
                double[] own = leaves.get(name(leaf));
                int from = own.length == length ? 0 : k * length;
                set(alone, leaf, name(leaf), Arrays.copyOfRange(own, from, from + length));
            }
            List<double[]> expected = alone.values(roots);
            for (int i = 0; i < roots.size(); i++) {
                assertThat(together.get(i).shape())
                        .isEqualTo(roots.get(i).shape().withFirst(COUNT));
                int length = expected.get(i).length;
                assertThat(far(Arrays.copyOfRange(values.get(i), k * length, (k + 1) * length), expected.get(i)))
                        .as("replica %d of %s", k, roots.get(i))
                        .isLessThan(1e-10);
            }
        }
    }

    /** The largest relative distance; equal infinities and NaNs are at distance 0. */
    private static double far(double[] received, double[] expected) {
        double far = 0;
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(received[i], expected[i]) != 0) {
                double distance = Math.abs(received[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
                far = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(far, distance);
            }
        }
        return far;
    }

    private static List<Tensor> leaves(List<Tensor> roots) {
        return Tensor.topological(roots).stream()
                .filter(tensor -> tensor.op() instanceof Op.Input || tensor.op() instanceof Op.Variable)
                .toList();
    }

    private static String name(Tensor leaf) {
        return leaf.op() instanceof Op.Input(var name, var _, var _, int _) ? name : ((Op.Variable) leaf.op()).name();
    }

    private static void set(Reference reference, Tensor leaf, String name, double[] values) {
        if (leaf.op() instanceof Op.Input) {
            reference.feed(name, values);
        } else {
            reference.variable(name, values);
        }
    }

    /** Numbers of a leaf for so many replicas: whole ones are indices that any operand has, or keys. */
    private static double[] numbers(Tensor leaf, int replicas) {
        SplittableRandom random = new SplittableRandom(name(leaf).hashCode());
        return random.doubles((long) replicas * leaf.shape().elements(), 0.1, 1.1)
                .map(number ->
                        leaf.dtype() == DType.FLOAT32 ? number : name(leaf).equals(Key.NAME) ? (int) (1e6 * number) : 0)
                .toArray();
    }

    @Test
    void whatDoesNotDifferIsComputedOnce() {
        Tensor x = Tensor.batch("x", Shape.of(4, 3));
        Tensor w = Tensor.variable("w", Shape.of(3, 2));
        Tensor shared = x.tanh();
        List<Tensor> roots = Replicas.of(List.of(shared.matmul(w)), 5, leaf -> leaf == w);
        assertThat(Tensor.topological(roots)).contains(shared);
        assertThat(roots.getFirst().shape()).isEqualTo(Shape.of(5, 4, 2));
    }

    @Test
    void ownKernelsSeeASharedPictureOnce() {
        Tensor x = Tensor.batch("x", Shape.of(4, 3, 8, 8));
        Tensor kernel = Tensor.variable("kernel", Shape.of(6, 3, 3, 3));
        Tensor roots = Replicas.of(List.of(x.conv2d(kernel, Window.of(3, 3))), 5, leaf -> leaf == kernel)
                .getFirst();
        assertThat(Tensor.topological(List.of(roots)))
                .filteredOn(tensor -> tensor.op() instanceof Op.Conv2d)
                .singleElement()
                .satisfies(conv -> assertThat(conv.inputs().getFirst()).isSameAs(x));
    }

    @Test
    void indicesOfTheirOwnAreTakenReplicaByReplica() {
        Tensor a = Tensor.input("a", 4, 2);
        Tensor indices = Tensor.of(new Op.Input("indices", Shape.of(3), DType.INT32, Op.NO_BATCH));
        Tensor both = Replicas.of(List.of(a.gather(0, indices)), 2, leaf -> leaf == indices)
                .getFirst();
        double[] values = new Reference()
                .feed("a", 0, 1, 10, 11, 20, 21, 30, 31)
                .feed("indices", 3, 0, 0, 1, 2, 1)
                .value(both);
        assertThat(values).containsExactly(30, 31, 0, 1, 0, 1, 10, 11, 20, 21, 10, 11);
    }

    @Test
    void keysOfTheirOwnGiveTheNumbersOfTheirSeeds() {
        Tensor uniform = Tensor.uniform("use", Shape.of(7), false);
        Tensor both = Replicas.of(List.of(uniform), 2, leaf -> true).getFirst();
        double[] keys = new double[6];
        for (int k = 0; k < 2; k++) {
            int[] words = Key.words(40 + k, 9);
            for (int i = 0; i < 3; i++) {
                keys[3 * k + i] = words[i];
            }
        }
        double[] values = new Reference().feed(Replicas.KEYS, keys).value(both);
        List<Double> expected = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            for (double number : new Reference().key(40 + k, 9).value(uniform)) {
                expected.add(number);
            }
        }
        assertThat(values)
                .containsExactly(
                        expected.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    void anInactiveReplicaKeepsItsValuesWhateverIsComputed() {
        Tensor w = Tensor.variable("w", Shape.of(2, 3));
        Tensor active = Tensor.input("active", 2);
        double[] values = new Reference()
                .variable("w", 1, 2, 3, 4, 5, 6)
                .feed("active", 0, 1)
                .value(Replicas.masked(w, w.log().mul(Double.NaN).add(w), active));
        assertThat(Arrays.copyOf(values, 3)).containsExactly(1, 2, 3);
        assertThat(values[3]).isNaN();
    }

    @Test
    void thereIsAtLeastOne() {
        assertThatThrownBy(() -> Replicas.of(List.of(Tensor.scalar(1)), 0, leaf -> true))
                .hasMessage("[replicas] expected at least 1 but received 0");
    }
}
