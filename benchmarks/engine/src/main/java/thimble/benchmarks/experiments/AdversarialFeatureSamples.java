package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.SampleWorth;

/** Adversarial features against data augmentation on digits and photographs, what a sample becomes worth, and one untuned setting elsewhere. */
final class AdversarialFeatureSamples implements Experiment {
    private static final String NONE = "none";
    private static final String ADVERSARIAL = "adversarial-features:kind=ce,epsilon=[0.05|0.1|0.2]";
    private static final String RANDOM = "adversarial-features:kind=ce,direction=random,epsilon=[0.05|0.1|0.2]";
    private static final String UNTUNED = "adversarial-features";
    private static final String AFFINE = "affine:rotate=[5|10|15]";
    private static final String CROP = "crop-flip:pad=[2|4|6]";
    private static final String DROPOUT = "dropout:rate=0.5";
    private static final int FEW = 500;

    @Override
    public String name() {
        return "adversarial-features";
    }

    @Override
    public String letter() {
        return "c";
    }

    @Override
    public String title() {
        return "Adversarial features do with half the samples what augmentation does with all";
    }

    @Override
    public String source() {
        return "M. Ishii, A. Sato, \"Training Deep Neural Networks with Adversarially Augmented Features for"
                + " Small-scale Training Datasets\", IJCNN 2019, figures 10 and 11";
    }

    @Override
    public String differences() {
        return "Published were curves, without numbers, and neither ε nor the networks. Digits: LeNet-5, photographs:"
            + " LeNet 20-50-500, 2,000 steps of Adam at 1e-3, batches of 50, no dropout. ε, the turn of the"
            + " augmentation and the padding of the crops are chosen from three values each on a fifth of the samples."
            + " The photographs are tested on batch 5 where the official test batch is absent. Cut: photographs get 5"
            + " repeats, 3 with 5,000 samples; the untuned setting is tried on tables and a series by five-fold and"
            + " two-fold cross-validation.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(95, 5));
    }

    @Override
    public List<Part> parts(Form form) {
        int steps = form.choose(2000, 300);
        List<Part> parts = new ArrayList<>();
        parts.add(digits(Conditions.of("mnist", "lenet5").steps(steps).tune(form.choose(3, 1)), form));
        parts.add(dropout(Conditions.of("mnist", "lenet5").steps(steps), form));
        parts.addAll(untuned(form));
        parts.add(photographs(Conditions.of("cifar-10", "lenet").steps(steps).tune(form.choose(3, 1)), form));
        return parts;
    }

    private static Study digits(Conditions conditions, Form form) {
        String both = AFFINE + "+" + ADVERSARIAL;
        List<Check> checks = new ArrayList<>(List.of(
                Gain.atLeast("adversarial features − none, n = 500", ADVERSARIAL, NONE, FEW, 1.2),
                Gain.atLeast("adversarial − random features of the same length, n = 500", ADVERSARIAL, RANDOM, FEW, 1),
                Gain.reported("random features − none, n = 500", RANDOM, NONE, FEW)));
        for (int size : form.choose(List.of(500, 1000, 2000), List.of(500))) {
            checks.add(new SampleWorth(
                    "a sample with adversarial features in samples without, n = " + size,
                    ADVERSARIAL,
                    NONE,
                    size,
                    OptionalDouble.of(1.3),
                    OptionalDouble.empty()));
        }
        checks.addAll(
                againstAugmentation(AFFINE, both, form.choose(List.of(300, 500, 1000, 2000, 5000), List.of(500))));
        Study study = Study.of("digits", "Digits, without dropout", conditions)
                .arms(NONE, AFFINE, ADVERSARIAL, both, RANDOM)
                .check(checks.toArray(Check[]::new))
                .drawn();
        return form == Form.FULL ? study.sizes(10, 500, 1000, 300, 2000).sizes(5, 5000) : study.sizes(2, 500, 1000);
    }

    private static Study dropout(Conditions conditions, Form form) {
        return Study.of("dropout", "Digits, with dropout 0.5: adversarial features in the KL form", conditions)
                .arms(NONE, DROPOUT, DROPOUT + "+" + UNTUNED, UNTUNED)
                .sizes(form.choose(10, 2), FEW)
                .check(
                        Gain.reported(
                                "adversarial features − none, with dropout", DROPOUT + "+" + UNTUNED, DROPOUT, FEW),
                        Gain.reported("adversarial features alone − dropout alone", UNTUNED, DROPOUT, FEW));
    }

