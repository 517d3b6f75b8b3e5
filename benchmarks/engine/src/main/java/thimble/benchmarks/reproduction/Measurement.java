package thimble.benchmarks.reproduction;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** A part of an experiment that is no comparison: numbers from runs of its own. */
public non-sealed interface Measurement extends Part {
    /** The runs, in the order started; each is done once and kept, several may run at once. */
    List<Run> runs(Form form);

    /** How much ran, in a few words: examples and repeats. */
    String extent();

    /** The rows, from the values of the runs that are done. */
    List<Finding> findings(Records records);

    /**
     * One run.
     *
     * @param key name of the run, unique in the measurement; says everything that its values depend on
     * @param work what is done; a result depends on the key alone
     */
    record Run(String key, Work work) {}

    /** What a run does. */
    @FunctionalInterface
    interface Work {
        /**
         * Values by name.
         *
         * @throws CancellationException if the bench was cancelled
         */
        Map<String, Double> values(Bench bench);
    }
}
