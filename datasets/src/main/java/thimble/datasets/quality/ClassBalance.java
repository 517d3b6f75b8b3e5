package thimble.datasets.quality;

import java.util.List;
import java.util.stream.IntStream;
import thimble.data.Dataset;
import thimble.data.Targets;

/**
 * How many examples each class has.
 *
 * @param classes class names in order
 * @param counts examples of each
 */
public record ClassBalance(List<String> classes, List<Integer> counts) {
    /** Copies the lists. */
    public ClassBalance {
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
    }

    /** Counts a data set. Throws {@link IllegalStateException} if the targets are numbers. */
    public static ClassBalance of(Dataset data) {
        int[] counts = new int[data.classes()];
        for (int label : data.labels()) {
            counts[label]++;
        }
        List<String> names = ((Targets.Classes) data.targets()).names();
        return new ClassBalance(names, IntStream.of(counts).boxed().toList());
    }

    /** Examples of the smallest class. */
    public int smallest() {
        return counts.stream().min(Integer::compare).orElse(0);
    }

    /** Examples of the largest class. */
    public int largest() {
        return counts.stream().max(Integer::compare).orElse(0);
    }
}
