package thimble.datasets.quality;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import thimble.data.Dataset;
import thimble.data.Targets;

/**
 * Ranks examples by their loss under models that did not learn them (out of fold), the greatest first: wrong labels gather at the top. After
 * C. Northcutt, L. Jiang, I. Chuang, Confident learning: estimating uncertainty in dataset labels, JAIR, 2021: the score is their
 * self-confidence; no thresholds are estimated here.
 */
public final class LossRanking {
    private static final double LEAST_PROBABILITY = 1e-12;
    private static final double SUM_TOLERANCE = 1e-3;

    private LossRanking() {}

    /**
     * All examples, ties in the order of the data.
     *
     * @param part name of the part, for people
     * @param outOfFold [n][classes] probabilities of each example by a model that did not learn it
     * @throws IllegalArgumentException if the probabilities do not fit the data or are no distributions
     */
    public static List<Suspect> of(String part, Dataset data, float[][] outOfFold) {
        if (outOfFold.length != data.size()) {
            throw new IllegalArgumentException("[ranking] expected probabilities of " + data.size()
                    + " examples but received " + outOfFold.length);
        }
        if (!(data.targets() instanceof Targets.Classes classes)) {
            throw new IllegalArgumentException(
                    "[ranking] expected classes as targets but received the numbers of " + data.name());
        }
        return IntStream.range(0, data.size())
                .mapToObj(i -> suspect(part, data, classes, i, checked(outOfFold[i], classes.width(), i)))
                .sorted(Comparator.comparingDouble(Suspect::loss).reversed().thenComparingInt(Suspect::index))
                .toList();
    }

    private static Suspect suspect(
            String part, Dataset data, Targets.Classes classes, int index, float[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        double given = probabilities[data.label(index)];
        return new Suspect(
                index,
                ExampleDuplicates.item(part, data, index),
                classes.names().get(best),
                given,
                probabilities[best],
                -StrictMath.log(Math.max(given, LEAST_PROBABILITY)));
    }

    private static float[] checked(float[] probabilities, int classes, int index) {
        double sum = 0;
        boolean negative = false;
        for (float p : probabilities) {
            sum += p;
            negative |= !(p >= 0);
        }
        if (probabilities.length != classes || negative || Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException(
                    "[ranking] expected " + classes + " probabilities >= 0 with sum 1 but received "
                            + probabilities.length + " with sum " + (float) sum + " at example " + index);
        }
        return probabilities;
    }
}
