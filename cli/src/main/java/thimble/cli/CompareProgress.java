package thimble.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Progress;
import thimble.benchmarks.ProgressListener;
import thimble.benchmarks.Trial;
import thimble.benchmarks.TrialKey;

/** Shows a comparison while it runs: two bars with the time left, what trains now, and the means so far. */
final class CompareProgress implements ProgressListener, AutoCloseable {
    private static final int BAR = 26;
    private static final int MOST_LINES = 6;

    private final LiveLines lines;
    private final Metric metric;
    private final long start = System.nanoTime();
    private final Map<TrialKey, Progress.Stepped> running = new LinkedHashMap<>();
    private final List<Trial> finished = new ArrayList<>();
    private int tunings;
    private int tuned;
    private int trials;
    private int done;
    private int doneBefore;
    private long tuningEnd;

    CompareProgress(LiveLines lines, Metric metric) {
        this.lines = lines;
        this.metric = metric;
    }

    @Override
    public void on(Progress event) {
        switch (event) {
            case Progress.Planned(int tuning, int tunedBefore, int all, int finishedBefore) -> {
                tunings = tuning;
                tuned = tunedBefore;
                trials = all;
                done = finishedBefore;
                doneBefore = finishedBefore;
            }
            case Progress.Started(TrialKey key, boolean tuning) -> {
                if (!tuning) {
                    running.put(key, new Progress.Stepped(key, 0, 0, Double.NaN));
                }
            }
            case Progress.Stepped stepped -> running.put(stepped.key(), stepped);
            case Progress.Tuned _ -> tuned++;
            case Progress.Finished(Trial trial) -> {
                running.remove(trial.key());
                finished.add(trial);
                done++;
            }
        }
        if (tuned == tunings && tuningEnd == 0) {
            tuningEnd = System.nanoTime();
        }
        double fraction = tunings + trials == 0 ? 1 : (double) (tuned + done) / (tunings + trials);
        lines.update(fraction, this::text);
    }

    List<String> text() {
        List<String> text = new ArrayList<>();
        if (tunings > tuned || tunings > 0 && lines.redraws()) {
            text.add(bar(
                    "tuning", tuned, tunings, tuned == tunings ? tuningEnd - start : System.nanoTime() - start, ""));
        }
        text.add(
                tunings > tuned
                        ? bar("trials", done, trials, 0, "")
                        : bar("trials", done, trials, System.nanoTime() - tuningEnd, left()));
        if (tunings > tuned) {
            return text;
        }
        List<String> now = running.size() > MOST_LINES ? together() : apart();
        for (int i = 0; i < now.size(); i++) {
            text.add((i == 0 ? "now     " : "        ") + now.get(i));
        }
        soFar().ifPresent(text::add);
        return text;
    }

    private List<String> apart() {
        return running.values().stream()
                .map(step -> "%s  n=%d  repeat %d%s"
                        .formatted(
                                step.key().methods(),
                                step.key().size(),
                                step.key().repeat(),
                                step.steps() == 0 ? "" : where(step) + loss(step.loss())))
                .toList();
    }

    /** Many train as one program: a line for each method and size, with the step that the last of them has reached. */
    private List<String> together() {
        Map<TrialKey, List<Progress.Stepped>> groups = running.values().stream()
                .collect(Collectors.groupingBy(
                        step -> new TrialKey(step.key().methods(), step.key().size(), 0),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> "%s  n=%d  %d repeats%s"
                        .formatted(
                                group.getKey().methods(),
                                group.getKey().size(),
                                group.getValue().size(),
                                group.getValue().stream()
                                        .min(Comparator.comparingLong(Progress.Stepped::step))
                                        .filter(last -> last.steps() > 0)
                                        .map(CompareProgress::where)
                                        .orElse("")))
                .toList();
    }

    private static String where(Progress.Stepped step) {
        return String.format(Locale.ROOT, "   step %,d of %,d", step.step(), step.steps());
    }

    private static String loss(double loss) {
        return String.format(Locale.ROOT, "   loss %.3f", loss);
    }

    private String bar(String name, int count, int all, long nanos, String remark) {
        String time = nanos == 0 ? "" : "   " + LiveLines.time(nanos / 1_000_000_000L);
        return "%s  %s  %,d of %,d%s%s"
                .formatted(name, lines.bar(all == 0 ? 1 : (double) count / all, BAR), count, all, time, remark);
    }

    private String left() {
        int here = done - doneBefore;
        if (here == 0 || done == trials) {
            return "";
        }
        double seconds = (System.nanoTime() - tuningEnd) / 1e9 / here * (trials - done);
        return "   about " + LiveLines.time(Math.round(seconds)) + " left";
    }

    private java.util.Optional<String> soFar() {
        int size = finished.stream()
                .filter(t -> t.value().isPresent())
                .mapToInt(Trial::size)
                .max()
                .orElse(0);
        if (size == 0) {
            return java.util.Optional.empty();
        }
        Map<String, Double> means = finished.stream()
                .filter(trial -> trial.size() == size && trial.value().isPresent())
                .collect(Collectors.groupingBy(
                        Trial::methods,
                        LinkedHashMap::new,
                        Collectors.averagingDouble(trial -> trial.value().getAsDouble())));
        String text = means.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + String.format(
                                Locale.ROOT,
                                metric.fraction() ? "%.1f" : "%.3g",
                                entry.getValue() * (metric.fraction() ? 100 : 1)))
                .collect(Collectors.joining(" · "));
        return java.util.Optional.of("so far  n=" + size + ": " + text);
    }

    @Override
    public void close() {
        lines.close();
    }
}
