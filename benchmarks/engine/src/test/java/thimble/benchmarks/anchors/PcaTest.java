package thimble.benchmarks.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.method.Methods;
import thimble.tensor.Shape;

class PcaTest {
    /** More examples than numbers, and fewer: the two ways to the same components. */
    @ParameterizedTest
    @ValueSource(ints = {200, 5})
    void componentsAreUncorrelatedInTheOrderOfTheirSpread(int size) {
        Dataset train = pictures(size, 1);
        double[][] features = features(new Pca(3, false), train, train);
        double[][] covariance = covariance(features);
        assertThat(covariance[0][0]).isCloseTo(1, within(1e-5));
        assertThat(covariance[1][1]).isBetween(covariance[2][2], 1.0);
        assertThat(covariance[0][1]).isCloseTo(0, within(1e-5));
        assertThat(covariance[0][2]).isCloseTo(0, within(1e-5));
        assertThat(covariance[1][2]).isCloseTo(0, within(1e-5));
        double[][] white = covariance(features(new Pca(3, true), train, train));
        for (int c = 0; c < 3; c++) {
            assertThat(white[c][c]).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void aLineIsFoundByHand() {
        // Points on (1, 2) · t with t = −1, 0, 1: one direction, standard deviation √(10/3), nothing else.
        Dataset line = ArrayDataset.of(
                "line", Shape.of(2, 1, 1), new float[][] {{-1, -2}, {0, 0}, {1, 2}}, new int[] {0, 1, 0}, classes());
        FeatureExtractor.Extraction pca = new Pca(2, false).fit(line);
        double unit = Math.sqrt(3 / 2.0);
        assertThat(pca.features(new float[] {1, 2})).containsExactly(new float[] {(float) unit, 0}, within(1e-6f));
        assertThat(pca.features(new float[] {2, -1})).containsExactly(new float[] {0, 0}, within(1e-6f));
        assertThat(pca.apply(line).example()).isEqualTo(Shape.of(2, 1, 1));
    }

    @Test
    void itIsFittedToTheTrainingPartAlone() {
        Dataset train = pictures(50, 1);
        Dataset other = pictures(50, 2);
        float[] alone = new Pca(2, false).fit(train).features(new float[] {1, 2, 3, 4, 5, 6});
        assertThat(new Pca(2, false).fit(train).apply(other).size()).isEqualTo(50);
        float[] example = new float[2];
        Dataset applied = new Pca(2, false)
                .fit(train)
                .apply(ArrayDataset.of(
                        "one", Shape.of(1, 2, 3), new float[][] {{1, 2, 3, 4, 5, 6}}, new int[] {1}, classes()));
        applied.read(0, 0, example, 0);
        assertThat(example).containsExactly(alone);
        assertThat(applied.label(0)).isEqualTo(1);
    }

    @Test
    void tooManyComponentsAreZeroOrRefused() {
        Dataset two = pictures(2, 1);
        double[][] features = features(new Pca(4, false), two, two);
        assertThat(Math.abs(features[0][0])).isCloseTo(1, within(1e-6));
        assertThat(features[0][1]).isZero();
        assertThat(features[0][3]).isZero();
        assertThatThrownBy(() -> new Pca(7, false).fit(two))
                .hasMessage("[pca] expected at most 6 components of examples [1,2,3] but received 7");
        assertThatThrownBy(() -> new Pca(0, false)).hasMessage("[pca] expected components >= 1 but received 0");
        assertThatThrownBy(() -> new Pca(1, false).fit(pictures(1, 1))).hasMessageContaining("at least 2 examples");
        assertThat(Methods.parse(FeatureExtractor.class, "pca:components=3")).isEqualTo(new Pca(3, false));
    }

    private static java.util.List<String> classes() {
        return java.util.List.of("a", "b");
    }

    private static double[][] features(Pca pca, Dataset train, Dataset data) {
        Dataset applied = pca.fit(train).apply(data);
        double[][] rows = new double[data.size()][pca.components()];
        float[] row = new float[pca.components()];
        for (int i = 0; i < rows.length; i++) {
            applied.read(i, 0, row, 0);
            for (int c = 0; c < row.length; c++) {
                rows[i][c] = row[c];
            }
        }
        return rows;
    }

    private static double[][] covariance(double[][] rows) {
        int width = rows[0].length;
        double[][] covariance = new double[width][width];
        for (double[] row : rows) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    covariance[a][b] += row[a] * row[b] / rows.length;
                }
            }
        }
        return covariance;
    }

    private static Dataset pictures(int size, long seed) {
        Random random = new Random(seed);
        float[][] examples = new float[size][6];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            double along = random.nextGaussian();
            for (int f = 0; f < 6; f++) {
                examples[i][f] = (float) (0.5 + 0.3 * along * f / 6 + 0.05 * (f + 1) * random.nextGaussian());
            }
            labels[i] = i % 2;
        }
        return ArrayDataset.of("pictures", Shape.of(1, 2, 3), examples, labels, classes());
    }
}
