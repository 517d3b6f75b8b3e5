package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.train.Evaluation;
import thimble.train.LearnContext;
import thimble.train.TrainedModel;
import thimble.train.TrainingDivergedException;
import thimble.train.TrainingListener;

/**
 * Three short trainings for every arm of curves over epochs: of the learning rate without a regularizer, of its strength with one. Two thirds of
 * a part of the pictures are learnt from, the others judge.
 *
 * @param network how the short trainings learn
 * @param candidates candidates by arm, three each, the usual one first
 */
public record CurveTuning(CurveNetwork network, Map<String, List<Candidate>> candidates) implements Measurement {
    private static final double JUDGES = 1.0 / 3;
    private static final String ACCURACY = "accuracy";

    /** A regularizer's spec, or none, with a learning rate. */
    public record Candidate(String method, double rate) {
        private String text() {
            return method + ", learning rate " + rate;
        }
    }

    @Override
    public String name() {
        return "tuning";
    }

    @Override
    public String title() {
        return "Learning rate and strengths, tried on a part of the pictures";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        candidates
                .values()
                .forEach(all ->
                        all.forEach(candidate -> runs.add(new Run(key(candidate), bench -> values(bench, candidate)))));
        return runs;
    }

    private Map<String, Double> values(Bench bench, Candidate candidate) {
        int count = (int) Math.round(network.examples() / (1 - JUDGES));
        DatasetSource.Parts parts = CurveNetwork.pictures(bench, count, 1000);
        Fold fold = Split.heldOut(parts.train(), JUDGES, bench.seed());
        Dataset train = network.augmented(bench, fold.train(parts.train()));
        Dataset judges = fold.test(parts.train());
        LearnContext context =
                new LearnContext(bench.backend(), bench.seed(), TrainingListener.NONE, bench.cancelled());
        try (TrainedModel model = network.trainer(bench, train, candidate.method(), candidate.rate())
                .fit(train, context)) {
            return Map.of(ACCURACY, Evaluation.of(model.predict(judges), judges).accuracy());
        } catch (TrainingDivergedException diverged) {
            return Map.of(ACCURACY, 0.0);
        }
    }

    /**
     * What an arm uses: its best candidate, the first of equal ones.
     *
     * @throws IllegalStateException if one was not tried yet
     */
    Candidate chosen(String arm, Records records) {
        List<Candidate> all = candidates.getOrDefault(arm, List.of());
        return all.stream()
                .max(Comparator.<Candidate>comparingDouble(candidate -> accuracy(candidate, records)
                                .orElseThrow(() -> new IllegalStateException(
                                        "[tuning] expected " + key(candidate) + " to be tried before")))
                        .thenComparing(Comparator.comparingInt(all::indexOf).reversed()))
                .orElseThrow();
    }

    @Override
    public String extent() {
        return network.model() + ", " + Size.count(network.examples()) + " pictures, " + network.epochs()
                + " epochs, one training each";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        candidates
                .values()
                .forEach(all -> all.forEach(candidate -> {
                    OptionalDouble accuracy = accuracy(candidate, records);
                    String label = "validation accuracy · " + candidate.text();
                    rows.add(
                            accuracy.isEmpty()
                                    ? Finding.open(label, Unit.PERCENT, OptionalDouble.empty())
                                    : Finding.reported(
                                            label,
                                            Unit.PERCENT,
                                            100 * accuracy.getAsDouble(),
                                            java.util.Optional.empty()));
                }));
        return rows;
    }

    private OptionalDouble accuracy(Candidate candidate, Records records) {
        return records.value(key(candidate), ACCURACY);
    }

    private String key(Candidate candidate) {
        return candidate.text() + " | " + network.model() + " | " + network.examples() + " pictures | "
                + network.epochs() + " epochs";
    }
}
