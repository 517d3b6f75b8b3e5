package thimble.data;

import java.util.Arrays;
import java.util.List;

/** The classes of a data set as strata of a choice; numeric targets are one stratum. */
record Strata(int[] of, int[] counts, List<String> names) {
    static Strata of(Dataset data) {
        return switch (data.targets()) {
            case Targets.Classes classes -> {
                int[] labels = data.labels();
                int[] counts = new int[classes.width()];
                for (int label : labels) {
                    counts[label]++;
                }
                yield new Strata(labels, counts, classes.names());
            }
            case Targets.Numbers _ ->
                new Strata(new int[data.size()], new int[] {data.size()}, List.of("all examples"));
        };
    }

    /** How many strata hold examples. */
    int present() {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /**
     * Says which stratum is too small.
     *
     * @throws IllegalArgumentException if a stratum holds some, but fewer than {@code least} of the counted things
     */
    void atLeast(int least, int[] counted, String things, String purpose) {
        for (int s = 0; s < counted.length; s++) {
            if (counts[s] > 0 && counted[s] < least) {
                throw new IllegalArgumentException("[split] expected at least " + least + " " + things
                        + " of each class for " + purpose + " but received " + counted[s] + " of " + names.get(s));
            }
        }
    }

    /**
     * Shares {@code size} among the strata in proportion to their counts by the divisor method of Sainte-Laguë: at least one and at most
     * {@code count - spared} for each that holds examples. A larger size never takes one away, so that choices of growing size are nested.
     */
    int[] share(int size, int spared) {
        int[] shares = new int[counts.length];
        int given = 0;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > spared) {
                shares[s] = 1;
                given++;
            }
        }
        while (given < size) {
            int best = -1;
            for (int s = 0; s < counts.length; s++) {
                if (shares[s] < counts[s] - spared && (best < 0 || before(s, best, shares))) {
                    best = s;
                }
            }
            if (best < 0) {
                break;
            }
            shares[best]++;
            given++;
        }
        return shares;
    }

    private boolean before(int s, int best, int[] shares) {
        return (long) counts[s] * (2L * shares[best] + 1) > (long) counts[best] * (2L * shares[s] + 1);
    }
}
