package thimble.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What of a plan trains at once: the repeats, or the candidates of the tuning, of one arm and size. */
final class TrialGroups {
    private TrialGroups() {}

    /**
     * Groups of neighbours in arm and size, in the order of their first elements.
     *
     * @param plan what is to train
     * @param key which trial an element belongs to
     * @param most how many train at once, at least 1
     */
    static <T> List<List<T>> of(List<T> plan, Function<T, TrialKey> key, ToIntFunction<TrialKey> most) {
        List<List<T>> groups = new ArrayList<>();
        Map<TrialKey, List<T>> open = new HashMap<>();
        for (T element : plan) {
            TrialKey alike = new TrialKey(
                    key.apply(element).methods(), key.apply(element).size(), 0);
            List<T> group = open.get(alike);
            if (group == null || group.size() >= most.applyAsInt(alike)) {
                group = new ArrayList<>();
                open.put(alike, group);
                groups.add(group);
            }
            group.add(element);
        }
        return groups;
    }
}
