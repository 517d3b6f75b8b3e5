package thimble.backend.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import thimble.backend.Buffer;
import thimble.backend.Executable;
import thimble.backend.FusedGroup;
import thimble.backend.FusedLoops;
import thimble.backend.FusionPlan;
import thimble.backend.Graph;
import thimble.backend.LayoutPlan;
import thimble.backend.Levels;
import thimble.backend.MultiplyAdds;
import thimble.backend.Names;
import thimble.backend.Program;
import thimble.backend.Schedule;
import thimble.backend.State;
import thimble.backend.vector.contraction.PreparedConvolutions;
import thimble.backend.vector.fused.FusedEmitter;
import thimble.backend.vector.fused.FusedKernel;
import thimble.backend.vector.fused.FusedLaunch;
import thimble.backend.vector.fused.FusedShape;
import thimble.backend.vector.fused.Storage;
import thimble.backend.vector.fused.StreamedLaunch;
import thimble.backend.vector.fused.Tables;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.memory.Border;
import thimble.backend.vector.memory.VectorState;
import thimble.backend.vector.scalar.ScalarLowering;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** A graph as launches over planned memory, with its generated kernels. */
final class VectorProgram implements Program {
    /** Multiply-adds of a run, some 12 microseconds, from which it begins with all threads. */
    private static final long THREADED = 1_500_000;

    private final Graph graph;
    private final LayoutPlan layout;
    private final int threads;
    private final List<Launch> launches = new ArrayList<>();
    private final Map<Tensor, Buffer> constants = new LinkedHashMap<>();
    private final Map<Tensor, Buffer> inputs = new LinkedHashMap<>();
    private final List<Buffer> outputs = new ArrayList<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();
    private final Storage storage;
    private final long arena;

    VectorProgram(Graph graph, int threads, KernelClasses classes) {
        this.graph = graph;
        this.layout = LayoutPlan.of(graph.roots());
        this.threads = threads;
        FusionPlan.Demands demands = FusionPlan.Demands.NONE;
        PreparedConvolutions convolutions = new PreparedConvolutions();
        Tables tables = new Tables();
        while (true) {
            FusionPlan plan = FusionPlan.of(layout, demands);
            Schedule schedule = new Schedule(graph, plan);
            Storage places = new Storage(plan, schedule.inPlace());
            List<FusedGroup> large = lower(plan, schedule, places, classes, convolutions, tables);
            if (large.isEmpty()) {
                storage = places;
                update(schedule);
                break;
            }
            for (FusedGroup group : large) {
                demands = smaller(plan, demands, group);
            }
        }
        this.arena = place();
    }

    /** Makes the launches; returns the groups whose code is too large to run fast. */
    private List<FusedGroup> lower(
            FusionPlan plan,
            Schedule schedule,
            Storage places,
            KernelClasses classes,
            PreparedConvolutions convolutions,
            Tables tables) {
        launches.clear();
        List<FusedGroup> large = new ArrayList<>();
        Names names = new Names(plan);
        Lowering lowering = new Lowering(layout, places, names, convolutions);
        Streams streams = new Streams(layout, schedule, lowering);
        for (Schedule.Item item : schedule.items()) {
            places.check(schedule.operands(item));
            switch (item) {
                case Schedule.Item.Node(Tensor t) -> {
                    places.check(List.of(t));
                    launches.addAll(streams.contains(t) ? lowering.beforeRows(t) : lowering.of(t));
                }
                case Schedule.Item.Group(FusedGroup group) -> {
                    FusedShape shape = new FusedShape(new FusedLoops(plan, group), places::inState);
                    FusedEmitter emitter = new FusedEmitter(shape);
                    byte[] file = emitter.emit();
                    if (!emitter.fits() && divisible(plan, group)) {
                        large.add(group);
                        continue;
                    }
                    FusedKernel kernel = classes.kernel(file);
                    launches.add(streams.of(group)
                            .map(gradient -> StreamedLaunch.of(
                                    names.group(group), lowering.rowSource(gradient), shape, kernel, places, tables))
                            .orElseGet(() -> FusedLaunch.of(names.group(group), shape, kernel, places, tables)));
                }
            }
        }
        return large;
    }

    private static List<Tensor> windows(FusionPlan plan, FusedGroup group) {
        return group.body().stream()
                .filter(t -> t.op() instanceof Op.Reduce && plan.levels().kind(t) == Levels.Kind.FUSED)
                .toList();
    }

