package thimble.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded choices of examples: how many per class, how many in all, folds, held-out parts. The same seed gives the same choice in every JVM.
 * Choices keep the proportions of the classes; numeric targets are drawn at random. Classes without examples are left out of account.
 */
public final class Split {
    private Split() {}

    /** A random order of 0 … n − 1. */
    public static int[] permutation(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /**
     * Positions of at most {@code count} examples of each class, ascending.
     *
     * @throws IllegalArgumentException if the count is below 1
     */
    public static int[] perClass(Dataset data, int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("[split] expected at least 1 example per class but received " + count);
        }
        int[] counts = new int[data.classes()];
        Arrays.fill(counts, count);
        return chosen(data.labels(), counts, seed);
    }

    /**
     * Positions of {@code size} examples, ascending, in the proportions of the classes and at least one of each. Under one seed a smaller choice
     * is part of every larger one.
     *
     * @throws IllegalArgumentException if the data hold fewer, or the size is below one per class
     */
    public static int[] stratified(Dataset data, int size, long seed) {
        if (size > data.size()) {
            throw new IllegalArgumentException("[split] expected a size of at most " + data.size()
                    + ", which is all of " + data.name() + ", but received " + size);
        }
        Strata strata = Strata.of(data);
        if (size < Math.max(1, strata.present())) {
            throw new IllegalArgumentException("[split] expected a size of at least " + Math.max(1, strata.present())
                    + ", one per class, but received " + size);
        }
        return chosen(strata.of(), strata.share(size, 0), seed);
    }

    /**
     * Holds out about a fraction of the examples, groups kept together: at least one example of each class is held out and one is left.
     *
     * @param fraction in (0, 1)
     * @throws IllegalArgumentException if the fraction is outside (0, 1), or a class has fewer than two examples or groups
     */
    public static Fold heldOut(Dataset data, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("[split] expected a fraction in (0, 1) but received " + fraction);
        }
        Strata strata = Strata.of(data);
        strata.atLeast(2, strata.counts(), "examples", "a held-out part");
        List<int[]> groups = Groups.of(data);
        if (groups.size() < data.size()) {
            double[] weights = {1 - fraction, fraction};
            return Fold.of(Groups.deal(groups, strata, weights, seed), 1);
        }
        int size = (int) Math.floor(fraction * data.size() + 0.5);
        int[] parts = new int[data.size()];
        for (int i : chosen(strata.of(), strata.share(size, 1), seed)) {
            parts[i] = 1;
        }
        return Fold.of(parts, 1);
    }

    /**
     * Cross-validation: every example is held out exactly once, groups kept together, each class in every fold.
     *
     * @param count how many folds, at least 2
     * @throws IllegalArgumentException if there are fewer than {@code count} examples or groups of a class
     */
    public static List<Fold> folds(Dataset data, int count, long seed) {
        if (count < 2) {
            throw new IllegalArgumentException("[split] expected at least 2 folds but received " + count);
        }
        Strata strata = Strata.of(data);
        strata.atLeast(count, strata.counts(), "examples", count + " folds");
        List<int[]> groups = Groups.of(data);
        int[] parts;
        if (groups.size() < data.size()) {
            double[] weights = new double[count];
            Arrays.fill(weights, 1.0 / count);
            parts = Groups.deal(groups, strata, weights, seed);
        } else {
            parts = dealt(strata, count, seed);
        }
        List<Fold> folds = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            folds.add(Fold.of(parts, fold));
        }
        return List.copyOf(folds);
    }

    /** Repeated cross-validation: the folds of {@code repeats} unlike divisions, one division after the other. */
    public static List<Fold> folds(Dataset data, int count, int repeats, long seed) {
        List<Fold> folds = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            folds.addAll(folds(data, count, Seeds.of(seed, repeat)));
        }
        return List.copyOf(folds);
    }

    private static int[] chosen(int[] strata, int[] wanted, long seed) {
        int[] left = wanted.clone();
        int[] chosen = new int[strata.length];
        int count = 0;
        for (int i : permutation(strata.length, seed)) {
            if (left[strata[i]] > 0) {
                left[strata[i]]--;
                chosen[count++] = i;
            }
        }
        int[] ascending = Arrays.copyOf(chosen, count);
        Arrays.sort(ascending);
        return ascending;
    }

    /** Deals class after class round the folds, so that folds differ by at most one example, in all and per class. */
    private static int[] dealt(Strata strata, int count, long seed) {
        int[] order = permutation(strata.of().length, seed);
        int[] parts = new int[order.length];
        int next = 0;
        for (int s = 0; s < strata.counts().length; s++) {
            for (int i : order) {
                if (strata.of()[i] == s) {
                    parts[i] = next;
                    next = (next + 1) % count;
                }
            }
        }
        return parts;
    }
}
