package thimble.backend.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import thimble.backend.BackendException;
import thimble.backend.Buffer;
import thimble.backend.Executable;
import thimble.backend.Feeds;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A kernel plan with its memory and prepared commands. Commands are sent and not awaited; what is fetched is. */
final class GpuExecutable implements Executable {
    private final KernelPlan plan;
    private final GpuState state;
    private final Feeds feeds;
    private final DeviceMemory arena;
    private final DeviceMemory parameters;
    private final CommandQueue.Command body;
    private final CommandQueue.Buffers buffers;
    private final Map<Tensor, CommandQueue.Command> placing = new HashMap<>();
    private final Map<Integer, CommandQueue.Launch> keepings = new LinkedHashMap<>();
    private final Map<Integer, CommandQueue.Command> keeping = new LinkedHashMap<>();
    private final int[] key = new int[3];
    private final List<Output> outputs = new ArrayList<>();
    private boolean ran;

    /** An output: its elements as they lie, and where each stands row-major; nothing of the latter if they lie row-major. */
    private record Output(Buffer buffer, DType dtype, int[] places, int[] staging, float[] numbers) {}

    GpuExecutable(KernelPlan plan, GpuState state) {
        this.plan = plan;
        this.state = state;
        plan.variables().forEach((name, tensor) -> state.offset(name, tensor.shape()));
        feeds = new Feeds(plan.inputs().keySet(), plan.graph());
        synchronized (state) {
            CommandQueue queue = state.queue();
            Numbers numbers = new Numbers(state);
            List<CommandQueue.Launch> launches = launches(plan.launches(), numbers);
            Map<Tensor, List<CommandQueue.Launch>> turns = new LinkedHashMap<>();
            plan.inputs().forEach((tensor, input) -> turns.put(tensor, launches(input.placing(), numbers)));
            plan.keepings()
                    .forEach((output, one) -> keepings.put(
                            output, launches(List.of(one.work()), numbers).getFirst()));
            int[] all = numbers.all();
            arena = state.device().allocate(Math.max(plan.bytes(), Memory.UNIT), "the working memory of a program");
            parameters = parameters(state, arena, 4L * all.length);
            queue.write(parameters, 0, MemorySegment.ofArray(all));
            buffers = new CommandQueue.Buffers(arena, state.memory(), parameters);
            body = queue.prepare(buffers, launches);
            turns.forEach((tensor, turn) -> placing.put(tensor, queue.prepare(buffers, turn)));
            plan.constants().forEach((tensor, buffer) -> queue.write(arena, buffer.offset(), constant(tensor)));
            plan.sites().forEach(site -> queue.clear(arena, site.mark().offset(), Indexing.MARK));
        }
        for (int i = 0; i < plan.outputs().size(); i++) {
            outputs.add(output(plan.layout().roots().get(i), plan.outputs().get(i)));
        }
    }

    private static List<CommandQueue.Launch> launches(List<Work> works, Numbers numbers) {
        return works.stream()
                .map(work -> new CommandQueue.Launch(work.kernel(), numbers.add(work)))
                .toList();
    }

