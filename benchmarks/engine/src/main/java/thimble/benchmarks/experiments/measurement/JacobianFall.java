package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.reproduction.check.Published;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.train.Evaluation;
import thimble.train.TrainedModel;
import thimble.train.TrainingListener;

/**
 * Accuracy, and the mean of ½ ‖∂z/∂x‖² over test examples before and after training, with the Jacobian's penalty and without.
 *
 * @param conditions how the networks train, on all examples
 * @param mean what is taken off a pixel
 * @param deviation what a pixel is divided by then
 * @param repeats trainings of each arm
 * @param judged true if the length of the training is the published one
 */
public record JacobianFall(Conditions conditions, double mean, double deviation, int repeats, boolean judged)
        implements Measurement {
    private static final int POINTS = 1000;
    private static final String DECAY = "l2:lambda=5e-4,all=true";
    private static final String PENALTY = DECAY + "+jacobian:lambda=0.1";
    private static final String ACCURACY = "accuracy";
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    @Override
    public String name() {
        return "jacobian-fall";
    }

    @Override
    public String title() {
        return "Accuracy and half the squared Jacobian";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            int r = repeat;
            List.of(PENALTY, DECAY).forEach(arm -> runs.add(new Run(key(arm, r), bench -> values(bench, arm, r))));
        }
        return runs;
    }

    @Override
    public String extent() {
        return repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        return List.of(
                near("accuracy with the penalty", Unit.PERCENT, PENALTY, ACCURACY, new Published(97, 0.4), records),
                near("½ ‖J‖² with the penalty, after", Unit.NUMBER, PENALTY, AFTER, new Published(0.98, 0.15), records),
                mean("½ ‖J‖² before", PENALTY, BEFORE, Unit.NUMBER, records),
                mean("accuracy without", DECAY, ACCURACY, Unit.PERCENT, records),
                mean("½ ‖J‖² without the penalty, after", DECAY, AFTER, Unit.NUMBER, records));
    }

    /** Holds within the tolerance to both sides. */
    private Finding near(String label, Unit unit, String arm, String value, Published published, Records records) {
        double[] numbers = records.values(keys(arm), value);
        if (numbers.length == 0) {
            return Finding.open(label, unit, OptionalDouble.of(published.value()));
        }
        double ours = Student.mean(numbers);
        Optional<Interval> interval = Records.interval(numbers);
        double low = published.value() - published.tolerance();
        double high = published.value() + published.tolerance();
        Outcome outcome = judged ? Rules.between(ours, interval, low, high) : Outcome.REPORTED;
        return Finding.judged(label, unit, ours, interval, OptionalDouble.of(published.value()), outcome)
                .remark("published: within " + Unit.NUMBER.number(published.tolerance()));
    }

    private Finding mean(String label, String arm, String value, Unit unit, Records records) {
        return Records.mean(label, unit, records.values(keys(arm), value));
    }

    private Map<String, Double> values(Bench bench, String arm, int repeat) {
        DatasetSource.Parts raw = bench.data().apply(conditions.dataset());
        DatasetSource.Parts parts = new DatasetSource.Parts(
                standard(raw.train()), Optional.of(standard(raw.test().orElseThrow())), Optional.empty());
        long seed = bench.seed() + repeat - 1;
        Map<String, Double> values = new LinkedHashMap<>();
        // A single step of almost no length: the network as it begins.
        Conditions first = conditions.steps(1).rate(1e-12);
        values.put(BEFORE, half(bench, first, arm, parts, seed, values));
        values.put(AFTER, half(bench, conditions, arm, parts, seed, values));
        return values;
    }

    private static double half(
            Bench bench, Conditions how, String arm, DatasetSource.Parts parts, long seed, Map<String, Double> values) {
        Dataset test = parts.test().orElseThrow();
        try (TrainedModel model = (TrainedModel) bench.fit(how, arm, parts, seed, TrainingListener.NONE);
                InputGradients gradients = InputGradients.of(model, bench.backend())) {
            values.put(ACCURACY, 100 * Evaluation.of(model, test).accuracy());
            float[][] points =
                    new float[Math.min(POINTS, test.size())][test.example().elements()];
            for (int i = 0; i < points.length; i++) {
                test.read(i, 0, points[i], 0);
            }
            return Arrays.stream(gradients.jacobianNorms(points))
                    .map(norm -> norm * norm / 2)
                    .average()
                    .orElseThrow();
        }
    }

    private Dataset standard(Dataset pixels) {
        return pixels.map(0, (example, offset, shape, _, _) -> {
            for (int i = offset; i < offset + shape.elements(); i++) {
                example[i] = (float) ((example[i] - mean) / deviation);
            }
        });
    }

    private List<String> keys(String arm) {
        return IntStream.rangeClosed(1, repeats).mapToObj(r -> key(arm, r)).toList();
    }

    private String key(String arm, int repeat) {
        return arm + " | " + conditions.model() + " | "
                + conditions.training().budget().text() + " | repeat " + repeat;
    }
}
