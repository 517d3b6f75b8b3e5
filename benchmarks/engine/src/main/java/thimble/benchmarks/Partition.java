package thimble.benchmarks;

import java.util.Optional;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Decoder;
import thimble.data.Fold;
import thimble.data.Split;

/** Which examples each repeat learns from and is tested on: the same for all arms; under one repeat a smaller size is part of a larger one. */
final class Partition {
    private final Comparison comparison;

    Partition(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Examples that a repeat may learn from. */
    Dataset pool(int repeat) {
        Dataset all = comparison.data().train();
        return fold(repeat).map(fold -> fold.train(all)).orElse(all);
    }

    /** Examples that a repeat is tested on. */
    Dataset test(int repeat) {
        Dataset all = comparison.data().train();
        return fold(repeat)
                .map(fold -> fold.test(all))
                .or(() -> comparison.data().test())
                .orElseThrow(
                        () -> new IllegalStateException("[test] no held-out examples: check the comparison first"));
    }

    /** The training examples of a repeat and size. */
    Dataset train(int repeat, int size) {
        return parts(repeat, size).train();
    }

    /** The training examples of a repeat and size, with their decoder and test set. */
    DatasetSource.Parts parts(int repeat, int size) {
        Dataset pool = pool(repeat);
        int[] chosen = Split.stratified(pool, size, comparison.seed(repeat));
        Optional<Decoder> decoder = comparison
                .data()
                .decoder()
                .map(all -> fold(repeat)
                        .map(fold -> all.select(fold.train()))
                        .orElse(all)
                        .select(chosen));
        return new DatasetSource.Parts(pool.select(chosen), Optional.of(test(repeat)), decoder);
    }

    private Optional<Fold> fold(int repeat) {
        Dataset all = comparison.data().train();
        return switch (comparison.protocol()) {
            case Protocol.Given _ -> Optional.empty();
            case Protocol.Fraction(double share) -> Optional.of(Split.heldOut(all, share, comparison.seed()));
            case Protocol.Folds(int count) -> {
                int repetition = (repeat - 1) / count;
                yield Optional.of(
                        Split.folds(all, count, comparison.seed() + repetition).get((repeat - 1) % count));
            }
        };
    }
}