    /** Nodes of a group that could be stored to cut it in two. */
    private static List<Tensor> middles(FusionPlan plan, FusedGroup group) {
        return group.body().stream()
                .filter(t -> plan.levels().kind(t) == Levels.Kind.FUSED
                        && !(t.op() instanceof Op.Broadcast)
                        && !group.outputs().contains(t)
                        && !plan.demands().stored().contains(t))
                .toList();
    }

    private static boolean divisible(FusionPlan plan, FusedGroup group) {
        return group.outputs().size() > 1
                || !windows(plan, group).isEmpty()
                || !middles(plan, group).isEmpty();
    }

    /** Demands that make a group smaller: one output at a time, reductions of their own, then a value in the middle stored. */
    private static FusionPlan.Demands smaller(FusionPlan plan, FusionPlan.Demands known, FusedGroup group) {
        FusionPlan.Demands demands = known;
        List<Tensor> windows = windows(plan, group);
        if (group.outputs().size() > 1) {
            for (Tensor output : group.outputs()) {
                demands = demands.apart(output);
            }
        } else if (!windows.isEmpty()) {
            for (Tensor window : windows) {
                demands = demands.alone(window);
            }
        } else {
            List<Tensor> middles = middles(plan, group);
            demands = demands.stored(middles.get(middles.size() / 2));
        }
        return demands;
    }

    /** Adds the copies of new values that are not made in place; old values that are overwritten but still asked for are saved first. */
    private void update(Schedule schedule) {
        Map<String, Buffer> saved = new LinkedHashMap<>();
        List<Launch> last = new ArrayList<>();
        List<String> updated =
                graph.updates().stream().map(Graph.Update::variable).toList();
        for (int i = 0; i < layout.roots().size(); i++) {
            Tensor root = layout.roots().get(i);
            Tensor owner = layout.owner(root);
            Buffer value = storage.of(root);
            if (owner.op() instanceof Op.Variable(var name, var _) && updated.contains(name)) {
                value = saved.computeIfAbsent(
                        name, _ -> storage.work(storage.of(root).bytes()));
            }
            if (i < graph.outputs().size()) {
                outputs.add(value);
                continue;
            }
            String variable = updated.get(i - graph.outputs().size());
            variables.put(variable, root);
            if (!schedule.inPlace().containsKey(owner)) {
                last.add(UpdateCopy.launch(variable, Border.of(layout, root), root, value));
            }
        }
        List<Launch> first = new ArrayList<>();
        saved.forEach((name, buffer) -> first.add(UpdateCopy.save(
                name, storage.of(Objects.requireNonNull(layout.variables().get(name))), buffer)));
        launches.addAll(0, first);
        launches.addAll(last);
    }

    private long place() {
        for (int i = 0; i < launches.size(); i++) {
            Launch launch = launches.get(i);
            int now = i;
            launch.reads().forEach(buffer -> buffer.live(now));
            launch.writes().forEach(buffer -> buffer.live(now));
        }
        outputs.forEach(buffer -> buffer.live(launches.size()));
        for (Tensor t : layout.order()) {
            if (ScalarLowering.fixed(t) && storage.of(t).last() >= 0) {
                constants.put(t, storage.of(t).throughout(launches.size()));
            }
        }
        layout.inputs().values().forEach(t -> inputs.put(t, storage.of(t).throughout(launches.size())));
        storage.lanes().values().forEach(row -> row.throughout(launches.size()));
        layout.variables().forEach(variables::putIfAbsent);
        return storage.place();
    }

    Graph graph() {
        return graph;
    }

    LayoutPlan layout() {
        return layout;
    }

    /** Most threads of an executable. */
    int threads() {
        return threads;
    }

    /** Whether its runs begin with all threads. */
    boolean large() {
        return MultiplyAdds.of(layout.order()) >= THREADED;
    }

    List<Launch> launches() {
        return launches;
    }

    /** Values that are written once. */
    Map<Tensor, Buffer> constants() {
        return constants;
    }

    /** Rows that tell examples from pad lanes. */
    Map<Integer, Buffer> lanes() {
        return storage.lanes();
    }

    Map<Tensor, Buffer> inputs() {
        return inputs;
    }

    /** Where each output of the graph lies. */
    List<Buffer> outputs() {
        return outputs;
    }

    /** Variables that are read or written, with a tensor of their shape. */
    Map<String, Tensor> variables() {
        return variables;
    }

    /** Bytes of working memory. */
    long arena() {
        return arena;
    }

    @Override
    public Executable bind(State state) {
        return new VectorExecutable(this, VectorState.of(state));
    }

    @Override
    public String plan() {
        long conversions = launches.stream().filter(Launch::conversion).count();
        return launches.stream().map(launch -> launch.text() + "\n").collect(Collectors.joining())
                + "layout conversions: " + conversions + "\n";
    }
}
