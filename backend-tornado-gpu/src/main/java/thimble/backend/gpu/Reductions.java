package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * Sums, maxima and positions of maxima over axes. Few terms are added one after another; many are shared among the work-items of a group,
 * whose results are combined in a tree. Which, depends on sizes alone, so the bits do not depend on the device.
 */
final class Reductions {
    /** Terms beyond which a group shares the work of one result. */
    private static final int SERIAL = 64;
    /** Results beyond which each is one work-item's whatever the number of terms. */
    private static final int MANY = 8192;
    /** Parts of a sum beyond which a group shares the work: they are few results of much work, and all else waits for them. */
    private static final int FEW = 24;
    /** Partial results that one more launch adds up. */
    static final int MOST_CHUNKS = 64;

    /** Terms of one group. */
    private static final int CHUNK = 4096;

    private static final String WALK = """
            int from = 0, left = %s;
            for (int d = p[5] - 1; d >= 0; d--) {
                __global const int* loop = p + 7 + 2 * d;
                from += left %% loop[0] * loop[1];
                left /= loop[0];
            }
            __global const float* in = FLOATS(p[2]) + from;
            __global const int* terms = p + 7 + 2 * p[5];
        """;

    private static final Kernel ARG_MAX = new Kernel("thimble_argmax", """
        KERNEL(thimble_argmax) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int best = 0;
            float most = in[0];
            for (int c = 1; c < p[3]; c++) {
                float x = in[c * p[4]];
                bool above = most < x || (isnan(x) && !isnan(most));
                best = above ? c : best;
                most = above ? x : most;
            }
            INTS(p[1])[i] = best;
        }
        """.formatted(WALK.formatted("i")));

    private final Memory memory;
    private final LayoutPlan layout;

