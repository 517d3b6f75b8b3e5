package thimble.backend.vector.scalar;

import thimble.tensor.Shape;

/** Matrix product of the last two axes. */
final class ScalarMatMul implements Runnable {
    private final boolean transposeB;
    private final int batch;
    private final int m;
    private final int n;
    private final int k;
    private final int rowStep;
    private final int innerStep;
    private final float[] a;
    private final float[] b;
    private final float[] out;
    private final float[][] rows;
    private final float[][] sums;

    ScalarMatMul(boolean transposeA, boolean transposeB, Shape left, Shape result, float[] a, float[] b, float[] out) {
        int rank = result.rank();
        this.transposeB = transposeB;
        this.m = result.size(rank - 2);
        this.n = result.size(rank - 1);
        this.k = left.size(transposeA ? rank - 2 : rank - 1);
        this.batch = result.elements() / m / n;
        this.rowStep = transposeA ? 1 : k;
        this.innerStep = transposeA ? m : 1;
        this.a = a;
        this.b = b;
        this.out = out;
        this.rows = new float[k][n];
        this.sums = new float[Rows.BLOCK][n];
    }

    @Override
    public void run() {
        for (int example = 0; example < batch; example++) {
            for (int q = 0; q < k; q++) {
                if (transposeB) {
                    for (int j = 0; j < n; j++) {
                        rows[q][j] = b[(example * n + j) * k + q];
                    }
                } else {
                    System.arraycopy(b, (example * k + q) * n, rows[q], 0, n);
                }
            }
            for (int i = 0; i < m; i += sums.length) {
                int count = Math.min(sums.length, m - i);
                Rows.combine(sums, count, a, example * m * k + i * rowStep, rowStep, innerStep, rows, k);
                for (int s = 0; s < count; s++) {
                    System.arraycopy(sums[s], 0, out, (example * m + i + s) * n, n);
                }
            }
        }
    }
}
