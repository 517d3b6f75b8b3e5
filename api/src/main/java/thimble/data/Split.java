package thimble.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded choices of examples: how many per class, folds, held-out parts. The same seed gives the same choice in every JVM. */
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

    /** Positions of at most {@code count} examples of each class, ascending. */
    public static int[] perClass(Dataset data, int count, long seed) {
        int[] labels = data.labels();
        int[] taken = new int[data.classes()];
        List<Integer> chosen = new ArrayList<>();
        for (int i : permutation(data.size(), seed)) {
            if (taken[labels[i]] < count) {
                taken[labels[i]]++;
                chosen.add(i);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
