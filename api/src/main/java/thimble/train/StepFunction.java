package thimble.train;

/**
 * A run-time number of a step as a function of the trial, such as a learning rate or a mixing coefficient; never part
 * of a graph.
 */
@FunctionalInterface
public interface StepFunction {
    /**
     * The number of one step; the same for the same arguments.
     *
     * @param seed seed of the trial
     * @param step from 0
     */
    double at(long seed, long step);
}
