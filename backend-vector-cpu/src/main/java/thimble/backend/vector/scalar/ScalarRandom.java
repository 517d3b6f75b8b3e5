package thimble.backend.vector.scalar;

/** Philox 4x32-10 by scalar arithmetic. */
final class ScalarRandom {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final float UNIT = 0x1p-24f;

    private ScalarRandom() {}

    /** Fills with uniform numbers in [0, 1): element i is word i mod 4 of block i div 4. */
    static void uniform(int[] key, long stream, float[] out) {
        for (int i = 0; i < out.length; i += 4) {
            int c0 = i >>> 2;
            int c1 = key[2];
            int c2 = (int) stream;
            int c3 = (int) (stream >>> 32);
            int k0 = key[0];
            int k1 = key[1];
            for (int round = 0; round < ROUNDS; round++) {
                long p0 = MULTIPLIER_0 * (c0 & 0xffffffffL);
                long p1 = MULTIPLIER_1 * (c2 & 0xffffffffL);
                c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
                c1 = (int) p1;
                c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
                c3 = (int) p0;
                k0 += WEYL_0;
                k1 += WEYL_1;
            }
            out[i] = (c0 >>> 8) * UNIT;
            if (i + 3 < out.length) {
                out[i + 1] = (c1 >>> 8) * UNIT;
                out[i + 2] = (c2 >>> 8) * UNIT;
                out[i + 3] = (c3 >>> 8) * UNIT;
            } else {
                for (int j = i + 1; j < out.length; j++) {
                    out[j] = ((j - i == 1 ? c1 : c2) >>> 8) * UNIT;
                }
            }
        }
    }
}
