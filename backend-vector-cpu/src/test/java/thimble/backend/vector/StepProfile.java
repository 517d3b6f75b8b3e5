package thimble.backend.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Shape;

/**
 * Where the time of a LeNet-5 step goes: shortest microseconds and bytes allocated for each kernel of the plan, after warm-up. Run by
 * hand: {@code java --add-modules jdk.incubator.vector -cp … thimble.backend.vector.StepProfile [penalty] [batch]}.
 */
final class StepProfile {
    private static final int WARM_UP_STEPS = 8000;
    private static final int ROUNDS = 1000;

    private StepProfile() {}

    /** Arguments: {@code none}, {@code spectreg} or {@code datagrad}; examples in a batch. */
    public static void main(String[] arguments) {
        String penalty = arguments.length > 0 ? arguments[0] : "none";
        int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        Graph graph = TrainingGraphs.step(
                TrainingGraphs.lenet5(false),
                Shape.of(batch, 1, 28, 28),
                10,
                TrainingGraphs.Penalty.valueOf(penalty.toUpperCase(Locale.ROOT)));
        VectorBackend backend = new VectorBackend(1);
        float[] images = new float[batch * 784];
        Random random = new Random(3);
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        try (State state = TrainingGraphs.state(backend, graph, 1);
                Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 2, 0.1);
            // Weights that stay as they are keep all gradients normal numbers, however many steps are made.
            executable.feed("rate", new float[1]);
            for (int step = 0; step < WARM_UP_STEPS; step++) {
                executable.feed("x", images).run(7, step);
            }
            print((VectorExecutable) executable, images);
        }
    }

    private static void print(VectorExecutable executable, float[] images) {
        List<String> texts = new ArrayList<>();
        List<Runnable> parts = new ArrayList<>();
        texts.add("whole step");
        parts.add(() -> executable.feed("x", images).run(7, 1));
        texts.add("feed x");
        parts.add(() -> executable.feed("x", images));
        executable.each((text, kernel) -> {
            texts.add(text);
            parts.add(() -> {
                for (int chunk = 0; chunk < kernel.chunks(); chunk++) {
                    kernel.run(chunk);
                }
            });
        });
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] shortest = new long[parts.size()];
        long[] bytes = new long[parts.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < shortest.length; i++) {
                Runnable part = parts.get(i);
                long before = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                part.run();
                long time = System.nanoTime() - start;
                shortest[i] = round == 0 ? time : Math.min(shortest[i], time);
                bytes[i] += threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
        long sum = 0;
        for (int i = 0; i < shortest.length; i++) {
            sum += i == 0 ? 0 : shortest[i];
            System.out.printf(Locale.ROOT, "%8.2f us %6d B  %s%n", shortest[i] / 1e3, bytes[i] / ROUNDS, texts.get(i));
        }
        System.out.printf(Locale.ROOT, "%8.2f us all parts%n", sum / 1e3);
    }
}
