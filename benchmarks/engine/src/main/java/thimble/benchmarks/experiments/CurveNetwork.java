package thimble.benchmarks.experiments;

import java.util.Optional;
import java.util.stream.IntStream;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Split;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.train.CrossEntropy;
import thimble.train.Optimizer;
import thimble.train.Trainer;

/**
 * How the networks of curves over epochs learn: on pictures of the first four batches of CIFAR-10, with crops and flips, weight decay 5e-4, SGD
 * with momentum 0.9 and a cosine to 0, batches of 128.
 *
 * @param model spec of the model
 * @param examples pictures to learn from, the same for all
 * @param epochs passes over them
 */
record CurveNetwork(String model, int examples, int epochs) {
    static final double RATE = 0.1;
    private static final int POOL = 40_000;
    private static final int BATCH = 128;
    private static final String DECAY = "l2:lambda=5e-4";

    /**
     * Pictures to learn from, and batch 5 as the test set.
     *
     * @param test most test pictures
     */
    static DatasetSource.Parts pictures(Bench bench, int examples, int test) {
        DatasetSource.Parts all = bench.data().apply("cifar-10");
        boolean five = all.train().size() > POOL;
        Dataset pool = five
                ? all.train().select(IntStream.range(0, POOL).toArray())
                : all.train();
        Dataset last = five
                ? all.train().select(IntStream.range(POOL, all.train().size()).toArray())
                : all.test().orElseThrow();
        return new DatasetSource.Parts(first(pool, examples, bench.seed()), Optional.of(first(last, test, 0)), all.decoder());
    }

    private static Dataset first(Dataset data, int count, long seed) {
        return data.select(Split.stratified(data, Math.min(count, data.size()), seed));
    }

    /** Trains with a regularizer, or with none, at a learning rate. */
    Trainer trainer(Bench bench, Dataset train, String method, double rate) {
        String spec = method.equals("none") ? DECAY : DECAY + "+" + method;
        return new Trainer(
                bench.backend(),
                Models.parse(model, train),
                new CrossEntropy(),
                ArmMethods.of(Arm.parse(spec)).regularizers(),
                Methods.parse(Optimizer.class, "sgd:rate=" + rate),
                BATCH,
                epochs,
                bench.seed());
    }

    /** The pictures with crops and flips. */
    static Dataset augmented(Bench bench, Dataset train) {
        return Methods.parse(Augmenter.class, "crop-flip")
                .augment(train, new Augmenter.AugmentContext(bench.seed(), Optional.empty()));
    }

    /** Steps done when so many epochs are. */
    long steps(int epoch) {
        return Math.ceilDiv((long) epoch * examples, Math.min(BATCH, examples));
    }
}
