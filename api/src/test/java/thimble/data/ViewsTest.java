package thimble.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Dataset.ExampleMap NOISE =
            (example, offset, shape, target, random) -> example[offset] += (float) random.nextDouble();

    private final Dataset base = Samples.labelled(0, 1, 2, 1)
            .withGroups(List.of("a", "b", "b", "c"))
            .withOrigins(List.of("w.png", "x.png", "y.png", "z.png"))
            .withFeatures(List.of(new Feature("length", 0, List.of())));

    @Test
    void selectKeepsOriginGroupFeaturesAndLabels() {
        Dataset view = base.select(new int[] {2, 0, 2});
        assertThat(view.size()).isEqualTo(3);
        assertThat(view.labels()).containsExactly(2, 0, 2);
        assertThat(view.origin(0)).isEqualTo("y.png");
        assertThat(view.group(2)).isEqualTo("b");
        assertThat(view.features()).isEqualTo(base.features());
        assertThat(view.parts()).isEqualTo(base.parts());
        assertThat(Samples.example(view, 0, 0)).containsExactly(2);
        assertThat(Samples.target(view, 1, 0)).containsExactly(1, 0, 0);
    }

    @Test
    void selectCopiesThePositions() {
        int[] positions = {1};
        Dataset view = base.select(positions);
        positions[0] = 3;
        assertThat(view.origin(0)).isEqualTo("x.png");
    }

    @Test
    void selectOutsideTheDataIsAnError() {
        assertThatThrownBy(() -> base.select(new int[] {0, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[select] expected positions in 0..3 of sample but received 4 at 1");
    }

    @Test
    void concatAppends() {
        Dataset both = base.concat(base.select(new int[] {3}));
        assertThat(both.size()).isEqualTo(5);
        assertThat(both.labels()).containsExactly(0, 1, 2, 1, 1);
        assertThat(both.origin(4)).isEqualTo("z.png");
        assertThat(both.group(4)).isEqualTo("c");
        assertThat(Samples.example(both, 4, 0)).containsExactly(3);
        assertThatThrownBy(() -> both.origin(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void concatOfUnlikeDataIsAnError() {
        assertThatThrownBy(() -> base.concat(Samples.labelled(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[concat] expected equal targets but received Classes[names=[c0, c1, c2]]");
        assertThatThrownBy(() -> base.concat(Samples.numbers(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mapIsKeyedBySeedEpochAndIndex() {
        Dataset view = base.map(7, NOISE);
        float first = Samples.example(view, 1, 0)[0];
        assertThat(Samples.example(view, 1, 0)[0]).isEqualTo(first);
        assertThat(Samples.example(base.map(7, NOISE), 1, 0)[0]).isEqualTo(first);
        assertThat(Samples.example(view, 1, 1)[0]).isNotEqualTo(first);
        assertThat(Samples.example(base.map(8, NOISE), 1, 0)[0]).isNotEqualTo(first);
        assertThat(Samples.example(view, 2, 0)[0] - 1).isNotEqualTo(first);
    }

    @Test
    void mapChangesInThePlaceAskedFor() {
        float[] into = new float[3];
        base.map(1, (example, offset, shape, target, random) -> example[offset] = 9)
                .read(0, 0, into, 2);
        assertThat(into).containsExactly(0, 0, 9);
    }

    @Test
    void mapsUponMapsHaveTheirOwnRandomness() {
        Dataset.ExampleMap replace =
                (example, offset, shape, target, random) -> example[offset] = (float) random.nextDouble();
        float once = Samples.example(base.map(7, replace), 0, 0)[0];
        Dataset twice = base.map(7, NOISE).select(new int[] {0}).map(7, replace);
        assertThat(Samples.example(twice, 0, 0)[0]).isNotEqualTo(once);
    }

    @Test
    void mapMayChangeTheTarget() {
        Dataset view = base.map(1, (example, offset, shape, target, random) -> {
            target[0] = 0.25f;
            target[1] = 0.75f;
        });
        assertThat(Samples.target(view, 0, 0)).containsExactly(0.25f, 0.75f, 0);
        assertThat(view.label(0)).isEqualTo(1);
        float[] example = new float[1];
        float[] row = new float[3];
        view.read(0, 0, example, 0, row, 0);
        assertThat(row).containsExactly(0.25f, 0.75f, 0);
    }

    @Test
    void mapIsTheSameFromManyThreads() {
        Dataset view = base.map(3, NOISE);
        float[] serial = new float[4];
        for (int i = 0; i < 4; i++) {
            view.read(i, 5, serial, i);
        }
        float[] parallel = new float[4];
        IntStream.range(0, 4).parallel().forEach(i -> view.read(i, 5, parallel, i));
        assertThat(parallel).isEqualTo(serial);
    }

    @Test
    void takeLimitsEveryClass() {
        assertThat(Samples.counts(Samples.sized(9, 3, 1).take(2, 1))).containsExactly(2, 2, 1);
    }

    @Test
    void labelsOfNumbersAreAnError() {
        assertThatThrownBy(() -> Samples.numbers(2).label(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "[numbers] expected classes as targets but the targets are the numbers [target], which have no"
                                + " labels");
        assertThatThrownBy(() -> Samples.numbers(2).select(new int[] {1}).labels())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decoderFollowsASelection() {
        Decoder decoder = new Decoder() {
            @Override
            public int factors() {
                return 1;
            }

            @Override
            public List<String> names() {
                return List.of("length");
            }

            @Override
            public float[] scales() {
                return new float[] {1};
            }

            @Override
            public void factors(int index, float[] into) {
                into[0] = index;
            }

            @Override
            public void decode(float[] factors, float[] into, int offset) {
                into[offset] = 2 * factors[0];
            }
        };
        Decoder selected = decoder.select(new int[] {5, 3}).select(new int[] {1});
        float[] factors = new float[1];
        selected.factors(0, factors);
        assertThat(factors[0]).isEqualTo(3);
        float[] example = new float[1];
        selected.decode(factors, example, 0);
        assertThat(example[0]).isEqualTo(6);
        assertThat(selected.names()).containsExactly("length");
    }
}
