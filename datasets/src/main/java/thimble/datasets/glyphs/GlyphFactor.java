package thimble.datasets.glyphs;

/** The latent factors of a glyph before its bends, in the order in which they stand in z. */
public enum GlyphFactor {
    /** The digit, 0 … 9; never changed by noise. */
    CLASS(0, 0),
    /** Between the two ways of writing the digit, 0 … 1. */
    STYLE(0.5, 0.29),
    /** Horizontal shift per height above the middle. */
    SLANT(0.12, 0.24),
    /** Turn in radians, clockwise. */
    ROTATION(0, 0.13),
    /** Logarithm of the width to the usual one. */
    WIDTH(0, 0.18),
    /** Logarithm of the height to the usual one. */
    HEIGHT(0, 0.12),
    /** Shift to the right in pixels. */
    RIGHT(0, 1.5),
    /** Shift downwards in pixels. */
    DOWN(0, 1.2),
    /** Logarithm of the pen's width to the usual one. */
    THICKNESS(0, 0.30),
    /** How much wider the pen is at the end of a stroke than at its start, relative. */
    TAPER(0, 0.25),
    /** Darkness of the ink; 1 is full. */
    INK(0.92, 0.12),
    /** Logarithm of the width of the ink's edge in pixels. */
    SOFTNESS(0.1, 0.25),
    /** Standard deviation of the grain of the paper. */
    GRAIN(0.04, 0.025),
    /** Number of the grain's pattern, 0 … 2²⁴ − 1; never changed by noise. */
    PATTERN(0, 0);

    private final double mean;
    private final double deviation;

    GlyphFactor(double mean, double deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Mean over natural glyphs. */
    public double mean() {
        return mean;
    }

    /** Standard deviation over natural glyphs; 0 for a factor that noise must leave alone. */
    public double deviation() {
        return deviation;
    }
}
