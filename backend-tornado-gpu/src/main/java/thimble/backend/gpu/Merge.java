package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import thimble.backend.Buffer;

/** Puts launches of one kernel together where nothing between them touches their memory: all updates of weights are one launch then. */
final class Merge {
    private Merge() {}

    /** The launches, fewer and in an order that gives the same values: each moved to an earlier one of its kind, else to a later one. */
    static List<Work> of(List<Work> launches) {
        List<Work> early = gathered(launches, Work::with);
        return gathered(early.reversed(), (later, work) -> work.with(later)).reversed();
    }

    private static List<Work> gathered(List<Work> launches, BinaryOperator<Work> together) {
        List<Work> merged = new ArrayList<>();
        for (Work work : launches) {
            int at = place(merged, work);
            if (at < 0) {
                merged.add(work);
            } else {
                merged.set(at, together.apply(merged.get(at), work));
            }
        }
        return merged;
    }

    /** The launch to which one may be moved, or −1. */
    private static int place(List<Work> before, Work work) {
        for (int i = before.size() - 1; i >= 0; i--) {
            Work other = before.get(i);
            boolean free = disjoint(work.reads(), other.writes())
                    && disjoint(work.writes(), other.writes())
                    && disjoint(work.writes(), other.reads());
            if (!free) {
                return -1;
            }
            if (other.kernel().equals(work.kernel())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean disjoint(Set<Buffer> a, Set<Buffer> b) {
        return Collections.disjoint(a, b);
    }
}
