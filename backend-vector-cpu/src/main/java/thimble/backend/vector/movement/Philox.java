package thimble.backend.vector.movement;

/**
 * The counter-based generator Philox 4x32-10: a bijection of 128-bit counters for each 64-bit key, so that every
 * element of every random tensor is a function of seed, step, use and index.
 *
 * <p>J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011, section 3.3 and
 * table 2; no deviation.
 */
public final class Philox {
    /** Rounds. */
    static final int ROUNDS = 10;

    /** Multiplier of word 0. */
    static final int MULTIPLIER_0 = 0xD2511F53;

    /** Multiplier of word 2. */
    static final int MULTIPLIER_1 = 0xCD9E8D57;

    /** What the first key word grows by in a round. */
    static final int WEYL_0 = 0x9E3779B9;

    /** What the second key word grows by in a round. */
    static final int WEYL_1 = 0xBB67AE85;

    /** A uniform number is a word shifted right by 8, times this. */
    static final float UNIT = 0x1p-24f;

    private Philox() {}

    /**
     * Replaces the counter in {@code words[at .. at + 4)} by its block.
     *
     * @param key0 first key word
     * @param key1 second key word
     */
    static void block(int key0, int key1, int[] words, int at) {
        int a = words[at];
        int b = words[at + 1];
        int c = words[at + 2];
        int d = words[at + 3];
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long left = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(a);
            long right = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c);
            a = (int) (right >>> 32) ^ b ^ k0;
            b = (int) right;
            c = (int) (left >>> 32) ^ d ^ k1;
            d = (int) left;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        words[at] = a;
        words[at + 1] = b;
        words[at + 2] = c;
        words[at + 3] = d;
    }

    /**
     * Uniform numbers in [0, 1), row-major elements {@code first} to {@code first + into.length} of a random tensor;
     * see {@link thimble.tensor.Op.Random}.
     *
     * @param first a multiple of 4
     */
    static void uniform(int seedLow, int seedHigh, int step, long stream, long first, float[] into) {
        int[] words = new int[4];
        for (int i = 0; i < into.length; i += 4) {
            words[0] = (int) ((first + i) / 4);
            words[1] = step;
            words[2] = (int) stream;
            words[3] = (int) (stream >>> 32);
            block(seedLow, seedHigh, words, 0);
            for (int j = i; j < Math.min(i + 4, into.length); j++) {
                into[j] = (words[j - i] >>> 8) * UNIT;
            }
        }
    }
}
