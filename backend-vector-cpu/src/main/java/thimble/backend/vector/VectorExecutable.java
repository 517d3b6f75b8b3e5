package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import thimble.backend.Executable;
import thimble.backend.Feeds;
import thimble.backend.MemoryLimit;
import thimble.backend.vector.launch.Binding;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.launch.TeamSize;
import thimble.backend.vector.launch.Workers;
import thimble.backend.vector.memory.Border;
import thimble.backend.vector.memory.HeapCopy;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Values;
import thimble.backend.vector.memory.VectorState;
import thimble.backend.vector.movement.HeapTransposition;
import thimble.backend.vector.scalar.ScalarLowering;
import thimble.tensor.Key;
import thimble.tensor.Tensor;

/** A {@link VectorProgram} with its memory and prepared kernels. */
final class VectorExecutable implements Executable {
    private final VectorProgram program;
    private final VectorState state;
    private final Feeds feeds;
    private final Memory memory = new Memory();
    private final Workers workers;
    private final TeamSize size;
    private final Kernel[] kernels;
    private final List<String> texts = new ArrayList<>();
    private final Map<Tensor, Place> inputs = new HashMap<>();
    private final Map<Tensor, HeapTransposition> turned = new HashMap<>();
    private final Place[] outputs;
    private final Values[] staging;
    private final int[] key = new int[3];

    private record Place(Border border, MemorySegment segment) {}

    VectorExecutable(VectorProgram program, VectorState state) {
        MemoryLimit.heap("cpu", program.layout().roots(), Float.BYTES);
        this.program = program;
        this.state = state;
        program.variables().forEach((name, tensor) -> state.offset(name, tensor.shape()));
        this.feeds = new Feeds(program.inputs().keySet(), program.graph());
        Binding binding =
                new Binding(memory.allocate(program.arena(), program.layout().order()), state);
        program.constants().forEach((tensor, buffer) -> {
            Values values = Values.of(tensor);
            ScalarLowering.fill(tensor, values);
            Border.of(program.layout(), tensor).write(values, binding.segment(buffer));
        });
        program.lanes().forEach((examples, buffer) -> {
            for (int n = 0; n < examples; n++) {
                binding.segment(buffer).set(Memory.FLOAT, 4L * n, 1);
            }
        });
        program.inputs().forEach((tensor, buffer) -> input(tensor, binding.segment(buffer)));
        List<Kernel> all = new ArrayList<>();
        for (Launch launch : program.launches()) {
            for (Kernel kernel : launch.bind().apply(binding)) {
                all.add(kernel);
                texts.add(launch.text());
            }
        }
        this.kernels = all.toArray(Kernel[]::new);
        int threads = all.stream().anyMatch(kernel -> kernel.chunks() > 1) ? program.threads() : 1;
        this.workers = new Workers(threads);
        this.size = new TeamSize(threads, program.large());
        int count = program.outputs().size();
        this.outputs = new Place[count];
        this.staging = new Values[count];
        for (int i = 0; i < count; i++) {
            Tensor root = program.layout().roots().get(i);
            outputs[i] = new Place(
                    Border.of(program.layout(), root),
                    binding.segment(program.outputs().get(i)));
            staging[i] = Values.of(root);
        }
    }

    private void input(Tensor tensor, MemorySegment segment) {
        Border border = Border.of(program.layout(), tensor);
        inputs.put(tensor, new Place(border, segment));
        if (border.lanes() > 1 && border.outer() == 1 && border.inner() > 1) {
            turned.put(tensor, new HeapTransposition(border.inner(), border.examples(), segment));
        }
    }

    @Override
    public Executable feed(String input, float[] values) {
        Tensor tensor = feeds.floats(input, values.length);
        acquire();
        try {
            HeapTransposition rows = turned.get(tensor);
            if (rows != null) {
                rows.write(values);
            } else {
                Place place = Objects.requireNonNull(inputs.get(tensor));
                place.border.write(values, place.segment);
            }
        } finally {
            memory.release();
            Reference.reachabilityFence(this);
        }
        return this;
    }

    @Override
    public Executable feed(String input, int[] values) {
        Place place = Objects.requireNonNull(inputs.get(feeds.ints(input, values.length)));
        HeapCopy.write(values, place.segment);
        return this;
    }

    @Override
    public void run(long seed, long step) {
        feeds.check();
        Feeds.step(step);
        state.acquire();
        try {
            acquire();
            try {
                launch(seed, step);
            } finally {
                memory.release();
            }
        } finally {
            state.release();
            // Kernels know the addresses of tables and scratch memory that only they keep alive.
            Reference.reachabilityFence(this);
        }
    }

    /** Keeps memory, which kernels reach by address, from being freed by another thread. */
    private void acquire() {
        if (!memory.acquire()) {
            throw new IllegalStateException("[executable] expected an open executable but received a closed one");
        }
    }

    private void launch(long seed, long step) {
        Tensor words = program.layout().inputs().get(Key.NAME);
        if (words != null) {
            Feeds.key(seed, step, key);
            HeapCopy.write(key, Objects.requireNonNull(inputs.get(words)).segment);
        }
        int threads = size.next();
        long start = System.nanoTime();
        for (Kernel kernel : kernels) {
            if (kernel.chunks() == 1) {
                kernel.run(0);
            } else {
                workers.run(kernel, threads);
            }
        }
        size.took(System.nanoTime() - start);
    }

    /** Each kernel in order, with the line of its launch, for measurements. */
    void each(BiConsumer<String, Kernel> visitor) {
        for (int i = 0; i < kernels.length; i++) {
            visitor.accept(texts.get(i), kernels[i]);
        }
    }

    @Override
    public void fetch(int output, float[] into) {
        feeds.output(output, into.length);
        Place place = outputs[output];
        Values staged = staging[output];
        if (staged.ints().length > 0) {
            place.border.read(place.segment, staged);
            for (int i = 0; i < into.length; i++) {
                into[i] = staged.ints()[i];
            }
        } else {
            place.border.read(place.segment, into);
        }
    }

    @Override
    public void close() {
        memory.close();
        if (feeds.close()) {
            workers.close();
        }
    }
}
