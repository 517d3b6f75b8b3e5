package thimble.tensor;

/** How random numbers are addressed: the reserved key input and the hash of a use's name. */
public final class Key {
    /** Name of the INT32 [3] input that holds (seed low, seed high, step). */
    public static final String NAME = "key";

    private Key() {}

    /** 64-bit hash of a use's name: FNV-1a over UTF-16 units, then the finaliser of SplitMix64, so that similar names differ in all bits. */
    public static long stream(String use) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < use.length(); i++) {
            hash = (hash ^ use.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /**
     * The three words of the key.
     *
     * @throws IllegalArgumentException if the step is not in [0, 2³¹)
     */
    public static int[] words(long seed, long step) {
        if (step < 0 || step > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("[key] expected a step in [0, 2^31) but received " + step);
        }
        return new int[] {(int) seed, (int) (seed >>> 32), (int) step};
    }
}