    Reductions(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    private static String combined(Op.ReduceKind kind, String a, String b) {
        return kind == Op.ReduceKind.SUM ? a + " + " + b : "(" + Expressions.larger(a, b) + ")";
    }

    private static String suffix(Op.ReduceKind kind) {
        return kind == Op.ReduceKind.SUM ? "sum" : "max";
    }

    private static String start(Op.ReduceKind kind) {
        return kind == Op.ReduceKind.SUM ? "0.0f" : "-INFINITY";
    }

    private static Kernel serial(Op.ReduceKind kind) {
        String name = "thimble_row_" + suffix(kind);
        return new Kernel(name, """
            KERNEL(%1$s) {
                BLOCK;
                int i = get_global_id(0);
                if (i >= p[0]) return;
            %2$s
                int inner = terms[2 * p[6] - 2], step = terms[2 * p[6] - 1];
                float x = %3$s;
                for (int o = 0; o < p[3] / inner; o++) {
                    int base = 0, rest = o;
                    for (int d = p[6] - 2; d >= 0; d--) {
                        base += rest %% terms[2 * d] * terms[2 * d + 1];
                        rest /= terms[2 * d];
                    }
                    for (int c = 0; c < inner; c++) {
                        float y = in[base + c * step];
                        x = %4$s;
                    }
                }
                FLOATS(p[1])[i] = x;
            }
            """.formatted(name, WALK.formatted("i"), start(kind), combined(kind, "x", "y")));
    }

    private static Kernel shared(Op.ReduceKind kind) {
        String name = "thimble_tree_" + suffix(kind);
        return new Kernel(name, """
            KERNEL(%1$s) {
                BLOCK;
                __local float part[%5$d];
                int lane = get_local_id(0), i = get_group_id(0);
                float x = %3$s;
                if (i < p[0]) {
            %2$s
                    int chunk = i %% p[4];
                    int end = min(p[3], (chunk + 1) * %6$d);
                    for (int term = chunk * %6$d + lane; term < end; term += %5$d) {
                        int at = 0, rest = term;
                        for (int d = p[6] - 1; d >= 0; d--) {
                            at += rest %% terms[2 * d] * terms[2 * d + 1];
                            rest /= terms[2 * d];
                        }
                        float y = in[at];
                        x = %4$s;
                    }
                }
                part[lane] = x;
                barrier(CLK_LOCAL_MEM_FENCE);
            %7$s
                if (lane == 0 && i < p[0]) FLOATS(p[1])[i] = part[0];
            }
            """.formatted(
                        name,
                        WALK.formatted("i / p[4]"),
                        start(kind),
                        combined(kind, "x", "y"),
                        Kernel.GROUP,
                        CHUNK,
                        tree(kind, "part")));
    }

    /** Combines the entries of a local array in a tree; the result is entry 0. */
    static String tree(Op.ReduceKind kind, String array) {
        StringBuilder text = new StringBuilder();
        for (int half = Kernel.GROUP / 2; half > 0; half /= 2) {
            String other = array + "[lane + " + half + "]";
            text.append("    if (lane < ")
                    .append(half)
                    .append(") ")
                    .append(array)
                    .append("[lane] = ");
            text.append(combined(kind, array + "[lane]", other)).append(";\n    barrier(CLK_LOCAL_MEM_FENCE);\n");
        }
        return text.toString();
    }

    /** Adds the entries of each row of a local array in a tree; the results are the rows' entries 0. */
    static String trees(String array, int rows) {
        StringBuilder text = new StringBuilder();
        for (int half = Kernel.GROUP / 2; half > 0; half /= 2) {
            text.append("    if (lane < ")
                    .append(half)
                    .append(") for (int k = 0; k < ")
                    .append(rows);
            text.append("; k++) ")
                    .append(array)
                    .append("[k][lane] += ")
                    .append(array)
                    .append("[k][lane + ");
            text.append(half).append("];\n    barrier(CLK_LOCAL_MEM_FENCE);\n");
        }
        return text.toString();
    }

    private static int[] sizes(Tensor a, int[] axes) {
        return Loops.pick(a.shape().toArray(), axes);
    }

    /** The launches of a reduction over axes. */
    List<Work> reduce(String text, Tensor t, Op.ReduceKind kind, List<Integer> axes) {
        Tensor a = t.input();
        int[] strides = Loops.strides(layout, a);
        int[] kept = java.util.Arrays.stream(Loops.order(layout, t))
                .filter(axis -> !axes.contains(axis))
                .toArray();
        int[] reduced = java.util.Arrays.stream(Loops.order(layout, a))
                .filter(axes::contains)
                .toArray();
        Loops outer = new Loops(sizes(a, kept), Loops.pick(strides, kept));
        Loops inner = new Loops(sizes(a, reduced), Loops.pick(strides, reduced));
        return reduce(
                text,
                kind,
                memory.of(a),
                memory.of(t),
                t.shape().elements(),
                outer,
                inner,
                a.shape().elements() / t.shape().elements(),
                SERIAL);
    }

    /** The launches of a reduction of {@code terms} elements for each result; one work-item's if there are at most {@code serial}. */
    private List<Work> reduce(
            String text,
            Op.ReduceKind kind,
            Buffer from,
            Buffer into,
            int results,
            Loops outer,
            Loops inner,
            int terms,
            int serial) {
        if (terms <= serial || results >= MANY) {
            Block block = new Block()
                    .with(results)
                    .with(into)
                    .with(from)
                    .with(terms, 0, outer.rank(), Math.max(1, inner.rank()))
                    .with(outer.numbers())
                    .with(inner.rank() == 0 ? new int[] {1, 0} : inner.numbers());
            return List.of(Work.items(text, serial(kind), results, block, List.of(from), List.of(into)));
        }
        int chunks = Math.ceilDiv(terms, CHUNK);
        List<Work> launches = new ArrayList<>();
        Buffer parts = chunks == 1 ? into : memory.work(4L * results * chunks);
        Block block = new Block()
                .with(results * chunks)
                .with(parts)
                .with(from)
                .with(terms, chunks, outer.rank(), inner.rank())
                .with(outer.numbers())
                .with(inner.numbers());
        launches.add(Work.groups(text, shared(kind), results * chunks, List.of(block), List.of(from), List.of(parts)));
        if (chunks > 1) {
            launches.addAll(fold(text, kind, parts, into, results, chunks));
        }
        return launches;
    }

    /** Combines partial results that lie side by side. */
    private List<Work> fold(String text, Op.ReduceKind kind, Buffer parts, Buffer into, int results, int chunks) {
        Loops outer = new Loops(new int[] {results}, new int[] {chunks});
        Loops inner = new Loops(new int[] {chunks}, new int[] {1});
        return reduce(text, kind, parts, into, results, outer, inner, chunks, SERIAL);
    }

    /**
     * The launches of sums that are made in parts: one that writes all results of a part one after another, and the ones that add the parts in
     * their order or in a tree.
     *
     * @param into where the sums go
     * @param launch the launch that writes to a buffer
     */
    List<Work> inParts(String text, Buffer into, int results, int parts, Function<Buffer, Work> launch) {
        if (parts == 1) {
            return List.of(launch.apply(into));
        }
        Buffer made = memory.work(4L * results * parts);
        List<Work> launches = new ArrayList<>(List.of(launch.apply(made)));
        Loops outer = new Loops(new int[] {results}, new int[] {1});
        Loops inner = new Loops(new int[] {parts}, new int[] {results});
        launches.addAll(reduce("fold of " + text, Op.ReduceKind.SUM, made, into, results, outer, inner, parts, FEW));
        return launches;
    }

    /** The launch of {@link Op.ArgMax}. */
    Work argMax(String text, Tensor t, int axis) {
        Tensor a = t.input();
        int[] strides = Loops.strides(layout, a);
        int[] kept = java.util.stream.IntStream.range(0, a.shape().rank())
                .filter(other -> other != axis)
                .toArray();
        Loops outer = new Loops(sizes(a, kept), Loops.pick(strides, kept));
        Block block = new Block()
                .with(t.shape().elements())
                .with(memory.of(t))
                .with(memory.of(a))
                .with(a.shape().size(axis), strides[axis], outer.rank(), 0)
                .with(outer.numbers());
        return Work.items(text, ARG_MAX, t.shape().elements(), block, List.of(memory.of(a)), List.of(memory.of(t)));
    }
}