    private static DeviceMemory parameters(GpuState state, DeviceMemory arena, long bytes) {
        try {
            return state.device().allocate(bytes, "the parameters of kernels");
        } catch (BackendException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment constant(Tensor t) {
        int[] words = new int[t.shape().elements()];
        if (t.op() instanceof Op.Iota(var shape, int axis)) {
            for (int i = 0; i < words.length; i++) {
                words[i] = i / shape.strides()[axis] % shape.size(axis);
            }
        } else if (t.op() instanceof Op.Constant(double value, var _, var dtype)) {
            Arrays.fill(words, dtype == DType.INT32 ? (int) value : Float.floatToRawIntBits((float) value));
        }
        return MemorySegment.ofArray(words);
    }

    private Output output(Tensor root, Buffer buffer) {
        int elements = root.shape().elements();
        boolean ordered = !plan.layout().batch(root)
                || plan.layout().features(root) == 1
                || plan.layout().examples(root) == 1;
        int[] places = ordered ? new int[0] : places(root);
        boolean whole = root.dtype() == DType.INT32;
        return new Output(
                buffer,
                root.dtype(),
                places,
                new int[whole ? elements : 0],
                new float[!whole && !ordered ? elements : 0]);
    }

    /** Where each element lies, in row-major order. */
    private int[] places(Tensor t) {
        Shape shape = t.shape();
        int[] logical = shape.strides();
        int[] physical = Loops.strides(plan.layout(), t);
        int[] places = new int[shape.elements()];
        for (int i = 0; i < places.length; i++) {
            for (int axis = 0; axis < logical.length; axis++) {
                places[i] += i / logical[axis] % shape.size(axis) * physical[axis];
            }
        }
        return places;
    }

    @Override
    public Executable feed(String input, float[] values) {
        synchronized (state) {
            return feed(feeds.floats(input, values.length), MemorySegment.ofArray(values));
        }
    }

    @Override
    public Executable feed(String input, int[] values) {
        synchronized (state) {
            return feed(feeds.ints(input, values.length), MemorySegment.ofArray(values));
        }
    }

    private Executable feed(Tensor tensor, MemorySegment values) {
        KernelPlan.Input input = Objects.requireNonNull(plan.inputs().get(tensor));
        if (values.byteSize() > 0) {
            state.queue().write(arena, input.rows().offset(), values);
            Objects.requireNonNull(placing.get(tensor)).send();
        }
        return this;
    }

    @Override
    public void run(long seed, long step) {
        synchronized (state) {
            feeds.check();
            Feeds.step(step);
            CommandQueue queue = state.queue();
            Tensor words = plan.layout().inputs().get(Key.NAME);
            if (words != null) {
                Feeds.key(seed, step, key);
                queue.write(
                        arena,
                        Objects.requireNonNull(plan.inputs().get(words)).rows().offset(),
                        MemorySegment.ofArray(key));
            }
            body.send();
            keeping.values().forEach(CommandQueue.Command::send);
            queue.flush();
            ran = true;
            check(queue);
        }
    }

    /** Reads the marks of bad indices, forgets them, and reports the first. */
    private void check(CommandQueue queue) {
        Optional<String> fault = Optional.empty();
        for (Indexing.Site site : plan.sites()) {
            int[] mark = new int[Indexing.MARK / 4];
            queue.read(arena, site.mark().offset(), MemorySegment.ofArray(mark));
            if (mark[0] != 0) {
                queue.clear(arena, site.mark().offset(), Indexing.MARK);
                String found = "[" + site.name() + "] expected indices in 0.." + (site.size() - 1) + " but received "
                        + mark[1];
                fault = fault.or(() -> Optional.of(found));
            }
        }
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get());
        }
    }

    @Override
    public int keep(int output, int runs) {
        synchronized (state) {
            int kept = keepings.containsKey(output) && !keeping.containsKey(output) ? Math.min(runs, Keeping.MOST) : 1;
            feeds.keep(output, kept);
            if (kept > 1) {
                CommandQueue.Launch launch = Objects.requireNonNull(keepings.get(output));
                state.device().load(List.of(launch.kernel()));
                Keeping from = Objects.requireNonNull(plan.keepings().get(output));
                state.queue().write(arena, from.kept().offset(), MemorySegment.ofArray(Keeping.begin(kept)));
                keeping.put(output, state.queue().prepare(buffers, List.of(launch)));
            }
            return kept;
        }
    }

    @Override
    public void fetch(int output, float[] into) {
        synchronized (state) {
            feeds.output(output, into.length);
            if (!ran) {
                throw new IllegalStateException("[fetch] expected a run before");
            }
            if (keeping.containsKey(output)) {
                Keeping from = Objects.requireNonNull(plan.keepings().get(output));
                state.queue().read(arena, from.offset(), MemorySegment.ofArray(into));
                return;
            }
            Output from = outputs.get(output);
            if (into.length == 0) {
                return;
            }
            boolean whole = from.dtype == DType.INT32;
            float[] direct = from.places.length == 0 ? into : from.numbers;
            MemorySegment target = whole ? MemorySegment.ofArray(from.staging) : MemorySegment.ofArray(direct);
            boolean inState = from.buffer.variable().isPresent();
            long offset = from.buffer.variable().map(state::offset).orElse(from.buffer.offset());
            state.queue().read(inState ? state.memory() : arena, offset, target);
            for (int i = 0; i < into.length && (whole || from.places.length > 0); i++) {
                into[i] = whole ? from.staging[i] : from.numbers[from.places[i]];
            }
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            if (feeds.close()) {
                placing.values().forEach(CommandQueue.Command::close);
                keeping.values().forEach(CommandQueue.Command::close);
                body.close();
                arena.close();
                parameters.close();
            }
        }
    }
}
