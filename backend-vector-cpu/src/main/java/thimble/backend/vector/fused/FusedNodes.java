package thimble.backend.vector.fused;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import thimble.backend.FusedGroup;
import thimble.backend.FusedLoops;
import thimble.backend.Levels;
import thimble.backend.vector.code.Code;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Straight-line code of the nodes of a group: each value of each window instance once, kept in a local variable. */
final class FusedNodes {
    private final CodeBuilder b;
    private final Code code;
    private final FusedLoops loops;
    private final FusedGroup group;
    private final Loader loader;
    private final Map<Key, Value> values = new HashMap<>();

    /** Reads a value from memory onto the stack. */
    interface Loader {
        /** Loads one instance; returns what it put there. */
        Value load(Tensor tensor, int instance);
    }

    private record Key(Tensor tensor, int instance) {}

    /** Where a value is. */
    sealed interface Value {
        /** A vector in a local. */
        record Floats(int slot) implements Value {}

        /** A mask in a local, standing for 0 and 1. */
        record Mask(int slot) implements Value {}

        /** One number, not in a register. */
        record Number(float value) implements Value {}
    }

    FusedNodes(CodeBuilder b, Code code, FusedLoops loops, Loader loader) {
        this.b = b;
        this.code = code;
        this.loops = loops;
        this.group = loops.group();
        this.loader = loader;
    }

    /** The value of a tensor in one iteration of the window. */
    Value value(Tensor t, int iteration) {
        if (loops.plan().levels().kind(t) == Levels.Kind.CONSTANT
                && t.op() instanceof Op.Constant(double number, var _, var _)) {
            return new Value.Number((float) number);
        }
        Key key = new Key(t, loops.instance(t, iteration));
        Value known = values.get(key);
        if (known == null) {
            known = group.loads().contains(t) ? loader.load(t, key.instance) : compute(t, iteration);
            values.put(key, known);
        }
        return known;
    }

    /** Stack: → the value as a vector. */
    void push(Value value) {
        switch (value) {
            case Value.Floats(int slot) -> b.aload(slot);
            case Value.Number(float number) -> code.broadcast(number);
            case Value.Mask(int slot) -> {
                code.zero();
                code.blend(1f, slot);
            }
        }
    }

    /** Stack: vector →; the vector in a local. */
    Value.Floats floats() {
        int slot = b.allocateLocal(TypeKind.REFERENCE);
        b.astore(slot);
        return new Value.Floats(slot);
    }

    /** Stack: mask →; the mask in a local. */
    Value mask() {
        int slot = b.allocateLocal(TypeKind.REFERENCE);
        b.astore(slot);
        return new Value.Mask(slot);
    }

    /** The mask of a value that is not 0. */
    int maskSlot(Value value) {
        if (value instanceof Value.Mask(int slot)) {
            return slot;
        }
        push(value);
        code.compare("NE", 0f);
        return ((Value.Mask) mask()).slot();
    }

    private Value compute(Tensor t, int w) {
        List<Tensor> in = t.inputs();
        return switch (t.op()) {
            case Op.Reshape _, Op.Transpose _, Op.Broadcast _ -> value(in.getFirst(), w);
            case Op.Reduce(var kind, var _) -> reduce(t, kind, w);
            case Op.Select() -> select(value(in.get(0), w), value(in.get(1), w), value(in.get(2), w));
            case Op.Unary(var kind) -> unary(kind, value(in.getFirst(), w));
            case Op.Binary(var kind) -> binary(kind, value(in.get(0), w), value(in.get(1), w));
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

    private Value reduce(Tensor t, Op.ReduceKind kind, int w) {
        int own = loops.instance(t, w);
        Set<Integer> seen = new HashSet<>();
        Value sum = null;
        for (int v = 0; v < loops.instances(); v++) {
            if (loops.instance(t, v) == own && seen.add(loops.instance(t.input(), v))) {
                Value next = value(t.input(), v);
                sum = sum == null ? next : kind == Op.ReduceKind.MAX ? max(sum, next) : add(next, sum);
            }
        }
        if (sum == null) {
            throw new IllegalStateException("[fusion] expected at least one element in " + t);
        }
        return sum;
    }

    private Value select(Value condition, Value yes, Value no) {
        if (condition instanceof Value.Number(float number)) {
            return number != 0 ? yes : no;
        }
        int mask = maskSlot(condition);
        push(no);
        if (yes instanceof Value.Number(float number)) {
            code.blend(number, mask);
        } else {
            push(yes);
            code.blend(mask);
        }
        return floats();
    }

    private Value unary(Op.UnaryKind kind, Value x) {
        push(x);
        switch (kind) {
            case NEG -> code.unary("neg");
            case SQRT -> code.unary("sqrt");
            case EXP -> code.function("exp");
            case LOG -> code.function("log");
            case SIN -> code.branching("sin");
            case TANH -> code.function("tanh");
            case SIGN -> code.function("sign");
            case FLOOR -> code.function("floor");
        }
        return floats();
    }

    private Value binary(Op.BinaryKind kind, Value x, Value y) {
        return switch (kind) {
            case ADD -> add(x, y);
            case MUL -> multiply(x, y);
            case DIV -> arithmetic("div", x, y);
            case MAX -> max(x, y);
            case LESS -> compare("LT", "GT", x, y);
            case EQUAL -> compare("EQ", "EQ", x, y);
        };
    }

    private Value add(Value x, Value y) {
        return x instanceof Value.Number ? arithmetic("add", y, x) : arithmetic("add", x, y);
    }

    private Value multiply(Value x, Value y) {
        if (x instanceof Value.Mask(int a) && y instanceof Value.Mask(int c)) {
            code.and(a, c);
            return mask();
        }
        return x instanceof Value.Number ? arithmetic("mul", y, x) : arithmetic("mul", x, y);
    }

    private Value arithmetic(String name, Value x, Value y) {
        push(x);
        if (y instanceof Value.Number(float number)) {
            code.binary(name, number);
        } else {
            push(y);
            code.binary(name);
        }
        return floats();
    }

    private Value compare(String comparison, String swapped, Value x, Value y) {
        if (x instanceof Value.Number && !(y instanceof Value.Number)) {
            return compare(swapped, comparison, y, x);
        }
        push(x);
        if (y instanceof Value.Number(float number)) {
            code.compare(comparison, number);
        } else {
            code.compare(comparison, () -> push(y));
        }
        return mask();
    }

    /** {@code x <= y || y is NaN ? y : x}; the JDK's max has another rule for −0 and costs more. */
    private Value max(Value x, Value y) {
        push(x);
        if (y instanceof Value.Number(float number)) {
            code.compare("LE", number);
            int larger = ((Value.Mask) mask()).slot();
            push(x);
            code.blend(number, larger);
            return floats();
        }
        code.compare("LE", () -> push(y));
        int larger = ((Value.Mask) mask()).slot();
        push(y);
        code.compare("NE", () -> push(y));
        int undefined = ((Value.Mask) mask()).slot();
        push(x);
        push(y);
        code.blend(larger);
        push(y);
        code.blend(undefined);
        return floats();
    }
}
