package thimble.datasets.glyphs;

import java.util.SplittableRandom;

/** Draws natural latent factors: class i mod 10, the style uniform, all else normal. */
final class GlyphSampling {
    private static final int DIGITS = 10;

    private GlyphSampling() {}

    /** Factors of {@code count} glyphs. */
    static float[][] draw(int count, long seed) {
        float[][] factors = new float[count][GlyphDecoder.FACTORS];
        for (int i = 0; i < count; i++) {
            draw(factors[i], i % DIGITS, new SplittableRandom(seed + i * 0x9e3779b97f4a7c15L));
        }
        return factors;
    }

    private static void draw(float[] into, int digit, SplittableRandom random) {
        int at = 0;
        for (GlyphFactor factor : GlyphFactor.values()) {
            into[at++] = (float)
                    switch (factor) {
                        case CLASS -> digit;
                        case STYLE -> random.nextDouble();
                        case PATTERN -> random.nextInt(1 << 24);
                        default -> factor.mean() + factor.deviation() * normal(random);
                    };
        }
        while (at < into.length) {
            into[at++] = (float) (GlyphDecoder.BEND * normal(random));
        }
    }

    /** Box and Muller's transformation in strict arithmetic, so that no library's choice of algorithm matters. */
    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
