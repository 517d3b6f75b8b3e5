package thimble.datasets.glyphs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import thimble.data.Decoder;

/**
 * Draws a glyph from its latent factors, x = d(z): 1 x 28 x 28, ink 1 on paper 0. z holds the {@link GlyphFactor}s in order, then for each of
 * 14 control points its bend to the right and downwards, in parts of the glyph's box. Any finite z gives a picture: factors are limited to
 * sensible ranges. The same z gives the same bits on every machine.
 */
public final class GlyphDecoder implements Decoder {
    /** Rows and columns of a picture. */
    public static final int SIDE = 28;

    /** Standard deviation of bends over natural glyphs. */
    static final double BEND = 0.042;

    private static final int PLAIN = GlyphFactor.values().length;

    /** Length of z. */
    static final int FACTORS = PLAIN + 2 * Skeleton.MOST_POINTS;

    private static final double WIDTH = 17;
    private static final double HEIGHT = 19;
    private static final double RADIUS = 1.15;

    private final float[][] known;

    /** A decoder of the examples with these factors. */
    GlyphDecoder(float[][] known) {
        this.known = known;
    }

    @Override
    public int factors() {
        return FACTORS;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (GlyphFactor factor : GlyphFactor.values()) {
            names.add(factor.name().toLowerCase(Locale.ROOT));
        }
        for (int point = 1; point <= Skeleton.MOST_POINTS; point++) {
            names.add("bend-" + point + "-right");
            names.add("bend-" + point + "-down");
        }
        return List.copyOf(names);
    }

    @Override
    public float[] scales() {
        float[] scales = new float[FACTORS];
        for (int f = 0; f < FACTORS; f++) {
            scales[f] = (float) (f < PLAIN ? GlyphFactor.values()[f].deviation() : BEND);
        }
        return scales;
    }

    @Override
    public void factors(int index, float[] into) {
        System.arraycopy(known[Objects.checkIndex(index, known.length)], 0, into, 0, FACTORS);
    }

    @Override
    public void decode(float[] factors, float[] into, int offset) {
        int digit = (int) limited(factors, GlyphFactor.CLASS, 0, 9);
        double style = limited(factors, GlyphFactor.STYLE, 0, 1);
        double radius = RADIUS * StrictMath.exp(limited(factors, GlyphFactor.THICKNESS, -1, 1));
        double taper = limited(factors, GlyphFactor.TAPER, -0.8, 0.8) / 2;
        double soft = StrictMath.exp(limited(factors, GlyphFactor.SOFTNESS, -1, 1));
        Pen pen = new Pen(SIDE);
        int bend = PLAIN;
        for (int s = 0; s < Skeleton.strokes(digit); s++) {
            double[] controls = Skeleton.stroke(digit, s, style);
            for (int c = 0; c < controls.length; c++) {
                controls[c] += limited(factors[bend + c], -1, 1);
            }
            bend += controls.length;
            double[] points = placed(Curve.through(controls), factors);
            pen.draw(points, new double[] {radius * (1 - taper), radius * (1 + taper)}, soft);
        }
        double ink = limited(factors, GlyphFactor.INK, 0.3, 1);
        double grain = limited(factors, GlyphFactor.GRAIN, 0, 0.5);
        Grain pattern = new Grain((long) limited(factors, GlyphFactor.PATTERN, 0, 1 << 24));
        for (int i = 0; i < SIDE * SIDE; i++) {
            into[offset + i] = (float) Math.clamp(ink * pen.ink()[i] + grain * pattern.next(), 0, 1);
        }
    }

    /** From the glyph's box to pixels: size, slant, turn, shift. */
    private static double[] placed(double[] points, float[] factors) {
        double width = WIDTH * StrictMath.exp(limited(factors, GlyphFactor.WIDTH, -1, 1));
        double height = HEIGHT * StrictMath.exp(limited(factors, GlyphFactor.HEIGHT, -1, 0.4));
        double slant = limited(factors, GlyphFactor.SLANT, -1.5, 1.5);
        double angle = limited(factors, GlyphFactor.ROTATION, -0.8, 0.8);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double right = SIDE / 2.0 + limited(factors, GlyphFactor.RIGHT, -8, 8);
        double down = SIDE / 2.0 + limited(factors, GlyphFactor.DOWN, -8, 8);
        for (int p = 0; p < points.length; p += 2) {
            double y = height * points[p + 1];
            double x = width * points[p] - slant * y;
            points[p] = right + cos * x - sin * y;
            points[p + 1] = down + sin * x + cos * y;
        }
        return points;
    }

    private static double limited(float[] factors, GlyphFactor factor, double least, double most) {
        return limited(factors[factor.ordinal()], least, most);
    }

    private static double limited(float value, double least, double most) {
        return Float.isNaN(value) ? least : Math.clamp((double) value, least, most);
    }
}
