package thimble.backend.vector.code;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import thimble.backend.vector.memory.Species;

/** Lanes that change places when squares of vectors are turned or summed: by distance, with a mask of the upper of each two. */
public final class Exchange {
    static final VectorShuffle<Float> SWAP_8 = swap(8);
    static final VectorShuffle<Float> SWAP_4 = swap(4);
    static final VectorShuffle<Float> SWAP_2 = swap(2);
    static final VectorShuffle<Float> SWAP_1 = swap(1);
    static final VectorMask<Float> UPPER_8 = upper(8);
    static final VectorMask<Float> UPPER_4 = upper(4);
    static final VectorMask<Float> UPPER_2 = upper(2);
    static final VectorMask<Float> UPPER_1 = upper(1);

    private Exchange() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(Species.FLOATS, i -> (i ^ distance) & (Species.LANES - 1));
    }

    private static VectorMask<Float> upper(int distance) {
        boolean[] set = new boolean[Species.LANES];
        for (int i = 0; i < set.length; i++) {
            set[i] = (i & distance) != 0;
        }
        return VectorMask.fromArray(Species.FLOATS, set, 0);
    }
}
