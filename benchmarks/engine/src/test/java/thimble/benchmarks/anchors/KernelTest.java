package thimble.benchmarks.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelTest {
    static Stream<Kernel> kernels() {
        return Stream.of(
                new Kernel.Gaussian(2),
                new Kernel.Laplace(1),
                new Kernel.Tangent(1, 0),
                new Kernel.Tangent(3, 0),
                new Kernel.Tangent(5, 2));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void matricesAreSymmetricAndPositiveSemiDefinite(Kernel kernel) {
        double[][] points = points(40, 3, 1);
        double[][] upper = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            upper[i] = new double[points.length - i];
            for (int j = i; j < points.length; j++) {
                upper[i][j - i] = value(kernel, points[i], points[j]);
                assertThat(upper[i][j - i]).isEqualTo(value(kernel, points[j], points[i]));
            }
            upper[i][0] += 1e-9;
        }
        assertThat(Cholesky.of(upper, () -> false)).isNotNull();
    }

    @Test
    void oneLayerIsTheLinearKernel() {
        double[][] points = points(2, 5, 2);
        assertThat(value(new Kernel.Tangent(1, 0), points[0], points[1])).isEqualTo(product(points[0], points[1]));
    }

    @Test
    void onTheDiagonalEachLayerHalvesWhatItAdds() {
        double[] x = points(1, 4, 3)[0];
        double square = product(x, x);
        // S halves with each layer and H is multiplied by κ₀ = 1/2: layer l adds 2⁻ˡ and every part is halved: depth ·
        // 2⁻⁽ᵈᵉᵖᵗʰ⁻¹⁾.
        for (int depth = 1; depth <= 5; depth++) {
            assertThat(value(new Kernel.Tangent(depth, 0), x, x))
                    .isCloseTo(depth * square / (1 << (depth - 1)), within(1e-7));
            assertThat(value(new Kernel.Tangent(depth, depth - 1), x, x))
                    .isCloseTo(square / (1 << (depth - 1)), within(1e-7));
        }
    }

    @Test
    void opposedVectorsShareNothingBehindOneHiddenLayer() {
        double[] x = {3, 4};
        assertThat(value(new Kernel.Tangent(2, 0), x, new double[] {-3, -4})).isCloseTo(0, within(1e-6));
        assertThat(value(new Kernel.Tangent(3, 0), x, new double[] {0, 0})).isZero();
    }

    @Test
    void aWideNetworkHasTheTangentKernelOfItsDepth() {
        double[] x = {0.8, 0.6, 0};
        double[] y = {0, 0.28, 0.96};
        SplittableRandom random = new SplittableRandom(4);
        double sum = 0;
        int networks = 8;
        for (int network = 0; network < networks; network++) {
            sum += shallow(x, y, 10_000, random) / networks;
        }
        assertThat(sum).isCloseTo(value(new Kernel.Tangent(2, 0), x, y), Percentage.withPercentage(2));
        sum = 0;
        networks = 60;
        for (int network = 0; network < networks; network++) {
            sum += deep(x, y, 1000, random) / networks;
        }
        assertThat(sum).isCloseTo(value(new Kernel.Tangent(3, 0), x, y), Percentage.withPercentage(2));
    }

    @ParameterizedTest
    @CsvSource({"1", "31", "32", "33", "100"})
    void theFactorSolvesItsSystem(int n) {
        Random random = new Random(n);
        double[][] root = points(n, n, n);
        double[][] full = new double[n][n];
        double[][] upper = new double[n][];
        double[] solution = random.doubles(n).toArray();
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                full[i][j] = product(root[i], root[j]) + (i == j ? n : 0);
                right[i] += full[i][j] * solution[j];
            }
            upper[i] = java.util.Arrays.copyOfRange(full[i], i, n);
        }
        Cholesky.of(upper, () -> false).solve(right);
        assertThat(right).containsExactly(solution, within(1e-10));
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRefused() {
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 2}, {1}}, () -> false))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("expected pivot 1 > 0 but received -3.0");
    }

    /** ⟨∂f(x), ∂f(y)⟩ of f = a · relu(W x) / √m with standard normal weights. */
    private static double shallow(double[] x, double[] y, int width, SplittableRandom random) {
        double sum = 0;
        for (int unit = 0; unit < width; unit++) {
            double[] row = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double out = random.nextGaussian();
            double left = product(row, x);
            double right = product(row, y);
            sum += Math.max(0, left) * Math.max(0, right) / width;
            if (left > 0 && right > 0) {
                sum += out * out * product(x, y) / width;
            }
        }
        return sum;
    }

    /** ⟨∂f(x), ∂f(y)⟩ of f = a · relu(V relu(W x) / √m) / √m. */
    private static double deep(double[] x, double[] y, int width, SplittableRandom random) {
        double[][] first = new double[2][width];
        double[][] back = new double[2][width];
        for (int unit = 0; unit < width; unit++) {
            double[] row = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            first[0][unit] = product(row, x);
            first[1][unit] = product(row, y);
        }
        double similar = 0;
        for (int unit = 0; unit < width; unit++) {
            similar += Math.max(0, first[0][unit]) * Math.max(0, first[1][unit]) / width;
        }
        double sum = 0;
        for (int unit = 0; unit < width; unit++) {
            double[] weights = new double[width];
            double left = 0;
            double right = 0;
            for (int below = 0; below < width; below++) {
                weights[below] = random.nextGaussian();
                left += weights[below] * Math.max(0, first[0][below]) / Math.sqrt(width);
                right += weights[below] * Math.max(0, first[1][below]) / Math.sqrt(width);
            }
            double out = random.nextGaussian();
            sum += Math.max(0, left) * Math.max(0, right) / width;
            if (left > 0 && right > 0) {
                sum += out * out * similar / width;
            }
            for (int below = 0; below < width; below++) {
                back[0][below] += left > 0 ? out * weights[below] / width : 0;
                back[1][below] += right > 0 ? out * weights[below] / width : 0;
            }
        }
        for (int below = 0; below < width; below++) {
            if (first[0][below] > 0 && first[1][below] > 0) {
                sum += back[0][below] * back[1][below] * product(x, y);
            }
        }
        return sum;
    }

    private static double value(Kernel kernel, double[] x, double[] y) {
        return kernel.of(product(x, y), product(x, x), product(y, y));
    }

    private static double product(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double[][] points(int count, int size, long seed) {
        Random random = new Random(seed);
        double[][] points = new double[count][size];
        for (double[] point : points) {
            java.util.Arrays.setAll(point, _ -> random.nextGaussian());
        }
        return points;
    }
}
