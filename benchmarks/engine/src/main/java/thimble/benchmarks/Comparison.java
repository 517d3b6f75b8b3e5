package thimble.benchmarks;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Targets;
import thimble.method.Spec;

/**
 * What is compared: a value that names everything a result depends on, apart from the backend.
 *
 * @param dataset name of the data in records
 * @param data examples to learn from, the test set if the protocol is {@link Protocol.Given}, and the decoder if there is one
 * @param model spec of the model
 * @param arms what is compared; the first is the baseline
 * @param sizes total numbers of training examples, ascending
 * @param repeats how often everything is repeated with another seed; with folds, how often the data are cut anew
 * @param training how networks train
 * @param tune tuning trials for every arm and size, 0 for none
 * @param protocol where held-out examples come from
 * @param metric what is compared
 * @param seed seed of the first repeat; repeat r uses {@code seed + r − 1}
 */
public record Comparison(
        String dataset,
        DatasetSource.Parts data,
        String model,
        List<Arm> arms,
        List<Integer> sizes,
        int repeats,
        Training training,
        int tune,
        Protocol protocol,
        Metric metric,
        long seed) {
    /** Checks what can be checked without the data; sorts the sizes. */
    public Comparison {
        arms = List.copyOf(arms);
        sizes = sizes.stream().sorted().toList();
        atLeast("methods", 1, arms.size());
        atLeast("sizes", 1, sizes.size());
        atLeast("repeats", 1, repeats);
        atLeast("tune", 0, tune);
        distinct("methods", arms.stream().map(Arm::text).toList());
        distinct("sizes", sizes);
    }

    /** The arm every other is compared with. */
    public Arm baseline() {
        return arms.getFirst();
    }

    /** Trials of each arm and size: repeats, times the number of folds where there are folds. */
    public int trials() {
        return protocol instanceof Protocol.Folds(int count) ? repeats * count : repeats;
    }

    /** The same comparison at other numbers of training examples. */
    public Comparison withSizes(List<Integer> other) {
        return new Comparison(dataset, data, model, arms, other, repeats, training, tune, protocol, metric, seed);
    }

    /** The same comparison without the arms that the runner refuses; the baseline stays. */
    public Comparison fitting(TrialRunner runner) {
        List<Arm> fit = arms.stream()
                .filter(arm -> arm.equals(baseline()) || fits(runner, arm))
                .toList();
        return new Comparison(dataset, data, model, fit, sizes, repeats, training, tune, protocol, metric, seed);
    }

    private boolean fits(TrialRunner runner, Arm arm) {
        try {
            runner.check(this, arm);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** How many examples every repeat may learn from at least. */
    public int pool() {
        Partition partition = new Partition(this);
        return IntStream.rangeClosed(1, trials())
                .map(repeat -> partition.pool(repeat).size())
                .min()
                .orElseThrow();
    }

    /** The training examples of a repeat and size with their decoder, and the examples held out in that repeat. */
    public DatasetSource.Parts parts(int repeat, int size) {
        return new Partition(this).parts(repeat, size);
    }

    /** Seed of a repeat, counted from 1: subset, initial weights and batch order of all arms. */
    public long seed(int repeat) {
        return seed + repeat - 1;
    }

    /**
     * Finds every fault that would stop the comparison later: before any training.
     *
     * @throws IllegalArgumentException with the first fault
     */
    public void check(TrialRunner runner) {
        boolean classes = data.train().targets() instanceof Targets.Classes;
        if (classes ? !metric.ofClasses() : !metric.ofNumbers()) {
            throw new IllegalArgumentException(
                    "[metric] expected " + (classes ? "accuracy" : "rmse") + " or another that fits the "
                            + (classes ? "classes" : "numbers") + " of " + dataset + " but received " + metric.name());
        }
        if (protocol instanceof Protocol.Given == data.test().isEmpty()) {
            throw new IllegalArgumentException("[test] expected "
                    + (data.test().isEmpty() ? "a test set, a fraction or cv:K" : "the test set of " + dataset)
                    + " but received " + protocol.text());
        }
        Partition partition = new Partition(this);
        checkSizes(partition.pool(1));
        for (Arm arm : arms) {
            List<Tunable> tunables = runner.tunables(this, arm);
            if (tune == 0 && arm.parts().stream().anyMatch(Spec::tunable)) {
                throw new IllegalArgumentException("[tune] expected at least 1 tuning trial for the brackets in "
                        + arm.text() + " but received 0");
            }
            distinct("tuning", tunables.stream().map(Tunable::name).toList());
            runner.check(this, arm);
        }
        if (tune > 0) {
            sizes.forEach(size -> Validation.folds(partition.train(1, size), seed));
        }
    }

    private void checkSizes(Dataset pool) {
        int largest = sizes.getLast();
        if (largest > pool.size()) {
            throw new IllegalArgumentException("[sizes] expected at most " + pool.size() + ", which is all of "
                    + dataset + (protocol instanceof Protocol.Given ? "" : " outside the held-out part")
                    + ", but received " + largest);
        }
        if (data.train().targets() instanceof Targets.Classes) {
            int present = (int) Arrays.stream(pool.labels()).distinct().count();
            if (sizes.getFirst() < present) {
                throw new IllegalArgumentException("[sizes] expected at least " + present + ", one sample per class of "
                        + dataset + ", but received " + sizes.getFirst());
            }
        }
        atLeast("sizes", 2, sizes.getFirst());
    }

    private static void atLeast(String what, int least, int received) {
        if (received < least) {
            throw new IllegalArgumentException(
                    "[" + what + "] expected at least " + least + " but received " + received);
        }
    }

    private static void distinct(String what, List<?> values) {
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            if (!seen.add(value)) {
                throw new IllegalArgumentException(
                        "[" + what + "] expected each once but received " + value + " twice");
            }
        }
    }
}
