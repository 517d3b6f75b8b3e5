package thimble.backend.vector.contraction;

import static org.assertj.core.api.Assertions.assertThat;

/** A sum in float64 that knows how far a float32 sum of the same terms may be away: 8 · 2⁻²⁴ · √terms · Σ|terms|. */
final class Sum {
    private double value;
    private double magnitude;
    private int terms;

    void add(double term) {
        value += term;
        magnitude += Math.abs(term);
        terms++;
    }

    void check(float actual, Object where) {
        double tolerance = 8 * 0x1p-24 * Math.sqrt(terms) * magnitude;
        if (!(Math.abs(actual - value) <= tolerance)) {
            assertThat((double) actual)
                    .as("%s", where)
                    .isCloseTo(value, org.assertj.core.data.Offset.offset(tolerance));
        }
    }
}
