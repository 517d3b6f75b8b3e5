package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.List;
import thimble.benchmarks.Metric;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Beside;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.Level;
import thimble.method.Spec;

/** Fifty photographs of each class: cross-entropy as it comes, cross-entropy tuned, and methods tuned with the same budget. */
final class SmallPhotographs implements Experiment {
    private static final int SIZE = 500;
    private static final String DEFAULT = "l2:lambda=1e-4";
    private static final String DECAY = "l2:lambda=[1e-5..1e-1]";
    private static final String COSINE = "cosine+" + DECAY;
    private static final String SMOOTHING = "label-smoothing:epsilon=0.1+" + DECAY;
    private static final String DROPOUT = "dropout:rate=[0.1|0.3|0.5],at=average+" + DECAY;
    private static final String BOTH = "cosine:crossEntropy=0.1+" + DECAY;

    @Override
    public String name() {
        return "small-photographs";
    }

    @Override
    public String letter() {
        return "f";
    }

    @Override
    public String title() {
        return "Tuned cross-entropy is hard to beat with fifty photographs per class";
    }

    @Override
    public String source() {
        return "L. Brigato, B. Barz, L. Iocchi, J. Denzler, \"Image Classification with Small Datasets: Overview and"
                + " Benchmark\", IEEE Access 10, 2022, the columns of ciFAIR-10";
    }

    @Override
    public String differences() {
        return "In miniature: a wide residual network of depth 10 and width 2 in place of depth 16 and width 8, 100"
            + " passes in place of 500, 8 candidates of a random search in place of 250 under ASHA, 3 repeats in place"
            + " of 30. The 50 photographs per class are drawn at random for each repeat, not the first of each class"
            + " in the order of the files, and a fifth of them validates candidates in place of 20 of 50. Held out is"
            + " the test batch of CIFAR-10, or batch 5 where the test batch is absent, in place of ciFAIR-10's"
            + " corrected test set, so that duplicates of training photographs remain. The batch is 25 for all tuned"
            + " arms, not chosen from 10, 25 and 50. Weight decay leaves out biases and normalisations, and pixels"
            + " stay in [0, 1]. Alike: momentum 0.9, a cosine to 0, crops with 4 reflected pixels and flips, the"
            + " ranges of learning rate and weight decay, balanced accuracy. Published levels are for the large"
            + " network; what can be compared are differences between rows.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(110, 5));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions photographs = Conditions.of("cifar-10", "wide-resnet:depth=10,width=2")
                .epochs(form.choose(100, 2))
                .augment("crop-flip")
                .metric("balanced-accuracy");
        Conditions tuned = photographs
                .batch(25)
                .optimizer("sgd", new Spec.Setting.Range(1e-4, 1e-1))
                .tune(form.choose(8, 1));
        int repeats = form.choose(3, 1);
        return List.of(
                Study.of(
                                "default",
                                "Cross-entropy with usual values: learning rate 0.1, weight decay 1e-4, batches of 128",
                                photographs.batch(128).optimizer("sgd", new Spec.Setting.Value("0.1")))
                        .arms(DEFAULT)
                        .sizes(repeats, SIZE)
                        .check(Level.of("cross-entropy, untuned", DEFAULT, SIZE)),
                Study.of("tuned", "Tuned with the same budget", tuned)
                        .arms(DECAY, COSINE, BOTH, SMOOTHING, DROPOUT)
                        .sizes(repeats, SIZE)
                        .check(
                                new Beside("cross-entropy, tuned", DECAY, SIZE, 55.18),
                                new Beside("cosine loss", COSINE, SIZE, 52.39),
                                Level.of("label smoothing", SMOOTHING, SIZE),
                                Level.of("dropout", DROPOUT, SIZE),
                                new Beside("cosine loss and cross-entropy", BOTH, SIZE, 52.77),
                                Gain.reported("cosine loss − tuned cross-entropy", COSINE, DECAY, SIZE)
                                        .published(-2.79),
                                Gain.reported("label smoothing − tuned cross-entropy", SMOOTHING, DECAY, SIZE),
                                Gain.reported("dropout − tuned cross-entropy", DROPOUT, DECAY, SIZE),
                                Gain.reported("cosine loss and cross-entropy − tuned cross-entropy", BOTH, DECAY, SIZE)
                                        .published(-2.41)),
                Study.of(
                                "harmonic",
                                "Harmonic convolutions, tuned with the same budget",
                                tuned.model("wide-resnet:depth=10,width=2,conv=harmonic"))
                        .arms(DECAY)
                        .sizes(repeats, SIZE)
                        .check(new Beside("harmonic convolutions, tuned", DECAY, SIZE, 58.00)));
    }

    @Override
    public List<Finding> conclusions(Results results) {
        Metric metric = Metric.of("balanced-accuracy");
        return List.of(
                Gain.atLeast("tuned − untuned cross-entropy", DECAY, DEFAULT, SIZE, 5)
                        .finding(results.difference("tuned", DECAY, "default", DEFAULT, SIZE), metric),
                Gain.atLeast("harmonic − tuned cross-entropy", DECAY, DECAY, SIZE, 0)
                        .published(2.82)
                        .finding(results.difference("harmonic", DECAY, "tuned", DECAY, SIZE), metric));
    }
}
