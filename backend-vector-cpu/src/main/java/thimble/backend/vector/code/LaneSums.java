package thimble.backend.vector.code;

import java.lang.classfile.CodeBuilder;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Fold;

/**
 * Writes the sums of 16 virtual lanes of as many columns as a vector has lanes, into one vector: i with i + 8, then 4, 2, 1, which gives
 * the bits of {@link Fold}. Half the lanes of two columns are merged before each step, so that no sum is made twice.
 */
final class LaneSums {
    /** Vectors of a column. */
    static final int PARTS = Species.GROUP / Species.LANES;

    private LaneSums() {}

    /**
     * Part p of column j is the vector in local {@code first + PARTS · j + p}; the result is left in {@code first}. The locals are
     * overwritten.
     */
    static void write(CodeBuilder code, Code vectors, int first) {
        for (int j = 0; j < Species.LANES && PARTS > 1; j++) {
            int column = first + PARTS * j;
            for (int p = 0; p < 2; p++) {
                code.aload(column + p);
                for (int q = p + 2; q < PARTS; q += 2) {
                    code.aload(column + q);
                    vectors.binary("add");
                }
            }
            vectors.binary("add");
            code.astore(column);
        }
        for (int distance = Species.LANES / 2; distance > 0; distance /= 2) {
            for (int j = 0; j < distance; j++) {
                int lower = first + PARTS * j;
                int upper = lower + PARTS * distance;
                code.aload(lower).aload(upper);
                vectors.merge(distance);
                code.aload(upper).aload(lower);
                vectors.merge(distance);
                vectors.swap(distance);
                vectors.binary("add");
                code.astore(lower);
            }
        }
    }
}
