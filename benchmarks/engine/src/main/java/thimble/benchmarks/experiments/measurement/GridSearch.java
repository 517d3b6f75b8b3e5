package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.train.Evaluation;
import thimble.train.Model;
import thimble.train.TrainingDivergedException;
import thimble.train.TrainingListener;

/**
 * Tries settings on a fifth of the training examples and learns from all of them with the best. A training that diverges has accuracy 0.
 *
 * @param bench what trains
 * @param parts examples to learn from, and as the test set those held out
 * @param seed seed of the division and of every training
 */
record GridSearch(Bench bench, DatasetSource.Parts parts, long seed) {
    private static final double SHARE = 0.2;

    /** What is trained: an arm without brackets under these conditions. */
    record Candidate(Conditions conditions, String arm) {}

    /**
     * A candidate after training on four fifths of the examples.
     *
     * @param validation accuracy on the other fifth
     * @param test accuracy on the test set
     */
    record Tried(Candidate candidate, double validation, double test) {}

    /** The accuracies on examples learnt from and on the test set. */
    record Learnt(double train, double test) {}

    /** All candidates in their order. */
    List<Tried> tried(List<Candidate> candidates) {
        Fold fold = Split.heldOut(parts.train(), SHARE, seed);
        Dataset validation = fold.test(parts.train());
        Dataset test = parts.test().orElseThrow();
        List<Tried> tried = new ArrayList<>();
        for (Candidate candidate : candidates) {
            double[] found = accuracies(candidate, fold.train(parts.train()), validation, test);
            tried.add(new Tried(candidate, found[0], found[1]));
        }
        return tried;
    }

    /** The first of those with the best accuracy on validation examples. */
    static Tried best(List<Tried> tried) {
        Tried best = tried.getFirst();
        for (Tried other : tried) {
            if (other.validation() > best.validation()) {
                best = other;
            }
        }
        return best;
    }

    /** A candidate after training on all examples. */
    Learnt learnt(Candidate candidate) {
        double[] found =
                accuracies(candidate, parts.train(), parts.train(), parts.test().orElseThrow());
        return new Learnt(found[0], found[1]);
    }

    private double[] accuracies(Candidate candidate, Dataset train, Dataset first, Dataset second) {
        DatasetSource.Parts fitted = new DatasetSource.Parts(train, Optional.of(second), Optional.empty());
        try (Model model = bench.fit(candidate.conditions(), candidate.arm(), fitted, seed, TrainingListener.NONE)) {
            return new double[] {accuracy(model, first), accuracy(model, second)};
        } catch (TrainingDivergedException diverged) {
            return new double[2];
        }
    }

    private static double accuracy(Model model, Dataset data) {
        return Evaluation.of(model.predict(data), data).accuracy();
    }
}
