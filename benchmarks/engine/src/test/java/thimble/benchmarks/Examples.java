package thimble.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.tensor.Shape;

/** Small data and comparisons for tests. */
public final class Examples {
    private Examples() {}

    /** Rows of two numbers, their class the second. */
    public static Dataset classes(String name, int size, int classes) {
        float[][] examples = new float[size][];
        float[][] rows = new float[size][classes];
        for (int i = 0; i < size; i++) {
            examples[i] = new float[] {i, i % classes};
            rows[i][i % classes] = 1;
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return ArrayDataset.of(name, Shape.of(2), examples, rows, new Targets.Classes(names));
    }

    /** Numbers t = 2 x. */
    public static Dataset numbers(int size) {
        float[][] examples = new float[size][2];
        float[][] rows = new float[size][1];
        for (int i = 0; i < size; i++) {
            examples[i][0] = i;
            rows[i][0] = 2 * i;
        }
        return ArrayDataset.of("numbers", Shape.of(2), examples, rows, new Targets.Numbers(List.of("y")));
    }

    static Training training(Spec.Setting rate) {
        return new Training(new Budget.Steps(2000), 50, "adam", rate, "cross-entropy", List.of());
    }

    static Comparison comparison(String methods, List<Integer> sizes, int repeats, int tune) {
        return comparison(methods, sizes, repeats, tune, new Protocol.Given());
    }

    static Comparison comparison(String methods, List<Integer> sizes, int repeats, int tune, Protocol protocol) {
        Optional<Dataset> test =
                protocol instanceof Protocol.Given ? Optional.of(classes("test", 40, 3)) : Optional.empty();
        return new Comparison(
                "toy",
                new DatasetSource.Parts(classes("train", 120, 3), test, Optional.empty()),
                "mlp",
                Arm.parseList(methods),
                sizes,
                repeats,
                training(Tunable.around(1e-3)),
                tune,
                protocol,
                Metric.of("accuracy"),
                1);
    }

    /** Somewhere. */
    public static Environment environment() {
        return new Environment(
                "thimble compare", "0.1.0", "reference", "float64, 1 thread", "JDK 25", "test", "2026-11-21T10:02:00Z");
    }

    static Config config(Comparison comparison) {
        return Config.of(comparison, new AnalyticTrials(), environment());
    }

    static TrialStore store(Path folder, Comparison comparison) {
        return TrialStore.create(folder, config(comparison), false);
    }
}
