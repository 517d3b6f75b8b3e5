package thimble.benchmarks.reproduction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import thimble.benchmarks.Pool;
import thimble.benchmarks.Summary;
import thimble.data.DatasetSource;

/**
 * Runs an experiment in a folder; everything that is finished there is kept, so that a run that was stopped goes on. Beside the folders of the
 * studies lie {@code MEASUREMENT.jsonl} and {@code sessions.jsonl}.
 */
public final class ExperimentRun {
    private static final double NANOS = 1e9;

    private final Experiment experiment;
    private final Workplace place;
    private final Map<String, DatasetSource.Parts> loaded = new ConcurrentHashMap<>();
    private final List<Part> parts;
    private final StudyRun studies;

    /** An experiment at a place. */
    public ExperimentRun(Experiment experiment, Workplace place) {
        this.experiment = experiment;
        this.place = place;
        this.parts = List.copyOf(experiment.parts(place.form()));
        this.studies = new StudyRun(place, this::data);
    }

    /**
     * Finds every fault that would stop a study later: unknown data, models and methods, values out of range.
     *
     * @throws IllegalArgumentException with the first fault
     */
    public void check() {
        for (Part part : parts) {
            if (part instanceof Study study) {
                studies.check(study);
            }
        }
    }

    /**
     * Runs what is not done yet, part by part.
     *
     * @param cancelled asked between steps: true ends the run soon, what is finished is kept
     * @throws IllegalArgumentException if the experiment has a fault, before any training
     */
    public Reproduction run(ExperimentListener listener, BooleanSupplier cancelled) {
        check();
        long start = System.nanoTime();
        try {
            for (int i = 0; i < parts.size() && !cancelled.getAsBoolean(); i++) {
                int number = i + 1;
                boolean done = switch (parts.get(i)) {
                    case Study study ->
                        studies.run(study, size -> listener.study(study, size, number, parts.size()), cancelled);
                    case Measurement measurement ->
                        measure(
                                measurement,
                                count -> listener.measured(
                                        measurement,
                                        count,
                                        measurement.runs(place.form()).size(),
                                        number,
                                        parts.size()),
                                cancelled);
                };
                if (done) {
                    listener.finished(parts.get(i));
                }
            }
        } finally {
            try (Ledger sessions = Ledger.open(sessions())) {
                int number = Ledger.read(sessions()).values().size() + 1;
                sessions.append("session " + number, Map.of("seconds", (System.nanoTime() - start) / NANOS));
            }
        }
        return read();
    }

    /** What is on the disk, without running anything. */
    public Reproduction read() {
        List<PartResult> results = new ArrayList<>();
        Map<String, Summary> summaries = new LinkedHashMap<>();
        Map<String, Records> measured = new LinkedHashMap<>();
        for (Part part : parts) {
            PartResult result = switch (part) {
                case Study study -> studies.read(study);
                case Measurement measurement -> {
                    Records records = Ledger.read(ledger(measurement));
                    measured.put(measurement.name(), records);
                    List<Measurement.Run> runs = measurement.runs(place.form());
                    int done = (int) runs.stream()
                            .filter(run -> records.values().containsKey(run.key()))
                            .count();
                    yield new PartResult(
                            measurement, measurement.findings(records), done, runs.size(), java.util.Optional.empty());
                }
            };
            result.summary().ifPresent(summary -> summaries.put(part.name(), summary));
            results.add(result);
        }
        Results together = new Results(summaries, measured);
        double seconds = Ledger.read(sessions()).values().values().stream()
                .mapToDouble(session -> session.getOrDefault("seconds", 0.0))
                .sum();
        return new Reproduction(
                experiment,
                place.form(),
                results,
                experiment.conclusions(together),
                experiment.plots(together),
                place.environment(),
                seconds);
    }

    private boolean measure(Measurement measurement, java.util.function.IntConsumer told, BooleanSupplier cancelled) {
        Path file = ledger(measurement);
        Records before = Ledger.read(file);
        List<Measurement.Run> open = measurement.runs(place.form()).stream()
                .filter(run -> !before.values().containsKey(run.key()))
                .toList();
        AtomicInteger done = new AtomicInteger(measurement.runs(place.form()).size() - open.size());
        told.accept(done.get());
        Bench bench = new Bench(place.backend(), this::data, place.seed(), place.folder(), cancelled);
        try (Ledger ledger = Ledger.open(file)) {
            return new Pool(place.workers(), cancelled)
                    .run(open.stream()
                            .<Runnable>map(run -> () -> {
                                ledger.append(run.key(), run.work().values(bench));
                                synchronized (told) {
                                    told.accept(done.incrementAndGet());
                                }
                            })
                            .toList());
        }
    }

    private Path ledger(Measurement measurement) {
        return place.folder().resolve(measurement.name() + ".jsonl");
    }

    private Path sessions() {
        return place.folder().resolve("sessions.jsonl");
    }

    private DatasetSource.Parts data(String name) {
        return loaded.computeIfAbsent(name, place.data());
    }
}
