package thimble.backend.vector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.FusedGroup;
import thimble.backend.FusionPlan;
import thimble.backend.Graph;
import thimble.backend.LayoutPlan;
import thimble.backend.Levels;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * The order of launches and groups. Groups that make new values of variables come last, so that most of them can write in place, after all
 * that read the old values.
 */
final class Schedule {
    private final LayoutPlan layout;
    private final List<Item> items = new ArrayList<>();
    private final Map<Tensor, String> inPlace = new HashMap<>();

    /** One entry. */
    sealed interface Item {
        /** A node with a launch of its own. */
        record Node(Tensor tensor) implements Item {}

        /** A fused group. */
        record Group(FusedGroup group) implements Item {}
    }

    Schedule(Graph graph, FusionPlan plan) {
        this.layout = plan.layout();
        Levels levels = plan.levels();
        for (int level = 0; level <= levels.top(); level++) {
            for (Tensor t : layout.order()) {
                if (levels.kind(t) == Levels.Kind.LAUNCH && levels.level(t) == level && layout.owner(t) == t) {
                    items.add(new Item.Node(t));
                }
            }
            for (FusedGroup group : plan.groups()) {
                if (group.level() == level) {
                    items.add(new Item.Group(group));
                }
            }
        }
        Map<Tensor, String> updated = updated(graph);
        postpone(updated);
        updated.forEach((owner, variable) -> {
            if (free(owner, variable)) {
                inPlace.put(owner, variable);
            }
        });
    }

    /** Entries in the order in which they run. */
    List<Item> items() {
        return items;
    }

    /** Values that are computed in the memory of the variable they update. */
    Map<Tensor, String> inPlace() {
        return inPlace;
    }

    /** Owners that are the new value of one variable and nothing else that outlives the run. */
    private Map<Tensor, String> updated(Graph graph) {
        List<Tensor> owners = layout.roots().stream().map(layout::owner).toList();
        Map<Tensor, String> updated = new HashMap<>();
        for (int i = graph.outputs().size(); i < owners.size(); i++) {
            Tensor owner = owners.get(i);
            if (!layout.batch(owner) && owners.indexOf(owner) == owners.lastIndexOf(owner)) {
                updated.put(
                        owner, graph.updates().get(i - graph.outputs().size()).variable());
            }
        }
        return updated;
    }

    private void postpone(Map<Tensor, String> updated) {
        List<Item> late = new ArrayList<>();
        for (Item item : List.copyOf(items).reversed()) {
            if (item instanceof Item.Group(FusedGroup group)
                    && !group.batch()
                    && group.outputs().stream().anyMatch(updated::containsKey)
                    && items.stream()
                            .filter(other -> other != item && !late.contains(other))
                            .noneMatch(other -> reads(other, group.outputs()))) {
                late.addFirst(item);
            }
        }
        items.removeAll(late);
        items.addAll(late);
    }

    private boolean reads(Item item, List<Tensor> owners) {
        return operands(item).stream().anyMatch(owners::contains);
    }

    /** Owners of what an entry reads. */
    List<Tensor> operands(Item item) {
        return switch (item) {
            case Item.Node(Tensor t) -> t.inputs().stream().map(layout::owner).toList();
            case Item.Group(FusedGroup group) ->
                group.loads().stream().map(layout::owner).toList();
        };
    }

    /** True if the last reader of a variable is not after the group that makes its new value. */
    private boolean free(Tensor owner, String variable) {
        int made = -1;
        int read = -1;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Group(FusedGroup group)
                    && !group.batch()
                    && group.outputs().contains(owner)) {
                made = i;
            }
            if (operands(items.get(i)).stream()
                    .anyMatch(t -> t.op() instanceof Op.Variable(var name, var _) && name.equals(variable))) {
                read = i;
            }
        }
        boolean alone = layout.roots().stream()
                .map(layout::owner)
                .noneMatch(t -> t.op() instanceof Op.Variable(var name, var _) && name.equals(variable));
        return made >= 0 && read <= made && alone;
    }
}
