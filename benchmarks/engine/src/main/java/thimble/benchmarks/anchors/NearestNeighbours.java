package thimble.benchmarks.anchors;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import thimble.backend.Backend;
import thimble.benchmarks.TunedLearner;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * The k nearest training examples by Euclidean distance: for classes their votes and one uniform vote, where equal votes are decided for the
 * nearer; for numbers their mean. Examples have length 1, so that the order is that of the cosine (tables: standardised).
 *
 * <p>Thomas Cover, Peter Hart, "Nearest Neighbor Pattern Classification", IEEE Transactions on Information Theory 13, 1967. Deviation: the
 * uniform vote, so that no class has probability 0.
 *
 * @param k number of neighbours, at least 1; no more than there are training examples are asked
 */
public record NearestNeighbours(int k) implements TunedLearner {
    /** The nearest example alone. */
    public NearestNeighbours() {
        this(1);
    }

    /** Checks the range. */
    public NearestNeighbours {
        Checks.atLeast("nearest-neighbours", "k", k, 1);
    }

    @Override
    public String name() {
        return "nearest-neighbours";
    }

    @Override
    public String summary() {
        return "votes of the most similar training examples";
    }

    @Override
    public String source() {
        return "Cover, Hart: IEEE Transactions on Information Theory 13, 1967";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of("k", new Spec.Setting.Choices(List.of("3", "5", "1", "9")));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> Neighbourhood.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[nearest-neighbours] expected at least one example but '" + train.name() + "' is empty");
        }
        float[][] targets = new float[train.size()][train.targets().width()];
        for (int i = 0; i < targets.length; i++) {
            train.target(i, 0, targets[i], 0);
        }
        boolean classes = train.targets() instanceof Targets.Classes;
        return new Neighbourhood(Vectors.of(train), targets, Math.min(k, train.size()), classes);
    }

    private record Neighbourhood(Vectors vectors, float[][] targets, int k, boolean classes) implements Model {
        /** Far less than a vote, and above rounding. */
        private static final double NEARER = 1e-4;

        @Override
        public Stored stored() {
            return vectors.write(Stored.of("nearest-neighbours"))
                    .with("k", k)
                    .with("classes", classes)
                    .with("targets", targets);
        }

        static Neighbourhood read(Stored stored) {
            Vectors vectors = Vectors.read(stored);
            float[][] targets = stored.floatRows("targets");
            if (targets.length != vectors.size()) {
                throw new DataException("[" + stored.kind() + ", targets] expected " + vectors.size()
                        + " rows but received " + targets.length);
            }
            return new Neighbourhood(vectors, targets, stored.whole("k", 1, targets.length), stored.flag("classes"));
        }

        @Override
        public float[] predict(float[] example) {
            double[] far = new double[vectors.size()];
            vectors.products(vectors.vector(example), far);
            for (int i = 0; i < far.length; i++) {
                far[i] = vectors.squares()[i] - 2 * far[i];
            }
            int[] nearest = new int[k];
            for (int rank = 0; rank < k; rank++) {
                int best = 0;
                for (int i = 1; i < far.length; i++) {
                    if (far[i] < far[best]) {
                        best = i;
                    }
                }
                nearest[rank] = best;
                far[best] = Double.POSITIVE_INFINITY;
            }
            return combined(nearest);
        }

        private float[] combined(int[] nearest) {
            int outputs = targets[0].length;
            double[] sums = new double[outputs];
            double weights = 0;
            for (int rank = 0; rank < k; rank++) {
                double weight = classes ? 1 + NEARER * (k - rank) / k : 1;
                weights += weight;
                for (int o = 0; o < outputs; o++) {
                    sums[o] += weight * targets[nearest[rank]][o];
                }
            }
            float[] scores = new float[outputs];
            for (int o = 0; o < outputs; o++) {
                scores[o] = (float) (classes ? (sums[o] + 1.0 / outputs) / (weights + 1) : sums[o] / weights);
            }
            return scores;
        }

        @Override
        public float[][] predict(Dataset data) {
            float[][] all = new float[data.size()][];
            float[] example = new float[vectors.features()];
            for (int i = 0; i < all.length; i++) {
                data.read(i, 0, example, 0);
                all[i] = predict(example);
            }
            return all;
        }
    }
}
