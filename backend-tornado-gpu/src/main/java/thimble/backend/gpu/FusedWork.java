package thimble.backend.gpu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import thimble.backend.Buffer;
import thimble.backend.FusedGroup;
import thimble.backend.FusedLoops;
import thimble.backend.FusionPlan;
import thimble.backend.LayoutPlan;
import thimble.backend.Levels;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * The launches of a fused group. The text depends on the group's structure alone; sizes, places and offsets are parameters, so equal
 * structures share a kernel. A work-item makes one row of one example; sums over the batch are shared by groups and added in a tree.
 */
final class FusedWork {
    /** Groups wanted for sums. */
    private static final int GROUPS = 1024;
    /** Fewest terms of a group. */
    private static final int TERMS = 1024;

    /** Parameters of sizes, before those of places. */
    private static final int FIRST = 6;

    private static final String NAME = "NAME";

    private static final Kernel FOLD =
            new Kernel("thimble_fold", """
                KERNEL(thimble_fold) {
                    BLOCK;
                    __local float part[%1$d];
                    int lane = get_local_id(0), i = get_group_id(0);
                    float sum = 0.0f;
                    if (i < p[0]) {
                        for (int term = lane; term < p[5]; term += %1$d) sum += FLOATS(p[2])[p[4] + i * p[5] + term];
                    }
                    part[lane] = sum;
                    barrier(CLK_LOCAL_MEM_FENCE);
                %2$s
                    if (lane == 0 && i < p[0]) FLOATS(p[1])[TABLE(p[3])[i]] = part[0];
                }
                """.formatted(Kernel.GROUP, Reductions.tree(Op.ReduceKind.SUM, "part")));

    private final Memory memory;
    private final FusionPlan plan;
    private final LayoutPlan layout;
    private final FusedGroup group;
    private final FusedLoops loops;
    private final FusedBody body;
    private final List<Tensor> outputs;
    private final String text;
    private final Block block = new Block();
    private final Map<Object, String> numbers = new LinkedHashMap<>();
    private final Map<Integer, String> columns = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();
    private int next = FIRST;

    FusedWork(Memory memory, FusedGroup group, String text) {
        this.memory = memory;
        this.plan = memory.plan();
        this.layout = memory.layout();
        this.group = group;
        this.loops = new FusedLoops(plan, group);
        this.body = new FusedBody(loops, this::load, this::constant);
        this.text = text;
        this.outputs = group.outputs().stream()
                .sorted(Comparator.comparingInt(layout::index))
                .toList();
    }

    /** The launches. */
    List<Work> launches() {
        List<Tensor> sums = outputs.stream().filter(this::summed).toList();
        return sums.isEmpty() ? List.of(plain()) : summing(sums);
    }

    private boolean summed(Tensor output) {
        return plan.levels().kind(output) == Levels.Kind.SUM && output.op() instanceof Op.Reduce;
    }

    private int examples() {
        return group.batch() ? group.examples() : 1;
    }

    private List<Buffer> reads() {
        return group.loads().stream().map(memory::of).toList();
    }

    /** A parameter that the text knows by this position. */
    private String number(Object key, Runnable add) {
        return numbers.computeIfAbsent(key, _ -> {
            add.run();
            return "p[" + next++ + "]";
        });
    }

    private String place(Buffer buffer) {
        return number(buffer, () -> block.with(buffer));
    }

    /** The expression of an element's address in the current row and example. */
    private String address(Tensor t, int instance) {
        boolean scalar = group.batch()
                ? !layout.batch(t)
                : t.shape().elements() == 1
                        && group.outputs().getFirst().shape().elements() > 1;
        String macro = plan.bits(layout.owner(t)) ? "BYTES" : "FLOATS";
        String buffer = macro + "(" + place(memory.of(t)) + ")";
        if (!group.batch()) {
            return buffer + (scalar ? "[0]" : "[i]");
        }
        int displacement = loops.displacement(t, instance);
        String column = column(loops.column(t, 1));
        String moved = displacement == 0 && instance == 0
                ? column
                : "(" + column + " + " + displacement(t, instance, displacement) + ")";
        return scalar ? buffer + "[" + moved + "]" : buffer + "[" + moved + " * n + e]";
    }

    private record Displacement(Tensor tensor, int instance) {}

    private String displacement(Tensor t, int instance, int elements) {
        return number(new Displacement(t, instance), () -> block.with(elements));
    }

    private String column(int index) {
        return columns.computeIfAbsent(index, _ -> {
            int[] offsets = loops.columns().get(index);
            if (IntStream.of(offsets).allMatch(offset -> offset == 0)) {
                return "0";
            }
            if (offsets.length > 1 && IntStream.range(0, offsets.length).allMatch(row -> offsets[row] == row)) {
                return "row";
            }
            String name = "t" + index;
            rows.add("int " + name + " = TABLE(" + number("table " + index, () -> block.table(offsets)) + ")[row];");
            return name;
        });
    }

    private String load(Tensor t, int instance) {
        String address = address(t, instance);
        return plan.bits(layout.owner(t)) ? address + " ? 1.0f : 0.0f" : address;
    }

    /** Numbers that sizes and settings give are parameters; those that formulas give stand in the text. */
    private String constant(float value) {
        boolean written = value == Math.rint(value) && Math.abs(value) <= 2;
        return written
                ? Expressions.literal(value)
                : number(value, () -> block.with(Float.floatToRawIntBits(value)))
                        .transform("as_float(%s)"::formatted);
    }

    /** Lines that store a value which is not a sum. */
    private List<String> stores() {
        List<String> lines = new ArrayList<>();
        for (Tensor output : outputs) {
            if (!summed(output)) {
                for (int instance : loops.instances(output)) {
                    String value = body.value(output, instance);
                    String stored = plan.bits(output) ? value + " != 0.0f" : value;
                    lines.add(address(output, instance) + " = " + stored + ";");
                }
            }
        }
        return lines;
    }

