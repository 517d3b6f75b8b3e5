package thimble.benchmarks.experiments.measurement;

/**
 * The range of a strength around the best within which the error stays close to the best, with straight lines between the strengths tried, on
 * a logarithmic axis.
 *
 * @param low lower end
 * @param high upper end
 * @param ended true if the range ends at both sides among the strengths tried
 */
record StrengthRange(double low, double high, boolean ended) {
    /**
     * The range of a curve.
     *
     * @param strengths ascending, above 0
     * @param errors by strength
     * @param slack how far above the smallest error is still close
     */
    static StrengthRange of(double[] strengths, double[] errors, double slack) {
        int best = 0;
        for (int i = 1; i < errors.length; i++) {
            best = errors[i] < errors[best] ? i : best;
        }
        double bound = errors[best] + slack;
        int from = best;
        while (from > 0 && errors[from - 1] <= bound) {
            from--;
        }
        int to = best;
        while (to < errors.length - 1 && errors[to + 1] <= bound) {
            to++;
        }
        double low = from == 0 ? strengths[0] : crossing(strengths, errors, from, from - 1, bound);
        double high = to == errors.length - 1 ? strengths[to] : crossing(strengths, errors, to, to + 1, bound);
        return new StrengthRange(low, high, from > 0 && to < errors.length - 1);
    }

    /** Upper end over lower end. */
    double factor() {
        return high / low;
    }

    /** Where the line between a point within the bound and one outside crosses it. */
    private static double crossing(double[] strengths, double[] errors, int inside, int outside, double bound) {
        double share = (bound - errors[inside]) / (errors[outside] - errors[inside]);
        return strengths[inside] * Math.pow(strengths[outside] / strengths[inside], share);
    }
}
