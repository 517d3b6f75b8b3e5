package thimble.benchmarks.anchors;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tribuo.math.la.DenseMatrix;
import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.tensor.Shape;

/**
 * Principal components of the training examples: coordinates along the directions in which they vary most, the first component with standard
 * deviation 1 and the others in the same unit, or all with standard deviation 1. Tables are standardised before. What cannot be found, as
 * there are too few examples, is 0. The features are channels of one pixel, [components, 1, 1], whose scale models leave as it is; models for
 * larger pictures do not fit them.
 *
 * <p>Harold Hotelling, "Analysis of a Complex of Statistical Variables into Principal Components", Journal of Educational Psychology 24, 1933.
 * Deviation: the unit. The decomposition is Tribuo's.
 *
 * @param components number of components, at least 1
 * @param whiten true for standard deviation 1 of each component
 */
public record Pca(int components, boolean whiten) implements FeatureExtractor {
    /** Variances below this share of the largest are rounding. */
    private static final double NOTHING = 1e-9;

    /** 50 components, not whitened. */
    public Pca() {
        this(50, false);
    }

    /** Checks the range. */
    public Pca {
        Checks.atLeast("pca", "components", components, 1);
    }

    @Override
    public String name() {
        return "pca";
    }

    @Override
    public String summary() {
        return "principal components of the training examples in place of the examples";
    }

    @Override
    public String source() {
        return "Hotelling: Journal of Educational Psychology 24, 1933";
    }

    @Override
    public Shape features(Shape example) {
        if (components > example.elements()) {
            throw new IllegalArgumentException("[pca] expected at most " + example.elements()
                    + " components of examples " + example + " but received " + components);
        }
        return Shape.of(components, 1, 1);
    }

    @Override
    public Optional<Function<Stored, Extraction>> reader() {
        return Optional.of(Projection::read);
    }

    @Override
    public Extraction fit(Dataset train) {
        features(train.example());
        if (train.size() < 2) {
            throw new IllegalArgumentException(
                    "[pca] expected at least 2 examples but '" + train.name() + "' has " + train.size());
        }
        Preprocessing preprocessing = Preprocessing.fit(train);
        double[][] rows = rows(train, preprocessing);
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int f = 0; f < mean.length; f++) {
                mean[f] += row[f] / rows.length;
            }
        }
        for (double[] row : rows) {
            for (int f = 0; f < mean.length; f++) {
                row[f] -= mean[f];
            }
        }
        return new Projection(preprocessing, mean, directions(rows));
    }

    private static double[][] rows(Dataset train, Preprocessing preprocessing) {
        double[][] rows = new double[train.size()][train.example().elements()];
        float[] example = new float[rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            train.read(i, 0, example, 0);
            preprocessing.input(example, 0);
            for (int f = 0; f < example.length; f++) {
                rows[i][f] = example[f];
            }
        }
        return rows;
    }

    /** Unit vectors over standard deviations, the largest first; from the smaller of XᵀX and X Xᵀ, which have the same eigenvalues. */
    private double[][] directions(double[][] centred) {
        int n = centred.length;
        int features = centred[0].length;
        boolean few = n < features;
        double[][] sides = few ? centred : transposed(centred);
        double[][] products = new double[sides.length][sides.length];
        for (int i = 0; i < sides.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(sides[i], sides[j]) / n;
                products[j][i] = products[i][j];
            }
        }
        DenseMatrix.EigenDecomposition eigen = DenseMatrix.createDenseMatrix(products)
                .eigenDecomposition()
                .orElseThrow(() -> new ArithmeticException("[pca] the eigenvalues of the covariance were not found"));
        double[] variances = eigen.eigenvalues().toArray();
        int[] order = IntStream.range(0, variances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -variances[i]))
                .mapToInt(i -> i)
                .toArray();
        double largest = variances[order[0]];
        double[][] directions = new double[components][features];
        for (int c = 0; c < Math.min(components, order.length); c++) {
            double variance = variances[order[c]];
            if (largest > 0 && variance > NOTHING * largest) {
                double[] vector = eigen.getEigenVector(order[c]).toArray();
                double[] along = few ? combined(centred, vector) : vector;
                scale(along, 1 / Math.sqrt(whiten ? variance : largest));
                directions[c] = along;
            }
        }
        return directions;
    }

    /** The sum of rows, each times its weight. */
    private static double[] combined(double[][] rows, double[] weights) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int f = 0; f < sum.length; f++) {
                sum[f] += weights[i] * rows[i][f];
            }
        }
        return sum;
    }

    /** Gives a vector a length, and the sign that makes its largest number positive. */
    private static void scale(double[] vector, double length) {
        double most = 0;
        for (double value : vector) {
            most = Math.abs(value) > Math.abs(most) ? value : most;
        }
        double factor = Math.signum(most) * length / Math.sqrt(product(vector, vector));
        for (int f = 0; f < vector.length; f++) {
            vector[f] *= factor;
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int f = 0; f < columns.length; f++) {
                columns[f][i] = rows[i][f];
            }
        }
        return columns;
    }
}
