package thimble.train;

/** What the members of an ensemble say of one example, added up in their order. */
final class Votes {
    private final boolean vote;
    private double[] sums = new double[0];
    private int members;

    Votes(boolean vote) {
        this.vote = vote;
    }

    void add(float[] scores) {
        if (members++ == 0) {
            sums = new double[scores.length];
        }
        if (!vote) {
            for (int c = 0; c < scores.length; c++) {
                sums[c] += scores[c];
            }
            return;
        }
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        sums[best]++;
    }

    /** True if no member was asked. */
    boolean none() {
        return members == 0;
    }

    float[] scores() {
        float[] scores = new float[sums.length];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = (float) (vote ? (sums[c] + 1.0 / sums.length) / (members + 1) : sums[c] / members);
        }
        return scores;
    }
}
