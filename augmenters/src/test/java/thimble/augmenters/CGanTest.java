package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.backend.Graph;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Synthesizer;
import thimble.data.Synthesizer.SynthesisContext;
import thimble.datasets.glyphs.Glyphs;
import thimble.method.Methods;
import thimble.tensor.Op;
import thimble.tensor.Shape;

class CGanTest {
    private static final int SIZE = 6;

    /** Bars: class 0 upright, class 1 lying, at a random place. */
    private static Dataset bars(int count) {
        RandomGenerator random = new SplittableRandom(3);
        float[][] pictures = new float[count][SIZE * SIZE];
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(SIZE);
            for (int j = 0; j < SIZE; j++) {
                pictures[i][i % 2 == 0 ? j * SIZE + at : at * SIZE + j] = 1;
            }
        }
        int[] labels = IntStream.range(0, count).map(i -> i % 2).toArray();
        return ArrayDataset.of("bars", Shape.of(1, SIZE, SIZE), pictures, labels, List.of("upright", "lying"));
    }

    private static CGan small(int steps, double gamma) {
        return new CGan(steps, 4, 3, 2, 1e-2, gamma, 0.7);
    }

    private static Map<String, float[]> weights(State state, String prefix) {
        Map<String, float[]> weights = new TreeMap<>();
        state.variables().forEach(variable -> {
            String name = ((Op.Variable) variable.op()).name();
            if (name.startsWith(prefix)) {
                float[] values = new float[variable.shape().elements()];
                state.read(name, values);
                weights.put(name, values);
            }
        });
        return weights;
    }

    /** Weights of the generator after some steps. */
    private static Map<String, float[]> trained(CGan method, long seed) {
        try (GanTraining training = new GanTraining(method, bars(10), new ReferenceBackend(), seed)) {
            training.run();
            return weights(training.state(), "generator.");
        }
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values));
    }

    @Test
    void makesPicturesOfEveryClassInTurn() {
        Dataset made = small(3, 0).synthesize(bars(10), new SynthesisContext(new ReferenceBackend(), 1, 7));
        assertThat(made.size()).isEqualTo(7);
        assertThat(made.example()).isEqualTo(Shape.of(1, SIZE, SIZE));
        assertThat(made.labels()).containsExactly(0, 1, 0, 1, 0, 1, 0);
        assertThat(made.targets()).isEqualTo(bars(10).targets());
        for (int i = 0; i < 7; i++) {
            for (float pixel : Examples.read(made, i, 0)) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        assertSame(trained(small(3, 0), 1), trained(small(3, 0), 1));
        assertThat(trained(small(3, 0), 2).get("generator.start.kernel"))
                .isNotEqualTo(trained(small(3, 0), 1).get("generator.start.kernel"));
    }

    @Test
    void lossesStayFiniteAndBothNetworksLearn() {
        try (GanTraining training = new GanTraining(small(40, 0), bars(10), new ReferenceBackend(), 1)) {
            Map<String, float[]> before = weights(training.state(), "");
            List<float[]> losses = training.run();
            assertThat(losses)
                    .hasSize(40)
                    .allSatisfy(pair -> assertThat(pair[0] + pair[1]).isFinite());
            Map<String, float[]> after = weights(training.state(), "");
            assertThat(after.get("generator.start.kernel")).isNotEqualTo(before.get("generator.start.kernel"));
            assertThat(after.get("discriminator.first.kernel")).isNotEqualTo(before.get("discriminator.first.kernel"));
            double first = losses.subList(0, 5).stream()
                    .mapToDouble(pair -> pair[0])
                    .average()
                    .orElseThrow();
            double last = losses.subList(35, 40).stream()
                    .mapToDouble(pair -> pair[0])
                    .average()
                    .orElseThrow();
            assertThat(last).as("the discriminator learns").isLessThan(first);
        }
    }

    /** γₜ = γ t / steps is 0 in the first step, so only later steps differ from the plain GAN. */
    @Test
    void theClassifierMovesTheGeneratorOnlyWhereGammaIsAboveZero() {
        assertSame(trained(small(1, 0.5), 1), trained(small(1, 0), 1));
        assertThat(trained(small(3, 0.5), 1).get("generator.end.kernel"))
                .isNotEqualTo(trained(small(3, 0), 1).get("generator.end.kernel"));
    }

    @Test
    void theGeneratorsStepLeavesDiscriminatorAndClassifierAlone() {
        GanGraphs graphs = GanGraphs.of(small(3, 0.5), Shape.of(1, SIZE, SIZE), 2, 3);
        assertThat(graphs.generate().graph().updates())
                .extracting(Graph.Update::variable)
                .allMatch(name -> name.startsWith("generator."));
        assertThat(graphs.discriminate().graph().updates())
                .extracting(Graph.Update::variable)
                .allMatch(name -> name.startsWith("discriminator."));
        assertThat(GanGraphs.of(small(3, 0), Shape.of(1, SIZE, SIZE), 2, 3).classify())
                .isEmpty();
    }

    @Test
    void latentNumbersAreTruncatedNormal() {
        RandomGenerator random = new SplittableRandom(1);
        int count = 50_000;
        double[] drawn = IntStream.range(0, count)
                .mapToDouble(_ -> GanTraining.truncated(random, 0.7))
                .toArray();
        assertThat(Arrays.stream(drawn).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(0.7);
        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0, within(0.008));
        assertThat(Arrays.stream(drawn).map(z -> z * z).average().orElseThrow()).isCloseTo(0.153, within(0.003));
    }

    @Test
    void refusesBadNumbersTablesAndNumericTargets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CGan(0, 4, 3, 2, 1e-2, 0, 0.7))
                .withMessage("[cgan] expected steps >= 1 but received 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CGan(1, 4, 3, 2, Double.NaN, 0, 0.7))
                .withMessage("[cgan] expected rate > 0 but received NaN");
        SynthesisContext context = new SynthesisContext(new ReferenceBackend(), 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(1, 0).synthesize(Examples.table(new float[] {1}), context))
                .withMessageStartingWith(
                        "[cgan] expected pictures [channels, height, width] but received examples [1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(1, 0).synthesize(numbers(), context))
                .withMessage(
                        "[cgan] expected classes but the targets are the numbers [angle]; augmenters such as affine"
                                + " fit them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(1, 0).check(Shape.of(1, 2, 2), numbers().targets()))
                .withMessageStartingWith("[cgan] expected classes");
    }

    private static Dataset numbers() {
        return ArrayDataset.of(
                "numbers",
                Shape.of(1, 2, 2),
                new float[1][4],
                new float[1][1],
                new thimble.data.Targets.Numbers(List.of("angle")));
    }

    @Test
    void trainsOnGlyphs() {
        Dataset glyphs = new Glyphs().load(List.of()).train().take(2, 1);
        Dataset made = new CGan(2, 4, 3, 2, 1e-3, 0.5, 0.7)
                .synthesize(glyphs, new SynthesisContext(new ReferenceBackend(), 1, 10));
        assertThat(made.example()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(made.labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Examples.read(made, 0, 0)).isNotEqualTo(Examples.read(made, 1, 0));
    }

    @Test
    void isFoundByName() {
        assertThat(Methods.parse(Synthesizer.class, "cgan:steps=5")).isEqualTo(new CGan(5, 32, 32, 16, 1e-3, 0, 0.7));
        assertThat(new ArrayList<>(Methods.discover(Synthesizer.class))).hasSize(1);
    }
}
