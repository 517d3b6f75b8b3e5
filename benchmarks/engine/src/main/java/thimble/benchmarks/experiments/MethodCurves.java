package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
                    List.of("affine", "crop-flip:pad=2,flip=false", "crop-flip", "erasing")));

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
        return "LeNet-5 on 100, 500 and 2,000 digits, Adam at 1e-3 with a cosine to 0, batches of 50, 1,000"
                + " steps. Every method has its defaults, and none is joined with another, so a method made for"
                + " pre-trained weights, for long training or for another optimizer shows its worst side.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(25, 3));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions lenet = Conditions.of("mnist", "lenet5").steps(form.choose(1000, 200));
        return FAMILIES.stream()
                .map(family -> (Part) study(family, lenet, form))
                .toList();
    }

    private static Study study(Family family, Conditions lenet, Form form) {
        List<String> arms = new ArrayList<>(List.of(NONE));
        arms.addAll(family.arms());
        List<Check> checks = new ArrayList<>();
        int[] sizes = form == Form.FULL ? new int[] {100, SEEN, 2000} : new int[] {SEEN};
        for (int size : sizes) {
            family.arms().forEach(arm -> checks.add(Gain.reported(arm + ", n = " + size, arm, NONE, size)));
        }
        return Study.of(family.name(), family.title(), lenet)
                .arms(arms)
                .sizes(form.choose(6, 2), sizes)
                .check(checks.toArray(Check[]::new))
                .drawn();
    }
}
