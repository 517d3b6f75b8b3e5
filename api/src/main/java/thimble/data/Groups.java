package thimble.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples that belong together, dealt to the parts of a division as wholes. */
final class Groups {
    private static final int ATTEMPTS = 100;

    private Groups() {}

    /** Positions of each group, in the order of first appearance. */
    static List<int[]> of(Dataset data) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < data.size(); i++) {
            groups.computeIfAbsent(data.group(i), _ -> new ArrayList<>()).add(i);
        }
        return groups.values().stream()
                .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /**
     * Part of each example: groups in random order, the largest first, each go to the part whose class counts then fit its weight best
     * (least χ²). Tried with further seeds until every class is in every part.
     *
     * @throws IllegalArgumentException if a class has fewer groups than there are parts, or no division was found
     */
    static int[] deal(List<int[]> groups, Strata strata, double[] weights, long seed) {
        strata.atLeast(weights.length, perStratum(groups, strata), "groups", "a division in " + weights.length);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] parts = new int[strata.of().length];
            if (full(dealt(groups, strata, weights, Seeds.of(seed, attempt), parts), strata)) {
                return parts;
            }
        }
        throw new IllegalArgumentException("[split] expected groups that can be divided in " + weights.length
                + " parts with every class in each but received " + groups.size()
                + " groups for which no division was found");
    }

    private static int[][] dealt(List<int[]> groups, Strata strata, double[] weights, long seed, int[] parts) {
        List<int[]> order = new ArrayList<>();
        for (int g : Split.permutation(groups.size(), seed)) {
            order.add(groups.get(g));
        }
        order.sort(Comparator.comparingInt((int[] members) -> members.length).reversed());
        int[][] filled = new int[weights.length][strata.counts().length];
        for (int[] members : order) {
            int[] counts = counts(members, strata);
            int best = 0;
            for (int part = 1; part < weights.length; part++) {
                if (misfit(counts, filled[part], strata, weights[part])
                        < misfit(counts, filled[best], strata, weights[best])) {
                    best = part;
                }
            }
            for (int i : members) {
                parts[i] = best;
                filled[best][strata.of()[i]]++;
            }
        }
        return filled;
    }

    /** What the group adds to Σ (count − expected)² / expected of a part. */
    private static double misfit(int[] group, int[] filled, Strata strata, double weight) {
        double sum = 0;
        for (int s = 0; s < group.length; s++) {
            if (group[s] > 0) {
                double expected = weight * strata.counts()[s];
                sum += group[s] * (2 * (filled[s] - expected) + group[s]) / expected;
            }
        }
        return sum;
    }

    private static int[] counts(int[] members, Strata strata) {
        int[] counts = new int[strata.counts().length];
        for (int i : members) {
            counts[strata.of()[i]]++;
        }
        return counts;
    }

    private static int[] perStratum(List<int[]> groups, Strata strata) {
        int[] holding = new int[strata.counts().length];
        for (int[] members : groups) {
            int[] counts = counts(members, strata);
            Arrays.setAll(holding, s -> holding[s] + (counts[s] > 0 ? 1 : 0));
        }
        return holding;
    }

    private static boolean full(int[][] filled, Strata strata) {
        for (int[] part : filled) {
            for (int s = 0; s < part.length; s++) {
                if (strata.counts()[s] > 0 && part[s] == 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
