package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Product of matrices without a batch axis, once for each of {@code count} matrices that lie one after another: {@code c = a · b}, each
 * operand optionally stored transposed. Pad columns of c become 0.
 */
final class Product implements Contraction {
    private final int count;
    private final Matrix a;
    private final boolean transposeA;
    private final Matrix b;
    private final boolean transposeB;
    private final Matrix c;

    /**
     * Prepares the launch.
     *
     * @param a the first factor as stored, [m, k] or, transposed, [k, m]
     * @param b the second factor as stored, [k, n] or, transposed, [n, k]
     * @param c the result, [m, n]
     */
    Product(int count, Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
        this.count = count;
        this.a = a;
        this.transposeA = transposeA;
        this.b = b;
        this.transposeB = transposeB;
        this.c = c;
    }

    @Override
    public Kernel bind(MemorySegment first, MemorySegment second, MemorySegment result, MemorySegment workspace) {
        int terms = transposeA ? a.rows() : a.columns();
        return chunk -> {
            for (int q = 0; q < count; q++) {
                for (int i = 0; i < c.rows(); i++) {
                    for (int j = 0; j < c.columns(); j++) {
                        float sum = 0;
                        for (int k = 0; k < terms; k++) {
                            long left = q * a.bytes() + 4L * (transposeA ? k * a.stride() + i : i * a.stride() + k);
                            long right = q * b.bytes() + 4L * (transposeB ? j * b.stride() + k : k * b.stride() + j);
                            sum = Math.fma(first.get(Memory.FLOAT, left), second.get(Memory.FLOAT, right), sum);
                        }
                        result.set(Memory.FLOAT, q * c.bytes() + 4L * (i * c.stride() + j), sum);
                    }
                }
            }
        };
    }
}
