package thimble.benchmarks.anchors;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The factor of a symmetric positive definite matrix, A = UᵀU, in double precision by blocks of rows, so that a block stays in the cache.
 * The order of every sum is fixed.
 *
 * <p>Gene Golub, Charles Van Loan, "Matrix Computations", 4th edition, 2013, section 4.2.9.
 */
final class Cholesky {
    private static final int BLOCK = 32;
    private static final int AT_ONCE = 4;

    /** Row i from the diagonal on. */
    private final double[][] upper;

    private Cholesky(double[][] upper) {
        this.upper = upper;
    }

    /**
     * Factors a matrix in place.
     *
     * @param rows row i from the diagonal on: {@code rows[i][j - i]} is element (i, j)
     * @throws ArithmeticException if the matrix is not positive definite
     * @throws CancellationException if cancelled
     */
    static Cholesky of(double[][] rows, BooleanSupplier cancelled) {
        int n = rows.length;
        for (int from = 0; from < n; from += BLOCK) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("a factorization was cancelled");
            }
            int to = Math.min(n, from + BLOCK);
            for (int i = from; i < to; i++) {
                subtract(rows, i, from, i);
                double pivot = rows[i][0];
                if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                    throw new ArithmeticException("expected pivot " + i + " > 0 but received " + pivot);
                }
                double root = Math.sqrt(pivot);
                for (int j = 0; j < rows[i].length; j++) {
                    rows[i][j] /= root;
                }
            }
            for (int i = to; i < n; i++) {
                subtract(rows, i, from, to);
            }
        }
        return new Cholesky(rows);
    }

    /** Takes the products with the factored rows {@code from} to {@code to} from row i. */
    private static void subtract(double[][] rows, int i, int from, int to) {
        double[] row = rows[i];
        int k = from;
        for (; k + AT_ONCE <= to; k += AT_ONCE) {
            subtract(row, rows[k], rows[k + 1], rows[k + 2], rows[k + 3], i - k);
        }
        for (; k < to; k++) {
            double[] done = rows[k];
            int shift = i - k;
            double a = done[shift];
            for (int j = 0; j < row.length; j++) {
                row[j] -= a * done[j + shift];
            }
        }
    }

    private static void subtract(
            double[] row, double[] first, double[] second, double[] third, double[] fourth, int shift) {
        double a = first[shift];
        double b = second[shift - 1];
        double c = third[shift - 2];
        double d = fourth[shift - 3];
        for (int j = 0; j < row.length; j++) {
            row[j] -= a * first[j + shift]
                    + b * second[j + shift - 1]
                    + c * third[j + shift - 2]
                    + d * fourth[j + shift - 3];
        }
    }

    /** Replaces b by the solution x of A x = b. */
    void solve(double[] b) {
        int n = upper.length;
        for (int k = 0; k < n; k++) {
            b[k] /= upper[k][0];
            for (int j = k + 1; j < n; j++) {
                b[j] -= b[k] * upper[k][j - k];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) {
                sum -= upper[i][j - i] * b[j];
            }
            b[i] = sum / upper[i][0];
        }
    }
}
