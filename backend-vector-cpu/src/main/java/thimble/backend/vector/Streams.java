package thimble.backend.vector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import thimble.backend.FusedGroup;
import thimble.backend.LayoutPlan;
import thimble.backend.Schedule;
import thimble.tensor.Tensor;

/**
 * Gradients of kernels that only the update of their kernel reads, and so large that making them as a whole would drive other things out of
 * the cache: a part is made, used, and made over by the next.
 */
final class Streams {
    /** Bytes from which it pays; smaller gradients stay in the second cache until they are read. */
    private static final long LEAST_BYTES = 1 << 18;

    private final Map<FusedGroup, Tensor> gradients = new IdentityHashMap<>();

    Streams(LayoutPlan layout, Schedule schedule, Lowering lowering) {
        Map<Tensor, List<Schedule.Item>> readers = new HashMap<>();
        for (Schedule.Item item : schedule.items()) {
            schedule.operands(item)
                    .forEach(owner -> readers.computeIfAbsent(owner, _ -> new ArrayList<>())
                            .add(item));
        }
        Set<Tensor> kept = layout.roots().stream().map(layout::owner).collect(Collectors.toSet());
        for (Schedule.Item item : schedule.items()) {
            if (item instanceof Schedule.Item.Node(Tensor t)
                    && 4L * t.shape().elements() >= LEAST_BYTES
                    && !kept.contains(t)
                    && lowering.hasRows(t)) {
                List<Schedule.Item> all = readers.getOrDefault(t, List.of());
                if (all.size() == 1
                        && all.getFirst() instanceof Schedule.Item.Group(FusedGroup group)
                        && !group.batch()) {
                    gradients.putIfAbsent(group, t);
                }
            }
        }
    }

    /** The gradient that a group makes on its way. */
    Optional<Tensor> of(FusedGroup group) {
        return Optional.ofNullable(gradients.get(group));
    }

    /** Whether a node is such a gradient. */
    boolean contains(Tensor t) {
        return gradients.containsValue(t);
    }
}
