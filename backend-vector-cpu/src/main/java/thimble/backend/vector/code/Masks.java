package thimble.backend.vector.code;

import thimble.backend.vector.memory.Species;

/** How comparisons are stored: a short for 16 lanes, a byte for 8 or 4. */
public final class Masks {
    /** Bytes that hold the mask of one vector. */
    public static final int BYTES = Species.LANES == Species.GROUP ? 2 : 1;

    /** An offset into a row of floats, shifted right by this, is the offset of its mask. */
    public static final int SHIFT = Integer.numberOfTrailingZeros(Species.BYTES / BYTES);

    /** The bits of one mask. */
    static final int ALL = (1 << Species.LANES) - 1;

    private Masks() {}
}
