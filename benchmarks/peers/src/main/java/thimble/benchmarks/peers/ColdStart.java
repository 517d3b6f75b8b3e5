package thimble.benchmarks.peers;

import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thimble.backend.Backends;
import thimble.benchmarks.speed.StepCase;
import thimble.benchmarks.speed.TimedStep;
import thimble.tensor.Shape;

/**
 * How long a JVM that has just begun needs for its first steps of LeNet-5, batch 64, one thread: seconds from the start of the process to the
 * end of the first, tenth, hundredth and thousandth step, and to the first of twenty steps whose median is within 15 % of the last rate.
 * Arguments: repeats (5), then options for the JVMs that are started. The shortest and the median of the repeats are printed.
 */
public final class ColdStart {
    private static final int BATCH = 64;
    private static final int STEPS = 6000;
    private static final int WINDOW = 20;
    private static final double NEAR = 1.15;
    private static final List<Integer> MARKS = List.of(1, 10, 100, 1000);

    private ColdStart() {}

    /** Starts the JVMs, or is one of them. */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("steps")) {
            steps();
            return;
        }
        int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<double[]> runs = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            runs.add(child(Arrays.asList(args).subList(Math.min(1, args.length), args.length)));
        }
        System.out.printf("%-34s %9s %9s%n", "seconds from the start to", "shortest", "median");
        for (int row = 0; row <= MARKS.size(); row++) {
            int column = row;
            double[] sorted =
                    runs.stream().mapToDouble(run -> run[column]).sorted().toArray();
            String what = row < MARKS.size() ? "step " + MARKS.get(row) : "within 15 % of the last rate";
            System.out.printf(Locale.ROOT, "%-34s %9.2f %9.2f%n", what, sorted[0], sorted[sorted.length / 2]);
        }
    }

    private static double[] child(List<String> options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdStart.class.getName(), "steps"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStreamReader out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            String[] words = out.readAllAsString().strip().split(" ");
            if (words.length != MARKS.size() + 1) {
                throw new IOException("the JVM with " + options + " ended early");
            }
            return Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        }
    }

    private static void steps() {
        double[] ends = new double[STEPS];
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        long origin = System.nanoTime() - (System.currentTimeMillis() - began) * 1_000_000;
        try (TimedStep step = new StepCase("lenet5", Shape.of(1, 28, 28), StepCase.PLAIN, BATCH)
                .compile(Backends.choose("cpu:threads=1").backend())) {
            for (int i = 0; i < STEPS; i++) {
                step.run();
                ends[i] = (System.nanoTime() - origin) / 1e9;
            }
        }
        StringBuilder line = new StringBuilder();
        MARKS.forEach(mark -> line.append(ends[mark - 1]).append(' '));
        System.out.println(line.append(near(ends)));
    }

    private static double near(double[] ends) {
        double last = median(ends, STEPS - 10 * WINDOW, 10 * WINDOW);
        for (int at = 1; at + WINDOW < STEPS; at++) {
            if (median(ends, at, WINDOW) <= NEAR * last) {
                return ends[at];
            }
        }
        return Double.NaN;
    }

    private static double median(double[] ends, int from, int count) {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = ends[from + i] - ends[from + i - 1];
        }
        Arrays.sort(times);
        return times[count / 2];
    }
}
