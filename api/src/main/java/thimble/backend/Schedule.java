package thimble.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * The order of launches and groups. Groups that make new values of variables come last, so that most of them can write in place, after all
 * that read the old values.
 */
public final class Schedule {
    private final LayoutPlan layout;
    private final List<Item> items = new ArrayList<>();
    private final Map<Tensor, String> inPlace = new HashMap<>();

    /** One entry. */
    public sealed interface Item {
        /** A node with a launch of its own. */
        record Node(Tensor tensor) implements Item {}

        /** A fused group. */
        record Group(FusedGroup group) implements Item {}
    }

    /** The order of a plan for a graph. */
    public Schedule(Graph graph, FusionPlan plan) {
        this.layout = plan.layout();
        Levels levels = plan.levels();
        Iterator<FusedGroup> groups = plan.groups().iterator();
        FusedGroup group = groups.hasNext() ? groups.next() : null;
        for (int level = 0; level <= levels.top(); level++) {
            for (Tensor t : levels.nodes(level)) {
                if (levels.kind(t) == Levels.Kind.LAUNCH && layout.owner(t) == t) {
                    items.add(new Item.Node(t));
                }
            }
            while (group != null && group.level() == level) {
                items.add(new Item.Group(group));
                group = groups.hasNext() ? groups.next() : null;
            }
        }
        Map<Tensor, String> updated = updated(graph);
        postpone(updated);
        inPlace(updated);
    }

    /** Entries in the order in which they run. */
    public List<Item> items() {
        return items;
    }

    /** Values that are computed in the memory of the variable they update. */
    public Map<Tensor, String> inPlace() {
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
        Map<Tensor, Integer> readers = new HashMap<>();
        items.forEach(item -> operands(item).forEach(owner -> readers.merge(owner, 1, Integer::sum)));
        List<Item> late = new ArrayList<>();
        List<Item> early = new ArrayList<>();
        for (Item item : items.reversed()) {
            if (item instanceof Item.Group(FusedGroup group)
                    && !group.batch()
                    && group.outputs().stream().anyMatch(updated::containsKey)
                    && group.outputs().stream().allMatch(output -> readers.getOrDefault(output, 0) == 0)) {
                late.addFirst(item);
                operands(item).forEach(owner -> readers.merge(owner, -1, Integer::sum));
            } else {
                early.addFirst(item);
            }
        }
        items.clear();
        items.addAll(early);
        items.addAll(late);
    }

    /** Owners of what an entry reads, each once. */
    public Set<Tensor> operands(Item item) {
        Collection<Tensor> operands = switch (item) {
            case Item.Node(Tensor t) -> t.inputs();
            case Item.Group(FusedGroup group) -> group.loads();
        };
        Set<Tensor> owners = new LinkedHashSet<>();
        operands.forEach(operand -> owners.add(layout.owner(operand)));
        return owners;
    }

    /** Finds the new values whose variable is neither read after the group that makes them nor asked for at the end. */
    private void inPlace(Map<Tensor, String> updated) {
        Map<Tensor, Integer> made = new HashMap<>();
        Map<String, Integer> read = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int now = i;
            if (item instanceof Item.Group(FusedGroup group) && !group.batch()) {
                group.outputs().forEach(output -> made.put(output, now));
            }
            operands(item).forEach(owner -> read(owner, now, read));
        }
        layout.roots().forEach(root -> read(layout.owner(root), items.size(), read));
        updated.forEach((owner, variable) -> {
            if (read.getOrDefault(variable, -1) <= made.getOrDefault(owner, -2)) {
                inPlace.put(owner, variable);
            }
        });
    }

    private static void read(Tensor owner, int now, Map<String, Integer> read) {
        if (owner.op() instanceof Op.Variable(var name, var _)) {
            read.put(name, now);
        }
    }
}