    private static Study photographs(Conditions conditions, Form form) {
        String both = CROP + "+" + ADVERSARIAL;
        List<Integer> judged = form.choose(List.of(500, 1000, 2000, 5000), List.of(500));
        List<Check> checks = new ArrayList<>();
        for (int size : judged) {
            checks.add(Gain.atLeast("adversarial features − none, n = " + size, ADVERSARIAL, NONE, size, 0));
        }
        for (int size : form.choose(List.of(1000, 2000), List.<Integer>of())) {
            checks.add(new SampleWorth(
                    "a sample with adversarial features in samples without, n = " + size,
                    ADVERSARIAL,
                    NONE,
                    size,
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
        }
        checks.addAll(againstAugmentation(CROP, both, judged));
        Study study = Study.of("photographs", "Photographs, without dropout", conditions)
                .arms(NONE, CROP, ADVERSARIAL, both)
                .check(checks.toArray(Check[]::new))
                .drawn();
        return form == Form.FULL ? study.sizes(5, 500, 1000, 2000).sizes(3, 5000) : study.sizes(2, 500, 1000);
    }

    /** The published claims: at least as good as augmentation, better with it, and worth two of its samples. */
    private static List<Check> againstAugmentation(String augmentation, String both, List<Integer> sizes) {
        List<Check> checks = new ArrayList<>();
        for (int size : sizes) {
            String at = ", n = " + size;
            checks.add(Gain.atLeast("adversarial features − augmentation" + at, ADVERSARIAL, augmentation, size, 0));
            checks.add(Gain.atLeast("both − augmentation" + at, both, augmentation, size, 0));
        }
        for (int size : sizes.subList(0, Math.max(1, sizes.size() - 1))) {
            checks.add(new SampleWorth(
                    "a sample with adversarial features in augmented samples, n = " + size,
                    ADVERSARIAL,
                    augmentation,
                    size,
                    OptionalDouble.of(1),
                    OptionalDouble.of(2)));
        }
        return checks;
    }

    /** Means to show that no specialist must tune: the defaults of the method on pictures, tables and a series. */
    private static List<Study> untuned(Form form) {
        int steps = form.choose(1000, 200);
        List<Study> studies = new ArrayList<>();
        for (String name : List.of("mnist", "fashion-mnist")) {
            studies.add(untuned(Conditions.of(name, "lenet5").steps(steps), new Size(FEW, form.choose(6, 2))));
        }
        for (String name : List.of("ecg5000", "wine", "breast-cancer", "sonar")) {
            // A class of the series has two examples.
            Protocol folds = new Protocol.Folds(name.equals("ecg5000") ? 2 : 5);
            studies.add(untuned(
                    Conditions.of(name, "mlp").steps(steps).protocol(folds), new Size(Size.ALL, form.choose(4, 1))));
        }
        return studies;
    }

    private static Study untuned(Conditions conditions, Size size) {
        String data = conditions.dataset();
        return Study.of("untuned-" + data, "The same untuned setting on " + data, conditions)
                .arms(NONE, UNTUNED)
                .sizes(size.repeats(), size.examples())
                .check(summary -> summary.config().sizes().stream()
                        .flatMap(n -> Gain.atLeast("adversarial features − none, " + data, UNTUNED, NONE, n, 0)
                                .findings(summary)
                                .stream())
                        .toList());
    }

    @Override
    public List<Finding> conclusions(Results results) {
        List<Finding> gains = List.of("mnist", "fashion-mnist", "ecg5000", "wine", "breast-cancer", "sonar").stream()
                .map(data -> gain(results, data))
                .toList();
        long measured = gains.stream().filter(row -> row.ours().isPresent()).count();
        if (measured < gains.size()) {
            return List.of(Finding.open("data sets that gain, untuned", Unit.NUMBER, OptionalDouble.empty()));
        }
        long better = gains.stream().filter(row -> row.ours().orElseThrow() > 0).count();
        long worse = gains.stream()
                .filter(row ->
                        row.interval().isPresent() && row.interval().get().high() < 0)
                .count();
        Outcome outcome = worse > 0 ? Outcome.NOT : better == measured ? Outcome.HOLDS : Outcome.PARTLY;
        return List.of(Finding.judged(
                        "data sets that gain, untuned, of " + measured,
                        Unit.NUMBER,
                        better,
                        java.util.Optional.empty(),
                        OptionalDouble.empty(),
                        outcome)
                .remark("claimed: all; not if one loses beyond doubt"));
    }

    private static Finding gain(Results results, String data) {
        String study = "untuned-" + data;
        Gain gain = Gain.atLeast(data, UNTUNED, NONE, FEW, 0);
        return java.util.Optional.ofNullable(results.studies().get(study))
                .map(summary -> gain.finding(
                        summary.difference(
                                UNTUNED, NONE, summary.config().sizes().getFirst()),
                        Metric.of("accuracy")))
                .orElse(gain.finding(java.util.Optional.empty(), Metric.of("accuracy")));
    }
}
