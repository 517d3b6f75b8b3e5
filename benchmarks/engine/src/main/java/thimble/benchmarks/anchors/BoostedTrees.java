package thimble.benchmarks.anchors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import thimble.backend.Backend;
import thimble.benchmarks.TunedLearner;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * Gradient-boosted trees: each tree is grown on the residuals of those before it and a random half of the examples, each split the best among
 * a random third of the features, and is added with a small rate. Classes: residuals y − softmax(F), leaves by one Newton step, one tree with
 * a row of values per leaf for all classes. Numbers: residuals y − F.
 *
 * <p>Jerome Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29, 2001, algorithms 2 and 6; the
 * random half: "Stochastic Gradient Boosting", 2002. Deviation: one tree for all classes in place of one for each; the third of the features.
 *
 * @param trees number of trees, at least 1
 * @param depth greatest depth of a tree, at least 1
 * @param rate factor of each tree, above 0
 */
public record BoostedTrees(int trees, int depth, double rate) implements TunedLearner {
    private static final int FEWEST = 8;

    /** 200 trees of depth 4, rate 0.1. */
    public BoostedTrees() {
        this(200, 4, 0.1);
    }

    /** Checks the ranges. */
    public BoostedTrees {
        Checks.atLeast("boosted-trees", "trees", trees, 1);
        Checks.atLeast("boosted-trees", "depth", depth, 1);
        Checks.positive("boosted-trees", "rate", rate);
    }

    @Override
    public String name() {
        return "boosted-trees";
    }

    @Override
    public String summary() {
        return "gradient boosting: small trees that correct each other, strong on tables";
    }

    @Override
    public String source() {
        return "Friedman: Annals of Statistics 29, 2001";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of(
                "rate", new Spec.Setting.Range(0.02, 0.5), "depth", new Spec.Setting.Choices(List.of("2", "4", "6")));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> BoostedModel.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[boosted-trees] expected at least one example but '" + train.name() + "' is empty");
        }
        Columns columns = Columns.of(train);
        int features = columns.ranks().length;
        int tried = Math.min(features, Math.max(FEWEST, features / 3));
        Boosting boosting = new Boosting(columns.targets(), train.targets() instanceof Targets.Classes, rate);
        float[][] examples = new float[train.size()][features];
        for (int i = 0; i < examples.length; i++) {
            train.read(i, 0, examples[i], 0);
        }
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Tree> grown = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            if (context.cancelled().getAsBoolean()) {
                throw new CancellationException("boosting was cancelled after " + tree + " of " + trees + " trees");
            }
            SplittableRandom own = random.split();
            int[] half = half(train.size(), own);
            Columns residuals = new Columns(columns.ranks(), columns.values(), boosting.residuals());
            Tree next = new TreeGrower(residuals, tried, depth, own).grow(half);
            boosting.settle(next, half, examples, residuals.targets());
            boosting.add(next, examples);
            grown.add(next);
        }
        return new BoostedModel(grown, boosting.start(), features, boosting.classes(), rate);
    }

    /** A random half of the examples, rounded up, in order. */
    private static int[] half(int size, SplittableRandom random) {
        int[] all = IntStream.range(0, size).toArray();
        int count = Math.ceilDiv(size, 2);
        for (int i = 0; i < count; i++) {
            int at = i + random.nextInt(size - i);
            int chosen = all[at];
            all[at] = all[i];
            all[i] = chosen;
        }
        int[] half = Arrays.copyOf(all, count);
        Arrays.sort(half);
        return half;
    }

    /** Values F of the training examples so far. */
    private static final class Boosting {
        private final float[][] targets;
        private final boolean classes;
        private final double rate;
        private final double[] start;
        private final double[][] values;

        Boosting(float[][] targets, boolean classes, double rate) {
            this.targets = targets;
            this.classes = classes;
            this.rate = rate;
            this.start = new double[targets[0].length];
            for (float[] row : targets) {
                for (int o = 0; o < start.length; o++) {
                    start[o] += row[o] / (double) targets.length;
                }
            }
            if (classes) {
                // One example more, shared by all classes, so that an absent class has a finite logarithm.
                int count = targets.length;
                Arrays.setAll(start, o -> StrictMath.log((start[o] * count + 1.0 / start.length) / (count + 1)));
            }
            this.values = new double[targets.length][];
            Arrays.setAll(values, _ -> start.clone());
        }

        double[] start() {
            return start;
        }

        boolean classes() {
            return classes;
        }

        float[][] residuals() {
            float[][] residuals = new float[targets.length][start.length];
            for (int i = 0; i < residuals.length; i++) {
                double[] said = classes ? BoostedModel.softmax(values[i]) : values[i];
                for (int o = 0; o < said.length; o++) {
                    residuals[i][o] = (float) (targets[i][o] - said[o]);
                }
            }
            return residuals;
        }

        /** Leaves of classes: (K − 1) / K · Σ r / Σ |r| (1 − |r|), in place of the mean of r. The rows of a tree just grown are its own. */
        void settle(Tree tree, int[] rows, float[][] examples, float[][] residuals) {
            if (!classes) {
                return;
            }
            Map<float[], double[]> curvatures = new IdentityHashMap<>();
            Map<float[], Integer> counts = new IdentityHashMap<>();
            for (int row : rows) {
                float[] leaf = tree.leaf(examples[row]);
                counts.merge(leaf, 1, Integer::sum);
                double[] curvature = curvatures.computeIfAbsent(leaf, _ -> new double[start.length]);
                for (int o = 0; o < curvature.length; o++) {
                    double size = Math.abs(residuals[row][o]);
                    curvature[o] += size * (1 - size);
                }
            }
            double share = (start.length - 1.0) / start.length;
            curvatures.forEach((leaf, curvature) -> {
                for (int o = 0; o < curvature.length; o++) {
                    double sum = (double) leaf[o] * counts.getOrDefault(leaf, 0);
                    leaf[o] = (float) (curvature[o] < 1e-9 ? 0 : share * sum / curvature[o]);
                }
            });
        }

        void add(Tree tree, float[][] examples) {
            for (int i = 0; i < values.length; i++) {
                float[] leaf = tree.leaf(examples[i]);
                for (int o = 0; o < leaf.length; o++) {
                    values[i][o] += rate * leaf[o];
                }
            }
        }
    }
}
