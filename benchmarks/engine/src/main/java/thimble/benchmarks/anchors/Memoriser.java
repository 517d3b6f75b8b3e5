package thimble.benchmarks.anchors;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import thimble.backend.Backend;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Model;
import thimble.train.SavedModel;

/**
 * Knows its training examples by heart and nothing else: their own targets for them, the mean target row — for classes their shares — for
 * everything unseen. Its training loss is 0 and its generalization gap the loss of the shares: the gap that learning must stay below.
 *
 * <p>After the argument of Chiyuan Zhang et al., "Understanding Deep Learning Requires Rethinking Generalization", ICLR 2017, that to fit the
 * training examples is not to learn; the row is ours. Examples that occur twice get the mean of their targets.
 */
public record Memoriser() implements Learner {
    @Override
    public String name() {
        return "memoriser";
    }

    @Override
    public String summary() {
        return "knows training examples by heart, guesses by class shares else: the gap of no learning";
    }

    @Override
    public String source() {
        return "after Zhang, Bengio, Hardt, Recht, Vinyals: ICLR 2017";
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> Memory.read(stored));
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[memoriser] expected at least one example but '" + train.name() + "' is empty");
        }
        int width = train.targets().width();
        Map<Example, Mean> known = new LinkedHashMap<>();
        Mean all = new Mean(new double[width]);
        float[] example = new float[Math.toIntExact(train.example().elements())];
        float[] target = new float[width];
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, example, 0, target, 0);
            all.add(target);
            known.computeIfAbsent(new Example(example.clone()), _ -> new Mean(new double[width]))
                    .add(target);
        }
        Map<Example, float[]> rows = new LinkedHashMap<>();
        known.forEach((seen, mean) -> rows.put(seen, mean.row()));
        return new Memory(rows, all.row(), example.length);
    }

    /** Numbers that are equal if all their bits are. */
    private record Example(float[] numbers) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Example example && Arrays.equals(numbers, example.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    private static final class Mean {
        private final double[] sums;
        private int count;

        Mean(double[] sums) {
            this.sums = sums;
        }

        void add(float[] row) {
            count++;
            for (int o = 0; o < sums.length; o++) {
                sums[o] += row[o];
            }
        }

        float[] row() {
            float[] row = new float[sums.length];
            for (int o = 0; o < row.length; o++) {
                row[o] = (float) (sums[o] / count);
            }
            return row;
        }
    }

    private record Memory(Map<Example, float[]> known, float[] unseen, int features) implements Model {
        @Override
        public Stored stored() {
            return Stored.of("memoriser")
                    .with(
                            SavedModel.EXAMPLES,
                            known.keySet().stream().map(Example::numbers).toArray(float[][]::new))
                    .with("targets", known.values().toArray(float[][]::new))
                    .with("unseen", new float[][] {unseen});
        }

        static Memory read(Stored stored) {
            float[][] examples = stored.floatRows(SavedModel.EXAMPLES);
            float[][] targets = stored.floatRows("targets");
            float[] unseen = stored.floatRows("unseen")[0];
            if (targets.length != examples.length || targets[0].length != unseen.length) {
                throw new DataException("[" + stored.kind() + ", targets] expected " + examples.length + " rows of "
                        + unseen.length + " numbers but received " + targets.length + " of " + targets[0].length);
            }
            Map<Example, float[]> known = new LinkedHashMap<>();
            for (int i = 0; i < examples.length; i++) {
                known.put(new Example(examples[i]), targets[i]);
            }
            return new Memory(known, unseen, examples[0].length);
        }

        @Override
        public float[] predict(float[] example) {
            if (example.length != features) {
                throw new IllegalArgumentException(
                        "[predict] expected " + features + " numbers but received " + example.length);
            }
            return known.getOrDefault(new Example(example.clone()), unseen).clone();
        }

        @Override
        public float[][] predict(Dataset data) {
            float[][] all = new float[data.size()][];
            float[] example = new float[features];
            for (int i = 0; i < all.length; i++) {
                data.read(i, 0, example, 0);
                all[i] = predict(example);
            }
            return all;
        }
    }
}
