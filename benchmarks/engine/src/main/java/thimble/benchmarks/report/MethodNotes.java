package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import thimble.benchmarks.Config;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Verdict;
import thimble.benchmarks.statistics.Holm;
import thimble.benchmarks.statistics.SignFlip;

/** How the comparison was made, what its test can and cannot say, and what more repeats would tell. */
record MethodNotes(View view) {
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("Test set", testSet());
        notes.put("Tuning", tuning());
        optimism().ifPresent(text -> notes.put("Tuning optimism", text));
        notes.put("Training", training());
        if (view.arms().size() > 1) {
            notes.put("Test of difference", test());
            moreRepeats().ifPresent(text -> notes.put("What more repeats would tell", text));
        }
        overlap().ifPresent(text -> notes.put("Training samples", text));
        return notes;
    }

    private Config config() {
        return view.summary().config();
    }

    private String testSet() {
        String test = config().text("test");
        String examples = Numbers.count(config().number("testExamples")) + " examples";
        if (test.startsWith("cv:")) {
            int folds = Integer.parseInt(test.substring(3));
            int repetitions = config().number("repeats");
            return "stratified " + folds + "-fold cross-validation"
                    + (repetitions == 1 ? "" : ", cut anew " + Sentences.word(repetitions) + " times") + "; about "
                    + examples + " a fold";
        }
        if (test.equals("given")) {
            return examples + ", never used for a choice";
        }
        return examples + ", " + Numbers.percent(Double.parseDouble(test)) + Numbers.THIN
                + "% held out by class before anything else, never used for a choice";
    }

    private String tuning() {
        int tune = config().number("tune");
        if (tune == 0) {
            return "none: every method ran with the values given or its defaults, so a tuned baseline may do better";
        }
        String unit = config().overlap() > 0 ? "method, size and fold" : "method and size";
        return tune + (tune == 1 ? " trial" : " random trials") + " per " + unit + ", the baseline included, on 20"
                + Numbers.THIN + "% of the training samples (three-fold below five per class); then fitted on all";
    }

    private Optional<String> optimism() {
        Map<Summary.Key, Double> optimism = view.summary().optimism();
        if (optimism.isEmpty()) {
            return Optional.empty();
        }
        double mean = optimism.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        Map.Entry<Summary.Key, Double> largest =
                optimism.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return Optional.of("validation minus test " + Names.prose(view.metric().name()) + " of the chosen trial: "
                + view.numbers().lift(mean) + " "
                + view.numbers().unit() + " (mean), largest " + view.numbers().lift(largest.getValue()) + " ("
                + view.names().brief(largest.getKey().methods()) + ", "
                + Numbers.count(largest.getKey().size()) + ")");
    }

    private String training() {
        String rate = config().text("learningRate");
        String augment = String.join(" + ", config().texts("augment"));
        return config().text("optimizer") + ", learning rate "
                + (rate.startsWith("[") && config().number("tune") > 0 ? "tuned in " + rate : middle(rate))
                + ", batch " + config().number("batch") + ", " + config().text("budget") + ", " + config().text("loss")
                + (augment.isEmpty() ? "" : ", augmented by " + augment);
    }

    private static String middle(String rate) {
        return rate.startsWith("[") ? "the middle of " + rate : rate;
    }

    private String test() {
        int methods = view.arms().size() - 1;
        int pairs = config().number("trials");
        String holm = methods == 1 ? "" : ", Holm over " + methods + " methods per size";
        if (config().overlap() > 0) {
            return "paired t corrected for overlapping training sets (Nadeau and Bengio)" + holm
                    + ". A sign-flip permutation has no such correction and is left out";
        }
        if (pairs < Difference.FEWEST) {
            return "none: " + pairs + (pairs == 1 ? " pair" : " pairs") + " per size; from " + Difference.FEWEST
                    + " on there is a p, as below a sign-flip permutation could never fall under 0.05";
        }
        double[] floors = new double[methods];
        java.util.Arrays.fill(floors, SignFlip.floor(pairs));
        double adjusted = Holm.adjust(floors)[0];
        return "paired Student t" + holm + ". A sign-flip permutation cannot go below p = "
                + Numbers.p(SignFlip.floor(pairs)) + " with " + pairs + " pairs"
                + (methods == 1 ? "" : ", " + Numbers.p(adjusted) + " after Holm")
                + ": it stands in summary.json beside, and decides nothing";
    }

    private Optional<String> moreRepeats() {
        if (config().overlap() > 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String arm : view.headline().with(Verdict.NOT_DISTINGUISHABLE)) {
            Difference difference =
                    view.summary().against(arm, view.size()).orElseThrow().difference();
            OptionalInt pairs = difference.pairsToTell();
            if (pairs.isPresent() && difference.pairs() > 2) {
                String about = pairs.getAsInt() > 1000
                        ? "more than 1,000"
                        : "about " + Math.max(Difference.FEWEST, pairs.getAsInt());
                parts.add(view.names().brief(arm) + (parts.isEmpty() ? " at " + Numbers.count(view.size()) : "") + ": "
                        + about
                        + (parts.isEmpty()
                                ? " repeats would show a difference of the measured size (80" + Numbers.THIN
                                        + "% power, before Holm)"
                                : ""));
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /** Large samples of a small pool are alike, whatever the seed. */
    private Optional<String> overlap() {
        int pool = config().number("examples");
        int largest = view.sizes().stream().max(Comparator.naturalOrder()).orElse(0);
        if (config().overlap() > 0 || config().number("trials") < 2 || largest * 2 <= pool) {
            return Optional.empty();
        }
        return Optional.of("repeats at " + Numbers.count(largest) + " draw from " + Numbers.count(pool)
                + " examples and so share most of them: their spread is that of initial weights and batch"
                + " order more than that of the sample");
    }
}
