package thimble.train;

import thimble.data.Split;
import thimble.tensor.Key;

/**
 * Which examples stand in which step: consecutive windows over the endless sequence of epoch permutations, so every
 * batch is full and no example is lost. For one thread at a time.
 */
final class BatchOrder {
    private final int examples;
    private final int batch;
    private final long seed;
    private long epoch = -1;
    private int[] permutation = {};

    BatchOrder(int examples, int batch, long seed) {
        this.examples = examples;
        this.batch = batch;
        this.seed = seed ^ Key.stream("order");
    }

    /** Epoch of one place in a step. */
    long epoch(long step, int place) {
        return (step * batch + place) / examples;
    }

    /** Example at one place in a step. */
    int index(long step, int place) {
        long wanted = epoch(step, place);
        if (wanted != epoch) {
            permutation = Split.permutation(examples, Mix.of(seed, wanted));
            epoch = wanted;
        }
        return permutation[(int) ((step * batch + place) % examples)];
    }
}
