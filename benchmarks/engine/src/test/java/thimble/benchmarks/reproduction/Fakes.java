package thimble.benchmarks.reproduction;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.AnalyticTrials;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.Level;
import thimble.data.DatasetSource;
import thimble.method.Spec;

/** A tiny experiment: two studies under the same conditions that share an arm, and a measurement of two runs. */
public final class Fakes {
    public static final Conditions TOY = Conditions.of("toy", "mlp")
            .optimizer("adam", new Spec.Setting.Range(1e-4, 1e-2))
            .tune(2);

    private Fakes() {}

    /** @param runs counts the runs of the measurement */
    public record Tiny(AtomicInteger runs, List<Study> studies) implements Experiment {
        public Tiny(AtomicInteger runs) {
            this(
                    runs,
                    List.of(
                            Study.of("first", "Does it help?", TOY)
                                    .arms("none", "spectreg")
                                    .sizes(3, 60)
                                    .sizes(2, 90)
                                    .check(Gain.atLeast("gain at 60", "spectreg", "none", 60, 1))
                                    .drawn(),
                            Study.of("second", "And a tree | bush?", TOY)
                                    .arms("none", "forest")
                                    .sizes(3, 60)
                                    .check(Level.of("forest", "forest", 60, 83.5, 1))));
        }

        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public String letter() {
            return "z";
        }

        @Override
        public String title() {
            return "A toy";
        }

        @Override
        public String source() {
            return "nobody";
        }

        @Override
        public String differences() {
            return "None.";
        }

        @Override
        public Duration expected(Form form) {
            return Duration.ofSeconds(form.choose(2, 1));
        }

        @Override
        public List<Part> parts(Form form) {
            List<Part> parts = new ArrayList<>(studies);
            parts.add(new Counting(runs));
            return parts;
        }

        @Override
        public List<Finding> conclusions(Results results) {
            return List.of(Gain.reported("forest over spectreg", "", "", 60)
                    .finding(
                            results.difference("second", "forest", "first", "spectreg", 60),
                            thimble.benchmarks.Metric.of("accuracy")));
        }
    }

    private record Counting(AtomicInteger count) implements Measurement {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String title() {
            return "How often?";
        }

        @Override
        public String extent() {
            return "two runs";
        }

        @Override
        public List<Run> runs(Form form) {
            return List.of(run("one"), run("two"));
        }

        private Run run(String key) {
            return new Run(key, bench -> Map.of("value", (double) count.incrementAndGet(), "open", Double.NaN));
        }

        @Override
        public List<Finding> findings(Records records) {
            return List.of(Records.mean("mean", Unit.NUMBER, records.values(List.of("one", "two"), "value")));
        }
    }

    public static Workplace place(Path folder, AnalyticTrials runner, int workers) {
        DatasetSource.Parts toy = new DatasetSource.Parts(
                Examples.classes("train", 120, 3), Optional.of(Examples.classes("test", 40, 3)), Optional.empty());
        return new Workplace(
                folder, name -> toy, runner, new ReferenceBackend(), Examples.environment(), workers, 1, Form.FULL);
    }
}
