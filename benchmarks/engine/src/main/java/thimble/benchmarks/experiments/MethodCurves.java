package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.benchmarks.experiments.measurement.FineTuning;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.method.Spec;

/** Each method alone with its defaults, family by family, over numbers of digits: where to begin, and where not. */
final class MethodCurves implements Experiment {
    private static final String NONE = "none";
    private static final int SEEN = 500;

    /** Methods of one page of the documentation. */
    private record Family(String name, String title, List<String> arms) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "weights",
                    "Penalties on weights",
                    List.of(
                            "l1",
                            "l1:proximal=true",
                            "l2",
                            "elastic",
                            "decoupled",
                            "max-norm",
                            "layerwise-decay",
                            "l2-sp:towards=initial")),
            new Family(
                    "optimizer",
                    "Beside the optimizer",
                    List.of("sam", "asam", "ema", "swa", "early-stopping", "layerwise-rate", "gradual-unfreezing")),
            new Family(
                    "noise",
                    "Noise and dropping",
                    List.of("dropout", "dropout+r-drop", "dropconnect", "gaussian-noise", "label-smoothing")),
            new Family(
                    "mixing", "Mixtures of examples", List.of("mixup", "mixup:alpha=0.2", "cutmix", "manifold-mixup")),
            new Family("gradients", "Gradients by the input", List.of("spectreg", "jacobian", "datagrad")),
            new Family(
                    "adversarial",
                    "Adversarial features",
                    List.of("adversarial-features", "adversarial-features:direction=random", "vat")),
            new Family("losses", "Losses", List.of("cosine", "cosine:crossEntropy=0.1", "focal")),
            new Family(
                    "augmentation",
                    "Augmentation",
                    List.of("affine", "crop-flip:pad=2,flip=false", "crop-flip", "erasing")),
            new Family(
                    "anchors",
                    "Learners that are no networks",
                    List.of(
                            "forest",
                            "boosted-trees",
                            "logistic-regression",
                            "nearest-neighbours",
                            "kernel-ridge",
                            "ntk")));

    private static final Family AVERAGES =
            new Family("averages", "Averages of weights while the learning rate stays", List.of("ema", "swa"));

    @Override
    public String name() {
        return "method-curves";
    }

    @Override
    public String letter() {
        return "i";
    }

    @Override
    public String title() {
        return "Each method alone, untuned";
    }

    @Override
    public String source() {
        return "no publication: the curves of the pages under docs/methods";
    }

    @Override
    public String differences() {
        return "LeNet-5 on 100, 500 and 2,000 digits, Adam at 1e-3 with a cosine to 0, batches of 50, 1,000 steps."
            + " Every method has its defaults, and none is joined with another, so a method made for long training or"
            + " for another optimizer shows its worst side; averages of weights are tried with a rate that stays, too."
            + " Cut to fit, to three repeats on 100 and 500 digits: pictures by cgan, as many again as there are"
            + " digits, and a wide residual network of depth 10 and width 1. Weights are pre-trained for 1,000 steps"
            + " on 10,000 digits from five to nine, and tuned for 500 steps on a few from nought to four.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(35, 4));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions lenet = Conditions.of("mnist", "lenet5").steps(form.choose(1000, 200));
        List<Part> parts = new ArrayList<>();
        FAMILIES.forEach(family -> parts.add(study(family, lenet, form)));
        parts.add(study(AVERAGES, lenet.optimizer("adam:schedule=constant", new Spec.Setting.Value("0.001")), form));
        parts.add(fineTuning(form));
        parts.addAll(ModelCurves.studies(lenet, form));
        parts.add(synthesis(lenet, form));
        return parts;
    }

    @Override
    public List<Finding> conclusions(Results results) {
        return ModelCurves.gains(results);
    }

    @Override
    public List<Plot> plots(Results results) {
        List<Plot> plots = new ArrayList<>();
        for (Form form : Form.values()) {
            FineTuning tuning = fineTuning(form);
            Optional.ofNullable(results.measurements().get(tuning.name()))
                    .flatMap(tuning::plot)
                    .ifPresent(plots::add);
        }
        ModelCurves.plot(results).ifPresent(plots::add);
        return plots;
    }

    private static FineTuning fineTuning(Form form) {
        return new FineTuning(
                "mnist",
                "lenet5",
                form.choose(1000, 200),
                form.choose(500, 100),
                form.choose(List.of(25, 100, SEEN), List.of(100)),
                form.choose(6, 2),
                List.of("l2", "l2-sp", "l2-sp:alpha=0.01,beta=0.001", "layerwise-rate", "gradual-unfreezing"));
    }

    private static Study synthesis(Conditions lenet, Form form) {
        String cgan = form.choose("cgan", "cgan:steps=200");
        int[] sizes = form == Form.FULL ? new int[] {100, SEEN} : sizes(form);
        return Study.of("synthesis", "Synthesis", lenet)
                .arms(NONE, cgan)
                .sizes(form.choose(3, 2), sizes)
                .check(gains(List.of(cgan), sizes))
                .drawn();
    }

    private static int[] sizes(Form form) {
        return form == Form.FULL ? new int[] {100, SEEN, 2000} : new int[] {SEEN};
    }

    private static Check[] gains(List<String> arms, int[] sizes) {
        return IntStream.of(sizes)
                .boxed()
                .flatMap(size -> arms.stream().map(arm -> Gain.reported(arm + ", n = " + size, arm, NONE, size)))
                .toArray(Check[]::new);
    }

    private static Study study(Family family, Conditions lenet, Form form) {
        List<String> arms = new ArrayList<>(List.of(NONE));
        arms.addAll(family.arms());
        return Study.of(family.name(), family.title(), lenet)
                .arms(arms)
                .sizes(form.choose(6, 2), sizes(form))
                .check(gains(family.arms(), sizes(form)))
                .drawn();
    }
}
