package thimble.benchmarks.experiments.measurement;

/**
 * A network whose weights decay.
 *
 * @param label name in tables
 * @param spec spec of the model
 * @param deep true if it counts as deep
 */
public record DecayNetwork(String label, String spec, boolean deep) {
    private static final int DEEP = 5;

    /** Fully connected layers, the output among them, hidden ones of 200, with He's first values. */
    public static DecayNetwork layers(int count) {
        return new DecayNetwork(
                "MLP of " + count + " layers", "mlp:hidden=200x" + (count - 1) + ",init=he", count >= DEEP);
    }

    /** A convolutional network with first values {@code he} or {@code glorot}. */
    public static DecayNetwork convolutional(String model, String init) {
        return new DecayNetwork(model + " (" + init + ")", model + ":init=" + init, false);
    }
}
