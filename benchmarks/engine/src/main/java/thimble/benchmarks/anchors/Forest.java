package thimble.benchmarks.anchors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import thimble.backend.Backend;
import thimble.benchmarks.TunedLearner;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * A random forest: trees on bootstrap samples, each split the best among a random choice of features: √features for classes, a third of them for
 * numbers. Scores are means over the leaves reached; for classes one uniform vote is added, so that none has probability 0.
 *
 * <p>Leo Breiman, "Random Forests", Machine Learning 45, 2001; means of leaf distributions in place of votes.
 *
 * @param trees number of trees, at least 1
 * @param depth greatest depth of a tree, 0 for no limit
 */
public record Forest(int trees, int depth) implements TunedLearner {
    /** 500 trees without a limit of depth. */
    public Forest() {
        this(500, 0);
    }

    /** Checks the ranges. */
    public Forest {
        if (trees < 1) {
            throw new IllegalArgumentException("[forest] expected trees >= 1 but received " + trees);
        }
        if (depth < 0) {
            throw new IllegalArgumentException("[forest] expected depth >= 0 but received " + depth);
        }
    }

    @Override
    public String name() {
        return "forest";
    }

    @Override
    public String summary() {
        return "random forest: the mean of many decision trees, the classical answer to little data";
    }

    @Override
    public String source() {
        return "Breiman: Machine Learning 45, 2001";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of("depth", new Spec.Setting.Choices(List.of("4", "8", "0", "16")));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> ForestModel.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[forest] expected at least one example but '" + train.name() + "' is empty");
        }
        boolean classes = train.targets() instanceof Targets.Classes;
        Columns columns = Columns.of(train);
        int features = columns.ranks().length;
        int tried = (int) Math.max(1, classes ? Math.sqrt(features) : features / 3);
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Tree> grown = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            if (context.cancelled().getAsBoolean()) {
                throw new CancellationException("the forest was cancelled after " + tree + " of " + trees + " trees");
            }
            int[] sample = new int[train.size()];
            SplittableRandom own = random.split();
            Arrays.setAll(sample, i -> own.nextInt(train.size()));
            grown.add(new TreeGrower(columns, tried, depth == 0 ? Integer.MAX_VALUE : depth, own).grow(sample));
        }
        return new ForestModel(grown, features, train.targets().width(), classes);
    }
}
