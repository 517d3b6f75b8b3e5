package thimble.datasets.glyphs;

/** Noise of mean 0 and standard deviation 1, near to normal: sums of four uniform numbers from a 64-bit counter hashed by SplitMix64. */
final class Grain {
    private static final double SCALE = Math.sqrt(3) / (1 << 16);

    private long state;

    Grain(long pattern) {
        this.state = pattern * 0xd1342543de82ef95L;
    }

    /** The next number. */
    double next() {
        state += 0x9e3779b97f4a7c15L;
        long bits = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        bits ^= bits >>> 31;
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return SCALE * (sum - 2 * 0xffff);
    }
}
