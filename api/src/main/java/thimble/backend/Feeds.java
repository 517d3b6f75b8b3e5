package thimble.backend;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** Checks what an executable is fed and asked for. */
public final class Feeds {
    private final Map<String, Feed> feeds = new HashMap<>();
    private final int[] lengths;
    private int missing;
    private boolean closed;

    private static final class Feed {
        final Tensor tensor;
        final int elements;
        boolean given;

        Feed(Tensor tensor) {
            this.tensor = tensor;
            this.elements = tensor.shape().elements();
        }
    }

    /** Checks for these inputs and the outputs of a graph. */
    public Feeds(Collection<Tensor> inputs, Graph graph) {
        lengths = graph.outputs().stream()
                .mapToInt(output -> output.shape().elements())
                .toArray();
        for (Tensor tensor : inputs) {
            if (tensor.op() instanceof Op.Input(var name, var _, var _, int _)) {
                feeds.put(name, new Feed(tensor));
            }
        }
        missing = feeds.size() - (feeds.containsKey(Key.NAME) ? 1 : 0);
    }

    /**
     * The FLOAT32 input of this name, which counts as fed from now on.
     *
     * @throws IllegalArgumentException if there is none or its length differs
     */
    public Tensor floats(String name, int length) {
        return feed(name, DType.FLOAT32, length);
    }

    /**
     * The INT32 input of this name, which counts as fed from now on.
     *
     * @throws IllegalArgumentException if there is none or its length differs
     */
    public Tensor ints(String name, int length) {
        return feed(name, DType.INT32, length);
    }

    private Tensor feed(String name, DType dtype, int length) {
        open();
        Feed feed = feeds.get(name);
        if (feed == null) {
            throw new IllegalArgumentException("[feed] unknown input '" + name + "'; there are: "
                    + String.join(", ", new TreeSet<>(feeds.keySet())));
        }
        if (feed.tensor.dtype() != dtype || feed.elements != length) {
            throw new IllegalArgumentException("[feed] expected "
                    + feed.tensor.shape().elements() + " numbers of " + feed.tensor.dtype() + " for '" + name + "' "
                    + feed.tensor.shape() + " but received " + length + " of " + dtype);
        }
        if (!feed.given) {
            feed.given = true;
            missing -= name.equals(Key.NAME) ? 0 : 1;
        }
        return feed.tensor;
    }

    /**
     * Checks that every input was fed.
     *
     * @throws IllegalStateException naming the first that was not, or if the executable is closed
     */
    public void check() {
        open();
        if (missing > 0) {
            feeds.forEach((name, feed) -> {
                if (!feed.given && !name.equals(Key.NAME)) {
                    throw new IllegalStateException("[run] expected input '" + name + "' " + feed.tensor.shape()
                            + " to be fed before the first run");
                }
            });
        }
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("[executable] expected an open executable but received a closed one");
        }
    }

    /** Refuses everything from now on; false if it already does. */
    public boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /**
     * Checks the range of a step.
     *
     * @throws IllegalArgumentException if it is not in [0, 2³¹)
     */
    public static void step(long step) {
        if (step < 0 || step > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("[run] expected a step in [0, 2^31) but received " + step);
        }
    }

    /** Writes the words of the random key without allocating. */
    public static void key(long seed, long step, int[] into) {
        into[0] = (int) seed;
        into[1] = (int) (seed >>> 32);
        into[2] = (int) step;
    }

    /**
     * Of an output the values of so many runs are asked for from now on.
     *
     * @throws IllegalArgumentException if there is no such output, or {@code runs} is below 1
     */
    public void keep(int output, int runs) {
        output(output);
        if (runs < 1) {
            throw new IllegalArgumentException("[keep] expected >= 1 runs but received " + runs);
        }
        lengths[output] = Math.multiplyExact(lengths[output], runs);
    }

    private void output(int output) {
        open();
        if (output < 0 || output >= lengths.length) {
            throw new IllegalArgumentException(
                    "[fetch] expected an output in 0.." + (lengths.length - 1) + " but received " + output);
        }
    }

    /**
     * Checks that there is an output at a position and an array of this length is for it.
     *
     * @throws IllegalArgumentException if not
     */
    public void output(int output, int length) {
        output(output);
        if (lengths[output] != length) {
            throw new IllegalArgumentException("[fetch] expected room for " + lengths[output] + " numbers of output "
                    + output + " but received " + length);
        }
    }
}
