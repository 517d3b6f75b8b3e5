package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import thimble.backend.FusedLoops;
import thimble.backend.Levels;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Lines of OpenCL C for the nodes of a group: each value of each window instance once, in a variable of its own. */
final class FusedBody {
    private final FusedLoops loops;
    private final BiFunction<Tensor, Integer, String> load;
    private final Function<Float, String> constant;
    private final Map<Key, String> values = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private record Key(Tensor tensor, int instance) {}

    /**
     * @param load the expression that reads one instance of a stored value
     * @param constant the expression of a number
     */
    FusedBody(FusedLoops loops, BiFunction<Tensor, Integer, String> load, Function<Float, String> constant) {
        this.loops = loops;
        this.load = load;
        this.constant = constant;
    }

    /** What was written so far. */
    List<String> lines() {
        return lines;
    }

    /** The variable or number that holds a value in one iteration of the window. */
    String value(Tensor t, int iteration) {
        if (loops.plan().levels().kind(t) == Levels.Kind.CONSTANT
                && t.op() instanceof Op.Constant(double number, var _, var _)) {
            return constant.apply((float) number);
        }
        Key key = new Key(t, loops.instance(t, iteration));
        String known = values.get(key);
        if (known == null) {
            known = loops.group().loads().contains(t) ? variable(load.apply(t, key.instance)) : compute(t, iteration);
            values.put(key, known);
        }
        return known;
    }

    private String variable(String expression) {
        String name = "v" + lines.size();
        lines.add("float " + name + " = " + expression + ";");
        return name;
    }

    private String compute(Tensor t, int w) {
        List<Tensor> in = t.inputs();
        return switch (t.op()) {
            case Op.Reshape _, Op.Transpose _, Op.Broadcast _ -> value(in.getFirst(), w);
            case Op.Reduce(var kind, var _) -> reduce(t, kind, w);
            case Op.Select() ->
                variable(Expressions.select(value(in.get(0), w), value(in.get(1), w), value(in.get(2), w)));
            case Op.Unary(var kind) -> variable(Expressions.unary(kind, value(in.getFirst(), w)));
            case Op.Binary(var kind) -> variable(Expressions.binary(kind, value(in.get(0), w), value(in.get(1), w)));
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ ->
                throw new IllegalStateException("[fusion] expected a fused node but received " + t);
        };
    }

    /** A reduction over the window; one that reduces nothing is its operand. */
    private String reduce(Tensor t, Op.ReduceKind kind, int w) {
        int own = loops.instance(t, w);
        Set<Integer> seen = new HashSet<>();
        List<String> terms = new ArrayList<>();
        for (int v = 0; v < loops.instances(); v++) {
            if (loops.instance(t, v) == own && seen.add(loops.instance(t.input(), v))) {
                terms.add(value(t.input(), v));
            }
        }
        String result = terms.getFirst();
        for (String term : terms.subList(1, terms.size())) {
            result = variable(Expressions.binary(
                    kind == Op.ReduceKind.SUM ? Op.BinaryKind.ADD : Op.BinaryKind.MAX, result, term));
        }
        return result;
    }
}
