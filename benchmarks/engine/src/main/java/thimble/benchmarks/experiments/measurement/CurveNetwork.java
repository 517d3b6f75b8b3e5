package thimble.benchmarks.experiments.measurement;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.benchmarks.reproduction.Bench;
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
 * How the networks of curves over epochs learn: by SGD with momentum 0.9 and a cosine to 0, from pictures of the first four batches of CIFAR-10.
 *
 * @param model spec of the model
 * @param base spec of what all arms have beside their regularizer, or {@code none}
 * @param augment specs of augmenters, in order
 * @param batch examples per step
 * @param examples pictures to learn from, the same for all
 * @param epochs passes over them
 */
public record CurveNetwork(String model, String base, List<String> augment, int batch, int examples, int epochs) {
    private static final int POOL = 40_000;
    private static final String NONE = "none";

    /** ResNet-20 with weight decay, crops and flips, batches of 128. */
    public static CurveNetwork residual(int examples, int epochs) {
        return new CurveNetwork("resnet20", "l2:lambda=5e-4", List.of("crop-flip"), 128, examples, epochs);
    }

    /**
     * Pictures to learn from, and the last batch as the test set.
     *
     * @param most most test pictures
     */
    static DatasetSource.Parts pictures(Bench bench, int examples, int most) {
        DatasetSource.Parts all = bench.data().apply("cifar-10");
        Dataset train = all.train();
        boolean five = train.size() > POOL;
        Dataset pool = five ? train.select(IntStream.range(0, POOL).toArray()) : train;
        Dataset last = five
                ? train.select(IntStream.range(POOL, train.size()).toArray())
                : all.test().orElseThrow();
        return new DatasetSource.Parts(
                part(pool, examples, bench.seed()), Optional.of(part(last, most, bench.seed())), Optional.empty());
    }

    private static Dataset part(Dataset data, int count, long seed) {
        return data.select(Split.stratified(data, Math.min(count, data.size()), seed));
    }

    /** Trains with a regularizer's spec, or with none, at a learning rate. */
    Trainer trainer(Bench bench, Dataset train, String method, double rate) {
        String joined =
                Stream.of(base, method).filter(spec -> !spec.equals(NONE)).collect(Collectors.joining("+"));
        return new Trainer(
                bench.backend(),
                Models.parse(model, train),
                new CrossEntropy(),
                ArmMethods.of(Arm.parse(joined.isEmpty() ? NONE : joined)).regularizers(),
                Methods.parse(Optimizer.class, "sgd:rate=" + rate),
                batch,
                epochs,
                bench.seed());
    }

    /** The pictures as they are learnt from. */
    Dataset augmented(Bench bench, Dataset train) {
        Dataset data = train;
        for (String spec : augment) {
            data = Methods.parse(Augmenter.class, spec)
                    .augment(data, new Augmenter.AugmentContext(bench.seed(), Optional.empty()));
        }
        return data;
    }

    /** Steps done when so many epochs are. */
    long steps(int epoch) {
        return Math.ceilDiv((long) epoch * examples, Math.min(batch, examples));
    }
}
