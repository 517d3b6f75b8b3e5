package thimble.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.statistics.Holm;

/**
 * What a comparison found: means and intervals of every arm and size, and each arm against the baseline.
 *
 * @param config what was compared
 * @param cells by arm, then size, in the order given; arms that failed every time have none
 * @param against by cell key, for every arm but the baseline
 * @param failures failed trials, in the order of arms, sizes and repeats
 * @param optimism mean validation minus test metric of the chosen candidates by arm and size, positive for too hopeful; empty if untuned
 * @param open trials planned that did not run yet
 */
public record Summary(
        Config config,
        List<Cell> cells,
        Map<Key, Against> against,
        List<Trial> failures,
        Map<Key, Double> optimism,
        int open) {
    /**
     * An arm at a size.
     *
     * @param methods spec of the arm
     * @param size number of training examples
     */
    public record Key(String methods, int size) {}

    /** Copies. */
    public Summary {
        cells = List.copyOf(cells);
        failures = List.copyOf(failures);
    }

    /** Summarises finished trials; the order in which they finished does not matter. */
    public static Summary of(Config config, List<Trial> trials, List<TuningTrial> tuning) {
        List<Cell> cells = new ArrayList<>();
        List<Trial> failures = new ArrayList<>();
        for (String methods : config.texts("methods")) {
            for (int size : config.sizes()) {
                List<Trial> here = trials.stream()
                        .filter(trial -> trial.methods().equals(methods) && trial.size() == size)
                        .sorted(Comparator.comparingInt(Trial::repeat))
                        .toList();
                List<Trial> ok =
                        here.stream().filter(trial -> trial.value().isPresent()).toList();
                here.stream().filter(trial -> trial.value().isEmpty()).forEach(failures::add);
                if (!ok.isEmpty()) {
                    cells.add(Cell.of(methods, size, ok, here.size() - ok.size(), config.overlap()));
                }
            }
        }
        Map<Key, Against> against = new LinkedHashMap<>();
        config.sizes().forEach(size -> against.putAll(against(config, cells, size)));
        int planned = config.texts("methods").size() * config.sizes().size() * config.number("trials");
        return new Summary(config, cells, against, failures, optimism(config, cells, tuning), planned - trials.size());
    }

    /** Summarises a folder of results. */
    public static Summary of(TrialStore store) {
        return of(store.config(), List.copyOf(store.finished().values()), TrialStore.tuning(store.folder()));
    }

    /** Spec of the baseline. */
    public String baseline() {
        return config.texts("methods").getFirst();
    }

    /** What an arm is for the reader. */
    public ArmKind kind(String methods) {
        if (methods.equals(baseline())) {
            return ArmKind.BASELINE;
        }
        if (config.texts("classical").contains(methods)) {
            return ArmKind.CLASSICAL;
        }
        return methods.equals("none") ? ArmKind.PLAIN : ArmKind.CANDIDATE;
    }

    /** Failed trials of an arm, in the order of sizes and repeats. */
    public List<Trial> failures(String methods) {
        return failures.stream()
                .filter(trial -> trial.methods().equals(methods))
                .toList();
    }

    /** Arms of which every finished trial failed, at every size. */
    public List<String> lost() {
        return config.texts("methods").stream()
                .filter(arm -> !failures(arm).isEmpty()
                        && cells.stream().noneMatch(cell -> cell.methods().equals(arm)))
                .toList();
    }

    /** The cell of an arm and size, unless every trial of it failed. */
    public Optional<Cell> cell(String methods, int size) {
        return cells.stream()
                .filter(cell -> cell.methods().equals(methods) && cell.size() == size)
                .findFirst();
    }

    /** An arm against the baseline at a size; empty for the baseline itself and where no pair finished. */
    public Optional<Against> against(String methods, int size) {
        return Optional.ofNullable(against.get(new Key(methods, size)));
    }

    /** Any arm minus any other at a size. */
    public Optional<Difference> difference(String methods, String other, int size) {
        return cell(methods, size)
                .flatMap(a -> cell(other, size)
                        .flatMap(b -> Difference.of(a, b, config.metric(), config.overlap(), seed(size))));
    }

    /** Number of trials that finished, failed ones included. */
    public int trials() {
        return cells.stream().mapToInt(cell -> cell.trials().size()).sum() + failures.size();
    }

    /** The content of {@code summary.json}. */
    public String json() {
        return Json.pretty(new SummaryJson(this).tree());
    }

    private long seed(int size) {
        return config.comparison().required("seed").asLong() * 31 + size;
    }

    private static Map<Key, Against> against(Config config, List<Cell> cells, int size) {
        String baseline = config.texts("methods").getFirst();
        Metric metric = config.metric();
        Map<Key, Difference> differences = new LinkedHashMap<>();
        cells.stream()
                .filter(cell -> cell.size() == size && cell.methods().equals(baseline))
                .findFirst()
                .ifPresent(base -> {
                    long seed = config.comparison().required("seed").asLong() * 31 + size;
                    for (Cell cell : cells) {
                        if (cell.size() == size && !cell.methods().equals(baseline)) {
                            Difference.of(cell, base, metric, config.overlap(), seed)
                                    .ifPresent(
                                            difference -> differences.put(new Key(cell.methods(), size), difference));
                        }
                    }
                });
        List<Key> tested = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        differences.forEach((key, difference) -> difference.p().ifPresent(p -> {
            tested.add(key);
            raw.add(p);
        }));
        double[] adjusted =
                Holm.adjust(raw.stream().mapToDouble(Double::doubleValue).toArray());
        Map<Key, Against> against = new LinkedHashMap<>();
        differences.forEach((key, difference) -> {
            int place = tested.indexOf(key);
            OptionalDouble p = place < 0 ? OptionalDouble.empty() : OptionalDouble.of(adjusted[place]);
            against.put(key, new Against(difference, p, difference.verdict(p, metric)));
        });
        return against;
    }

    private static Map<Key, Double> optimism(Config config, List<Cell> cells, List<TuningTrial> tuning) {
        Metric metric = config.metric();
        Map<Key, Double> optimism = new LinkedHashMap<>();
        for (Cell cell : cells) {
            Map<TrialKey, List<TuningTrial>> choices = new LinkedHashMap<>();
            for (TuningTrial trial : tuning) {
                if (trial.key().methods().equals(cell.methods()) && trial.key().size() == cell.size()) {
                    choices.computeIfAbsent(trial.key(), _ -> new ArrayList<>()).add(trial);
                }
            }
            choices.values().stream()
                    .map(candidates ->
                            Tuning.best(candidates, metric).validation().get(metric.name()))
                    .filter(value -> value != null)
                    .mapToDouble(value -> (metric.rising() ? 1 : -1) * (value - cell.mean()))
                    .average()
                    .ifPresent(mean -> optimism.put(new Key(cell.methods(), cell.size()), mean));
        }
        return optimism;
    }
}
