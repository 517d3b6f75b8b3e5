package thimble.train;

/** Independent 64-bit numbers from a seed and a counter, by the finaliser of SplitMix64. */
final class Mix {
    private Mix() {}

    static long of(long seed, long counter) {
        long mixed = finish(seed + 0x9e3779b97f4a7c15L);
        return finish(mixed ^ (counter * 0xd1342543de82ef95L + 0x9e3779b97f4a7c15L));
    }

    private static long finish(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
