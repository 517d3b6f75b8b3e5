package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import thimble.backend.Buffer;
import thimble.backend.FusionPlan;
import thimble.backend.Graph;
import thimble.backend.LayoutPlan;
import thimble.backend.Schedule;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** A graph as launches of kernels over one planned piece of memory. */
final class KernelPlan {
    /** Reductions of at most this many elements are unrolled: a launch costs more than a few registers. */
    private static final int WINDOW = 16;

    private final Graph graph;
    private final LayoutPlan layout;
    private final Memory memory;
    private final Lowering lowering;
    private final List<Work> launches;
    private final Map<Tensor, Buffer> constants = new LinkedHashMap<>();
    private final Map<Tensor, Input> inputs = new LinkedHashMap<>();
    private final List<Buffer> outputs = new ArrayList<>();
    private final Map<Integer, Keeping> keepings = new LinkedHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();
    private final long bytes;

    /**
     * Where an input is fed.
     *
     * @param rows where its row-major elements are written
     * @param placing the launch that brings them into the order of the plan; none if that is row-major
     */
    record Input(Buffer rows, List<Work> placing) {}

    /**
     * @param tiles true if large products go through local memory, which a CPU only imitates
     */
    KernelPlan(Graph graph, boolean tiles) {
        this.graph = graph;
        this.layout = LayoutPlan.of(graph.roots());
        FusionPlan plan = FusionPlan.of(layout, FusionPlan.Demands.NONE, WINDOW);
        Schedule schedule = new Schedule(graph, plan);
        this.memory = new Memory(plan, schedule.inPlace());
        this.lowering = new Lowering(memory, tiles);
        List<Work> all = new ArrayList<>();
        for (Schedule.Item item : schedule.items()) {
            all.addAll(
                    switch (item) {
                        case Schedule.Item.Node(Tensor t) -> lowering.of(t);
                        case Schedule.Item.Group(var group) -> lowering.of(group);
                    });
        }
        update(schedule, all);
        this.launches = Merge.of(all);
        this.bytes = place();
    }

    /** Adds the copies of new values that are not made in place; old values that are overwritten but still asked for are saved first. */
    private void update(Schedule schedule, List<Work> all) {
        Map<String, Buffer> saved = new LinkedHashMap<>();
        List<Work> first = new ArrayList<>();
        List<String> updated =
                graph.updates().stream().map(Graph.Update::variable).toList();
        int fetched = graph.outputs().size();
        for (int i = 0; i < layout.roots().size(); i++) {
            Tensor root = layout.roots().get(i);
            Tensor owner = layout.owner(root);
            Buffer value = memory.of(root);
            if (owner.op() instanceof Op.Variable(var name, var _) && updated.contains(name)) {
                value = saved.computeIfAbsent(name, _ -> {
                    Buffer old =
                            memory.of(Objects.requireNonNull(layout.variables().get(name)));
                    Buffer copy = memory.work(old.bytes());
                    first.add(Moves.copy("save " + name, owner.shape().elements(), old, copy));
                    return copy;
                });
            }
            if (i < fetched) {
                outputs.add(value);
                continue;
            }
            String variable = updated.get(i - fetched);
            variables.put(variable, root);
            if (!schedule.inPlace().containsKey(owner)) {
                Buffer into = memory.variable(variable, root);
                all.add(lowering.moves().rowMajor("update " + variable + " " + root.shape(), root, value, into));
            }
        }
        all.addAll(0, first);
    }

    private long place() {
        layout.inputs().values().forEach(t -> inputs.put(t, input(t)));
        for (int i = 0; i < launches.size(); i++) {
            Work launch = launches.get(i);
            int now = i;
            launch.reads().forEach(buffer -> buffer.live(now));
            launch.writes().forEach(buffer -> buffer.live(now));
        }
        outputs.forEach(buffer -> buffer.live(launches.size()));
        for (int i = 0; i < outputs.size(); i++) {
            Tensor root = layout.roots().get(i);
            int count = root.shape().elements();
            if (count > 0 && count <= Keeping.NUMBERS && root.dtype() == DType.FLOAT32 && rowMajor(root)) {
                Keeping keeping = Keeping.of("keep output " + i, outputs.get(i), count, memory);
                keeping.kept().throughout(launches.size());
                keepings.put(i, keeping);
            }
        }
        for (Tensor t : layout.order()) {
            boolean fixed = t.op() instanceof Op.Constant || t.op() instanceof Op.Iota;
            if (fixed && memory.of(t).last() >= 0) {
                constants.put(t, memory.of(t).throughout(launches.size()));
            }
        }
        lowering.sites().forEach(site -> site.mark().throughout(launches.size()));
        layout.variables().forEach(variables::putIfAbsent);
        return memory.place();
    }

    private boolean rowMajor(Tensor t) {
        return !layout.batch(t) || layout.features(t) == 1 || layout.examples(t) == 1;
    }

    private Input input(Tensor t) {
        Buffer into = memory.of(t).throughout(launches.size());
        if (rowMajor(t)) {
            return new Input(into, List.of());
        }
        Buffer rows = memory.work(into.bytes()).throughout(launches.size());
        return new Input(rows, List.of(lowering.moves().placed("place " + t, t, rows, into)));
    }

    Graph graph() {
        return graph;
    }

    LayoutPlan layout() {
        return layout;
    }

    /** What runs, in order. */
    List<Work> launches() {
        return launches;
    }

    /** All kernels, each once. */
    Set<Kernel> kernels() {
        Set<Kernel> kernels = new HashSet<>();
        launches.forEach(launch -> kernels.add(launch.kernel()));
        inputs.values().forEach(input -> input.placing.forEach(launch -> kernels.add(launch.kernel())));
        return kernels;
    }

    /** Values that are written once. */
    Map<Tensor, Buffer> constants() {
        return constants;
    }

    Map<Tensor, Input> inputs() {
        return inputs;
    }

    /** Where each output of the graph lies. */
    List<Buffer> outputs() {
        return outputs;
    }

    /** What keeps outputs of few numbers, for those who ask. */
    Map<Integer, Keeping> keepings() {
        return keepings;
    }

    /** Variables that are read or written, with a tensor of their shape. */
    Map<String, Tensor> variables() {
        return variables;
    }

    /** Places where an index may be out of range. */
    List<Indexing.Site> sites() {
        return lowering.sites();
    }

    /** Bytes of working memory. */
    long bytes() {
        return bytes;
    }

    /** The launches in order, one line each. */
    String text() {
        String lines = launches.stream().map(KernelPlan::line).collect(Collectors.joining());
        return lines + "launches: " + launches.size() + ", kernels: "
                + launches.stream().map(Work::kernel).distinct().count() + ", working memory: " + bytes + " bytes\n";
    }

    private static String line(Work work) {
        String kernel = work.kernel().name().substring("thimble_".length());
        return kernel.replaceFirst("^fused_.*", "fused") + ": " + String.join(" | ", work.texts()) + "\n";
    }
}
