package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.benchmarks.Summary;
import thimble.method.Spec;

/** Names of arms for prose: what an arm has and the baseline has not comes first; what both have stands behind it. */
final class Names {
    private static final Map<String, String> PROSE = Map.ofEntries(
            Map.entry("none", "no regularizer"),
            Map.entry("spectreg", "SpectReg"),
            Map.entry("datagrad", "DataGrad"),
            Map.entry("dropconnect", "DropConnect"),
            Map.entry("forest", "random forest"),
            Map.entry("logistic", "logistic regression"),
            Map.entry("ntk", "NTK"),
            Map.entry("pca", "PCA"),
            Map.entry("ensemble", "deep ensemble"),
            Map.entry("l1", "L1"),
            Map.entry("l2", "L2"),
            Map.entry("ema", "EMA"),
            Map.entry("swa", "SWA"),
            Map.entry("sam", "SAM"),
            Map.entry("asam", "ASAM"),
            Map.entry("r-drop", "R-Drop"),
            Map.entry("vat", "VAT"),
            Map.entry("cutmix", "CutMix"),
            Map.entry("max-norm", "max-norm"),
            Map.entry("crop-flip", "crop and flip"),
            Map.entry("cosine", "cosine loss"),
            Map.entry("mlp", "MLP"),
            Map.entry("lenet", "LeNet"),
            Map.entry("lenet5", "LeNet-5"),
            Map.entry("mnist", "MNIST"),
            Map.entry("fashion-mnist", "Fashion-MNIST"),
            Map.entry("cifar-10", "CIFAR-10"),
            Map.entry("roman-mnist", "Roman-MNIST"));
    private static final Map<String, String> SYMBOLS =
            Map.of("lambda", "λ", "epsilon", "ε", "alpha", "α", "sigma", "σ", "rho", "ρ", "tau", "τ");

    /**
     * A name in two parts.
     *
     * @param own what tells the arm from the baseline
     * @param shared what it has in common with the baseline, empty or {@code + …}
     */
    record Name(String own, String shared) {
        /** The whole name. */
        String whole() {
            return shared.isEmpty() ? own : own + " " + shared;
        }

        /** A name of at most so many characters: without the shared part if that is enough, else cut. */
        Name within(int characters) {
            if (whole().length() <= characters) {
                return this;
            }
            return new Name(
                    own.length() <= characters
                            ? own
                            : own.substring(0, characters - 1).strip() + "…",
                    "");
        }
    }

    private final Map<String, Name> names = new LinkedHashMap<>();
    private final String baseline;

    Names(Summary summary) {
        baseline = summary.baseline();
        List<String> base = Spec.parseJoined(baseline).stream().map(Spec::name).toList();
        List<String> arms = summary.config().texts("methods");
        Map<String, Name> first = new LinkedHashMap<>();
        arms.forEach(arm -> first.put(arm, name(arm, base, false)));
        first.forEach((arm, name) -> {
            boolean alone = first.values().stream().filter(name::equals).count() == 1;
            names.put(arm, alone ? name : name(arm, base, true));
        });
    }

    /** Both parts of an arm's name. */
    Name of(String methods) {
        Name name = names.get(methods);
        if (name == null) {
            throw new IllegalArgumentException("[names] expected an arm of the comparison but received " + methods);
        }
        return name;
    }

    /** The part that tells the arm from the others, the whole name where that is not enough. */
    String brief(String methods) {
        Name name = of(methods);
        boolean alone = names.values().stream()
                        .filter(other -> other.own().equals(name.own()))
                        .count()
                == 1;
        return alone ? name.own() : name.whole();
    }

    /** In a sentence: classical arms have an article. */
    String inSentence(String methods, boolean classical) {
        String brief = brief(methods);
        return classical && brief.equals("random forest") ? "the " + brief : brief;
    }

    /** A hyperparameter such as {@code spectreg.lambda} in short. */
    static String parameter(String name, Iterable<String> all) {
        String last = name.substring(name.indexOf('.') + 1);
        int same = 0;
        for (String other : all) {
            same += other.substring(other.indexOf('.') + 1).equals(last) ? 1 : 0;
        }
        String symbol = SYMBOLS.getOrDefault(last, last);
        return same > 1 && name.contains(".") ? prose(name.substring(0, name.indexOf('.'))) + " " + symbol : symbol;
    }

    /** A word for people. */
    static String prose(String name) {
        String known = PROSE.get(name);
        return known == null ? name.replace('-', ' ') : known;
    }

    /** A spec such as {@code lenet:norm=batch} for people. */
    static String proseOfSpec(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? prose(spec) : prose(spec.substring(0, colon)) + " (" + spec.substring(colon + 1) + ")";
    }

    private Name name(String arm, List<String> base, boolean settings) {
        List<String> own = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        for (Spec part : Spec.parseJoined(arm)) {
            boolean common = base.contains(part.name()) && !arm.equals(baseline);
            String detail = settings && !part.settings().isEmpty() ? " (" + settings(part) + ")" : "";
            (common ? shared : own).add(prose(part.name()) + detail);
        }
        if (own.isEmpty()) {
            return new Name(String.join(" + ", shared), "");
        }
        return new Name(
                String.join(" + ", own),
                shared.isEmpty() ? "" : shared.stream().collect(Collectors.joining(" + ", "+ ", "")));
    }

    private static String settings(Spec part) {
        return part.settings().entrySet().stream()
                .map(entry -> SYMBOLS.getOrDefault(entry.getKey(), entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
