package thimble.benchmarks.anchors;

import java.util.Arrays;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * Ridge regression with a kernel: f(x) = m + Σᵢ αᵢ k(x, xᵢ) with (K + λ k̄ I) α = Y − m, where m is the mean target row and k̄ the mean of the
 * diagonal of K, so that λ has no unit. Classes are regressed as rows of 0 and 1; scores below 1 / (n + classes) are raised to that and all
 * are divided by their sum, which keeps the largest where it is.
 */
final class KernelMachine implements Model {
    private final String name;
    private final Kernel kernel;
    private final Vectors vectors;
    private final double[] mean;
    private final double[][] alpha;
    private final boolean classes;

    private KernelMachine(
            String name, Kernel kernel, Vectors vectors, double[] mean, double[][] alpha, boolean classes) {
        this.name = name;
        this.kernel = kernel;
        this.vectors = vectors;
        this.mean = mean;
        this.alpha = alpha;
        this.classes = classes;
    }

    /** Fits to all examples; {@code name} is that of the learner. */
    static KernelMachine fit(String name, Kernel kernel, double lambda, Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected at least one example but '" + train.name() + "' is empty");
        }
        Vectors vectors = Vectors.of(train);
        double[][] rows = new double[train.size()][];
        double diagonal = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values(kernel, vectors, vectors.vector(i), i), i, rows.length);
            diagonal += rows[i][0] / rows.length;
        }
        for (double[] row : rows) {
            row[0] += lambda * diagonal;
        }
        Cholesky factor;
        try {
            factor = Cholesky.of(rows, context.cancelled());
        } catch (ArithmeticException singular) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected lambda large enough for a positive definite system but received lambda="
                            + lambda + " (" + singular.getMessage() + ")",
                    singular);
        }
        double[][] alpha = targets(train);
        double[] mean = new double[alpha.length];
        for (int o = 0; o < alpha.length; o++) {
            mean[o] = Arrays.stream(alpha[o]).sum() / rows.length;
            for (int i = 0; i < rows.length; i++) {
                alpha[o][i] -= mean[o];
            }
            factor.solve(alpha[o]);
        }
        return new KernelMachine(name, kernel, vectors, mean, alpha, train.targets() instanceof Targets.Classes);
    }

    /** k(x, xⱼ) for all training examples from {@code first} on. */
    private static double[] values(Kernel kernel, Vectors vectors, double[] x, int first) {
        double[] values = new double[vectors.size()];
        vectors.products(x, values);
        double square = Vectors.square(x);
        for (int j = first; j < values.length; j++) {
            values[j] = kernel.of(values[j], square, vectors.squares()[j]);
        }
        return values;
    }

    /** Target columns. */
    private static double[][] targets(Dataset train) {
        double[][] columns = new double[train.targets().width()][train.size()];
        float[] row = new float[columns.length];
        for (int i = 0; i < train.size(); i++) {
            train.target(i, 0, row, 0);
            for (int o = 0; o < row.length; o++) {
                columns[o][i] = row[o];
            }
        }
        return columns;
    }

    @Override
    public Stored stored() {
        return vectors.write(kernel.write(Stored.of(name)))
                .with("classes", classes)
                .with("mean", mean)
                .with("alpha", alpha);
    }

    /** Reads what {@link #stored} gave. */
    static KernelMachine read(Stored stored) {
        Vectors vectors = Vectors.read(stored);
        double[] mean = stored.doubles("mean");
        double[][] alpha = stored.doubleRows("alpha");
        if (alpha.length != mean.length || alpha[0].length != vectors.size()) {
            throw new DataException("[" + stored.kind() + ", alpha] expected " + mean.length + " rows of "
                    + vectors.size() + " numbers but received " + alpha.length + " of " + alpha[0].length);
        }
        return new KernelMachine(stored.kind(), Kernel.read(stored), vectors, mean, alpha, stored.flag("classes"));
    }

    @Override
    public float[] predict(float[] example) {
        double[] values = values(kernel, vectors, vectors.vector(example), 0);
        double[] scores = mean.clone();
        for (int o = 0; o < scores.length; o++) {
            for (int i = 0; i < values.length; i++) {
                scores[o] += alpha[o][i] * values[i];
            }
        }
        if (classes) {
            double least = 1.0 / (values.length + scores.length);
            Arrays.setAll(scores, o -> Math.max(least, scores[o]));
            double sum = Arrays.stream(scores).sum();
            Arrays.setAll(scores, o -> scores[o] / sum);
        }
        float[] result = new float[scores.length];
        for (int o = 0; o < result.length; o++) {
            result[o] = (float) scores[o];
        }
        return result;
    }

    @Override
    public float[][] predict(Dataset data) {
        float[][] all = new float[data.size()][];
        float[] example = new float[vectors.features()];
        for (int i = 0; i < all.length; i++) {
            data.read(i, 0, example, 0);
            all[i] = predict(example);
        }
        return all;
    }
}
