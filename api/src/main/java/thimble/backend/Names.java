package thimble.backend;

import java.util.List;
import java.util.stream.Collectors;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Lines of a printed plan. */
public final class Names {
    private final FusionPlan plan;
    private final LayoutPlan layout;

    /** Lines of one plan. */
    public Names(FusionPlan plan) {
        this.plan = plan;
        this.layout = plan.layout();
    }

    /** A stored value: its name or number. */
    public String of(Tensor t) {
        Tensor owner = layout.owner(t);
        if (owner.op() instanceof Op.Input(var name, var _, var _, int _)) {
            return name;
        }
        if (owner.op() instanceof Op.Variable(var name, var _)) {
            return name;
        }
        return owner.op() instanceof Op.Constant(double value, var _, var _)
                ? Double.toString(value)
                : "%" + layout.index(owner);
    }

    /** A launch of one node. */
    public String launch(String name, Tensor t) {
        String operands = t.inputs().stream().map(this::of).collect(Collectors.joining(", "));
        return name + " " + of(t) + " " + t.shape() + " <- " + operands;
    }

    /** A fused group. */
    public String group(FusedGroup group) {
        String outputs = group.outputs().stream().map(this::output).collect(Collectors.joining(", "));
        long nodes = group.body().stream()
                .filter(t -> plan.levels().kind(t) == Levels.Kind.FUSED && !(t.op() instanceof Op.Broadcast))
                .count();
        List<String> loads =
                group.loads().stream().map(this::of).distinct().sorted().toList();
        return (group.batch() ? "fused " : "flat ") + outputs + " nodes " + nodes + " <- " + String.join(", ", loads);
    }

    private String output(Tensor t) {
        boolean sum = plan.levels().kind(t) == Levels.Kind.SUM;
        return of(t) + " " + t.shape() + (sum ? " sum" : plan.bits(t) ? " bits" : "");
    }
}
