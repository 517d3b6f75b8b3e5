package thimble.benchmarks.reproduction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.Config;
import thimble.benchmarks.ProgressListener;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;
import thimble.benchmarks.TrialExecutor;
import thimble.benchmarks.TrialStore;
import thimble.benchmarks.TuningTrial;
import thimble.data.DatasetSource;

/** Runs and reads the studies of an experiment; those under the same conditions share a folder, so no trial runs twice. */
final class StudyRun {
    private final Workplace place;
    private final Function<String, DatasetSource.Parts> data;
    private final Map<Study, Config> configs = new ConcurrentHashMap<>();

    StudyRun(Workplace place, Function<String, DatasetSource.Parts> data) {
        this.place = place;
        this.data = data;
    }

    /** Finds every fault before any training. */
    void check(Study study) {
        whole(study).check(place.runner());
    }

    /** Runs what is not on the disk yet; false if it was cancelled before the end. */
    boolean run(Study study, Function<Size, ProgressListener> listeners, BooleanSupplier cancelled) {
        for (Size size : study.sizes()) {
            Comparison comparison = comparison(study, List.of(size));
            try (TrialStore store = TrialStore.join(folder(study), config(study))) {
                TrialExecutor.Outcome outcome = new TrialExecutor(place.workers())
                        .run(comparison, place.runner(), store, listeners.apply(size), cancelled);
                if (outcome.interrupted()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What is on the disk. */
    PartResult read(Study study) {
        int planned = study.trials();
        Config config = config(study);
        Path folder = folder(study);
        if (!Files.exists(folder)) {
            Summary nothing = Summary.of(config, List.of(), List.of());
            return new PartResult(study, findings(study, nothing), 0, planned, Optional.of(nothing));
        }
        Comparison whole = whole(study);
        Map<Integer, Integer> wanted = new ConcurrentHashMap<>();
        study.sizes().forEach(size -> wanted.put(examples(size, whole), study.trials(size)));
        Map<Object, Trial> latest = new ConcurrentHashMap<>();
        TrialStore.trials(folder).stream()
                .filter(trial -> study.arms().contains(trial.methods()))
                .filter(trial -> trial.repeat() <= wanted.getOrDefault(trial.size(), 0))
                .forEach(trial -> latest.put(trial.key(), trial));
        List<TuningTrial> tuning = TrialStore.tuning(folder).stream()
                .filter(trial -> study.arms().contains(trial.key().methods()))
                .toList();
        Summary summary = Summary.of(config, List.copyOf(latest.values()), tuning);
        return new PartResult(study, findings(study, summary), latest.size(), planned, Optional.of(summary));
    }

    private static List<Finding> findings(Study study, Summary summary) {
        return study.checks().stream()
                .flatMap(check -> check.findings(summary).stream())
                .toList();
    }

    private Config config(Study study) {
        return configs.computeIfAbsent(study, s -> Config.of(whole(s), place.runner(), place.environment()));
    }

    private Path folder(Study study) {
        Conditions conditions = study.conditions();
        String model = conditions.model().replaceAll("[^A-Za-z0-9]+", "-");
        String name = conditions.dataset() + "-" + model + "-"
                + config(study).conditions().fingerprint().substring(0, 8);
        return place.folder().resolve(name);
    }

    private Comparison whole(Study study) {
        return comparison(study, study.sizes());
    }

    private Comparison comparison(Study study, List<Size> sizes) {
        Conditions conditions = study.conditions();
        DatasetSource.Parts parts = data.apply(conditions.dataset());
        if (!(conditions.protocol() instanceof Protocol.Given)) {
            parts = new DatasetSource.Parts(parts.train(), Optional.empty(), parts.decoder());
        }
        int repeats = sizes.stream().mapToInt(Size::repeats).max().orElse(1);
        Comparison all = new Comparison(
                conditions.dataset(),
                parts,
                conditions.model(),
                study.parsed(),
                List.of(2),
                repeats,
                conditions.training(),
                conditions.tune(),
                conditions.protocol(),
                conditions.metric(),
                place.seed());
        return all.withSizes(sizes.stream().map(size -> examples(size, all)).toList());
    }

    private static int examples(Size size, Comparison all) {
        return size.examples() == Size.ALL ? all.pool() : size.examples();
    }
}
