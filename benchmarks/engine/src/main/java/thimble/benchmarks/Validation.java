package thimble.benchmarks;

import java.util.Arrays;
import java.util.List;
import thimble.data.Dataset;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.data.Targets;

/** How tuning divides training examples: 20 % held out, at least one of each class; below 5 of a class three-fold, twice. */
final class Validation {
    private static final double SHARE = 0.2;
    private static final int ENOUGH = 5;
    private static final int FOLDS = 3;

    private Validation() {}

    static List<Fold> folds(Dataset train, long seed) {
        int least = leastPerClass(train);
        if (least < 2) {
            throw new IllegalArgumentException(
                    "[tune] expected at least 2 samples of each class to tune with but received " + least + " among "
                            + train.size() + "; take larger sizes, or no tuning and no brackets");
        }
        if (least >= ENOUGH) {
            return List.of(Split.heldOut(train, SHARE, seed));
        }
        return Split.folds(train, Math.min(FOLDS, least), 2, seed);
    }

    private static int leastPerClass(Dataset train) {
        if (train.targets() instanceof Targets.Numbers) {
            return train.size();
        }
        int[] counts = new int[train.classes()];
        for (int label : train.labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).filter(count -> count > 0).min().orElse(0);
    }
}
