package thimble.backend.gpu;

import java.util.List;
import java.util.Locale;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Elementwise primitives that are not fused: over INT32, between INT32 and FLOAT32, or cut off from a group. */
final class Maps {
    private static final Kernel TO_INT =
            cast("int", "INTS", "FLOATS", "isnan(x) ? 0 : convert_int_sat_rtz(x)", "float");
    private static final Kernel TO_FLOAT = cast("float", "FLOATS", "INTS", "(float) x", "int");

    private final Memory memory;
    private final LayoutPlan layout;

    Maps(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    private static Kernel cast(String to, String into, String from, String expression, String type) {
        String name = "thimble_cast_" + to;
        return new Kernel(name, """
            KERNEL(%s) {
                BLOCK;
                int i = get_global_id(0);
                if (i >= p[0]) return;
                int from = 0, left = i;
                for (int d = p[3] - 1; d >= 0; d--) {
                    from += left %% p[4 + 2 * d] * p[5 + 2 * d];
                    left /= p[4 + 2 * d];
                }
                %s x = %s(p[2])[from];
                %s(p[1])[i] = %s;
            }
            """.formatted(name, type, from, into, expression));
    }

    /** The launch of {@link Op.Cast} to another dtype. */
    Work cast(String text, Tensor t) {
        int[] order = Loops.order(layout, t);
        Buffer from = memory.of(t.input());
        Loops loops =
                new Loops(Loops.pick(t.shape().toArray(), order), Loops.pick(Loops.strides(layout, t.input()), order));
        Block block = new Block()
                .with(t.shape().elements())
                .with(memory.of(t))
                .with(from)
                .with(loops);
        Kernel kernel = t.dtype() == DType.INT32 ? TO_INT : TO_FLOAT;
        return Work.items(text, kernel, t.shape().elements(), block, List.of(from), List.of(memory.of(t)));
    }

    Work unary(String text, Tensor t, Op.UnaryKind kind) {
        return map(text, t, kind.name(), Expressions.unary(kind, "a"));
    }

    Work binary(String text, Tensor t, Op.BinaryKind kind) {
        boolean whole = t.input().dtype() == DType.INT32;
        String expression = whole ? Expressions.whole(kind, "a", "b") : Expressions.binary(kind, "a", "b");
        return map(text, t, kind.name(), expression);
    }

    Work select(String text, Tensor t) {
        return map(text, t, "select", Expressions.select("a", "b", "c"));
    }

    private static String macro(Tensor t) {
        return t.dtype() == DType.INT32 ? "INTS" : "FLOATS";
    }

    /** Operands lie like the result, or are the same number everywhere. */
    private Work map(String text, Tensor t, String kind, String expression) {
        StringBuilder name = new StringBuilder("thimble_map_").append(kind.toLowerCase(Locale.ROOT));
        StringBuilder reads = new StringBuilder();
        Block block = new Block().with(t.shape().elements()).with(memory.of(t));
        for (int i = 0; i < t.inputs().size(); i++) {
            Tensor operand = t.inputs().get(i);
            String type = operand.dtype() == DType.INT32 ? "int" : "float";
            name.append('_').append(type);
            reads.append("    ")
                    .append(type)
                    .append(' ')
                    .append((char) ('a' + i))
                    .append(" = ");
            reads.append(macro(operand)).append("(p[").append(2 + i).append("])[i];\n");
            block.with(memory.of(operand));
        }
        Kernel kernel = new Kernel(name.toString(), """
            KERNEL(%s) {
                BLOCK;
                int i = get_global_id(0);
                if (i >= p[0]) return;
            %s    %s(p[1])[i] = %s;
            }
            """.formatted(name, reads, macro(t), expression));
        List<Buffer> operands = t.inputs().stream().map(memory::of).toList();
        return Work.items(text, kernel, t.shape().elements(), block, operands, List.of(memory.of(t)));
    }
}
