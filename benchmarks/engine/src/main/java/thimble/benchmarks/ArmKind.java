package thimble.benchmarks;

/** What an arm is for the reader. */
public enum ArmKind {
    /** The first arm: every other is compared with it. */
    BASELINE,
    /** A network with a method. */
    CANDIDATE,
    /** A network without any method. */
    PLAIN,
    /** No network: a forest, a linear model. */
    CLASSICAL
}
