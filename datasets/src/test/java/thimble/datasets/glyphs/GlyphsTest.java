package thimble.datasets.glyphs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Decoder;
import thimble.tensor.Shape;

class GlyphsTest {
    private static final DatasetSource.Parts PARTS = new Glyphs().load(List.of());

    @Test
    void examplesAreBalancedPicturesInTheUnitRange() {
        Dataset train = PARTS.train();
        assertThat(train.size()).isEqualTo(10_000);
        assertThat(PARTS.test().orElseThrow().size()).isEqualTo(2_000);
        assertThat(train.example()).isEqualTo(Shape.of(1, 28, 28));
        int[] counts = new int[10];
        Arrays.stream(train.labels()).forEach(label -> counts[label]++);
        assertThat(counts).containsOnly(1_000);
        float[] x = new float[784];
        for (int i = 0; i < 500; i++) {
            train.read(i, 0, x, 0);
            double sum = 0;
            for (float value : x) {
                assertThat(value).isBetween(0f, 1f);
                sum += value;
            }
            assertThat(sum).as("ink of %s", train.origin(i)).isBetween(25.0, 350.0);
        }
    }

    @Test
    void decoderOfTheFactorsGivesTheExample() {
        Decoder decoder = PARTS.decoder().orElseThrow();
        float[] z = new float[decoder.factors()];
        float[] decoded = new float[784];
        float[] x = new float[784];
        for (int i = 0; i < 50; i++) {
            decoder.factors(i, z);
            decoder.decode(z, decoded, 0);
            PARTS.train().read(i, 0, x, 0);
            assertThat(Arrays.equals(decoded, x)).isTrue();
            assertThat((int) z[0]).isEqualTo(PARTS.train().label(i));
        }
    }

    @Test
    void bitsAreFixedForEver() {
        float[] x = new float[784];
        int hash = 1;
        for (int i = 0; i < 100; i++) {
            PARTS.train().read(i, 0, x, 0);
            hash = 31 * hash + Arrays.hashCode(x);
        }
        assertThat(hash).isEqualTo(1096794869);
    }

    @Test
    void trainingAndTestShareNoPicture() {
        Set<Integer> train = hashes(PARTS.train());
        assertThat(train).hasSizeGreaterThan(9_990);
        assertThat(hashes(PARTS.test().orElseThrow())).noneMatch(train::contains);
    }

    @Test
    void everyFactorButClassAndPatternHasAScaleAndChangesThePicture() {
        GlyphDecoder decoder = (GlyphDecoder) PARTS.decoder().orElseThrow();
        float[] scales = decoder.scales();
        assertThat(decoder.names())
                .hasSize(decoder.factors())
                .doesNotHaveDuplicates()
                .startsWith("class", "style", "slant");
        assertThat(scales[GlyphFactor.CLASS.ordinal()]).isZero();
        assertThat(scales[GlyphFactor.PATTERN.ordinal()]).isZero();
        float[] z = new float[decoder.factors()];
        decoder.factors(2, z);
        float[] before = new float[784];
        decoder.decode(z, before, 0);
        for (int f = 0; f < GlyphFactor.values().length + 8; f++) {
            float[] changed = z.clone();
            changed[f] += scales[f] == 0 ? 1 : -3 * scales[f];
            float[] after = new float[784];
            decoder.decode(changed, after, 0);
            assertThat(Arrays.equals(after, before)).as(decoder.names().get(f)).isFalse();
        }
    }

    @Test
    void anyFactorsGiveAPicture() {
        Decoder decoder = PARTS.decoder().orElseThrow();
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1e30f, 1e30f}) {
            float[] z = new float[decoder.factors()];
            Arrays.fill(z, value);
            float[] x = new float[785];
            decoder.decode(z, x, 1);
            assertThat(x[0]).isZero();
            for (float pixel : x) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void grainHasMeanZeroAndDeviationOne() {
        Grain grain = new Grain(5);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = grain.next();
            sum += value;
            squares += value * value;
        }
        assertThat(sum / 1e5).isBetween(-0.01, 0.01);
        assertThat(squares / 1e5).isBetween(0.98, 1.02);
    }

    private static Set<Integer> hashes(Dataset data) {
        Set<Integer> hashes = new HashSet<>();
        float[] x = new float[784];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, x, 0);
            hashes.add(Arrays.hashCode(x));
        }
        return hashes;
    }
}