    private static Kernel kernel(String pattern) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pattern.getBytes(StandardCharsets.UTF_8));
            String name = "thimble_fused_" + HexFormat.of().formatHex(hash, 0, 8);
            return new Kernel(name, pattern.replace(NAME, name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String indented(String by, List<String> lines) {
        StringBuilder joined = new StringBuilder();
        lines.forEach(line -> joined.append(by).append(line).append('\n'));
        return joined.toString();
    }

    private Work plain() {
        int items = group.batch()
                ? loops.kept() * loops.rest() * examples()
                : outputs.getFirst().shape().elements();
        List<String> stores = stores();
        Kernel kernel = kernel("""
            KERNEL(NAME) {
                BLOCK;
                int i = get_global_id(0);
                if (i >= p[0]) return;
            %s%s%s}
            """.formatted(
                        group.batch() ? "    int n = p[1], row = i / n, e = i % n;\n" + indented("    ", rows) : "",
                        indented("    ", body.lines()),
                        indented("    ", stores)));
        Block whole = new Block().with(items, examples(), 0, 0, 0, 0).with(block);
        return Work.items(
                text,
                kernel,
                items,
                whole,
                reads(),
                outputs.stream().map(memory::of).toList());
    }

    /** One accumulator: a window instance of a sum. The text finds the places of partial results first of all, in order. */
    private record Sum(Tensor output, int instance) {}

    private List<Work> summing(List<Tensor> totals) {
        int terms = loops.rest() * examples();
        int chunks = Math.clamp(Math.min(Math.ceilDiv(GROUPS, loops.kept()), terms / TERMS), 1, Reductions.MOST_CHUNKS);
        List<Block> folds = new ArrayList<>();
        List<Buffer> folded = new ArrayList<>();
        List<Buffer> parts = new ArrayList<>();
        List<Sum> sums = new ArrayList<>();
        int most = 1;
        for (Tensor output : totals) {
            for (int instance : loops.instances(output)) {
                int[] elements = IntStream.range(0, loops.kept())
                        .map(row -> loops.sumElement(output, row, instance))
                        .toArray();
                boolean together = loops.kept() > 1 && elements[1] == elements[0];
                Buffer into = memory.of(output);
                Buffer target = into;
                int[] at = elements;
                if (chunks > 1 || together) {
                    target = memory.work(4L * loops.kept() * chunks);
                    at = IntStream.range(0, loops.kept()).toArray();
                    int results = together ? 1 : loops.kept();
                    folds.add(new Block()
                            .with(results)
                            .with(into)
                            .with(target)
                            .table(together ? new int[] {elements[0]} : elements)
                            .with(0, together ? loops.kept() * chunks : chunks));
                    folded.add(into);
                    most = Math.max(most, results);
                }
                parts.add(target);
                Buffer destination = target;
                int[] positions = at;
                block.with(destination).table(positions);
                next += 2;
                sums.add(new Sum(output, instance));
            }
        }
        List<Buffer> writes = new ArrayList<>(parts);
        outputs.stream().filter(output -> !summed(output)).map(memory::of).forEach(writes::add);
        List<String> stores = stores();
        Kernel kernel = kernel(sumText(sums, stores));
        Block whole = new Block()
                .with(loops.kept() * chunks, examples(), chunks, Math.ceilDiv(terms, chunks), terms, loops.rest())
                .with(block);
        List<Work> launches = new ArrayList<>();
        launches.add(Work.groups(text, kernel, loops.kept() * chunks, List.of(whole), reads(), writes));
        if (!folds.isEmpty()) {
            launches.add(Work.groups("fold of " + text, FOLD, most, folds, parts, folded));
        }
        return launches;
    }

    private String sumText(List<Sum> sums, List<String> stores) {
        StringBuilder start = new StringBuilder();
        StringBuilder shares = new StringBuilder();
        List<String> adds = new ArrayList<>();
        for (int s = 0; s < sums.size(); s++) {
            Sum sum = sums.get(s);
            start.append("    float s").append(s).append(" = 0.0f;\n");
            for (int instance : loops.instances(sum.output.input())) {
                if (loops.instance(sum.output, instance) == sum.instance) {
                    adds.add("s" + s + " += " + body.value(sum.output.input(), instance) + ";");
                }
            }
            shares.append("    part[").append(s).append("][lane] = s").append(s).append(";\n");
        }
        return """
            KERNEL(NAME) {
                BLOCK;
                __local float part[%1$d][%2$d];
                int lane = get_local_id(0), block = get_group_id(0), n = p[1];
                bool live = block < p[0];
                int kept = block / p[2], chunk = block %% p[2];
            %3$s    int last = live ? min(p[4], (chunk + 1) * p[3]) : 0;
                for (int term = chunk * p[3] + lane; term < last; term += %2$d) {
                    int row = kept * p[5] + term / n, e = term %% n;
            %4$s%5$s%6$s%7$s    }
            %8$s    barrier(CLK_LOCAL_MEM_FENCE);
            %9$s    for (int s = lane; live && s < %1$d; s += %2$d) {
                    __global const int* to = p + %10$d + 2 * s;
                    FLOATS(to[0])[TABLE(to[1])[kept] * p[2] + chunk] = part[s][0];
                }
            }
            """.formatted(
                        sums.size(),
                        Kernel.GROUP,
                        start,
                        indented("        ", rows),
                        indented("        ", body.lines()),
                        indented("        ", stores),
                        indented("        ", adds),
                        shares,
                        Reductions.trees("part", sums.size()),
                        FIRST);
    }
}
