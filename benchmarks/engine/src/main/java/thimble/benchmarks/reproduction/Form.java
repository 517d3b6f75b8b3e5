package thimble.benchmarks.reproduction;

/** How much of an experiment is run. */
public enum Form {
    /** As the claim asks for. */
    FULL,
    /** Minutes: fewer steps, sizes and repeats; shows that everything runs, and the rough direction. */
    QUICK;

    /** One of two values. */
    public <T> T choose(T full, T quick) {
        return this == FULL ? full : quick;
    }
}
