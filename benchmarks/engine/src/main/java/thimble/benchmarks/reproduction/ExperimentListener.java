package thimble.benchmarks.reproduction;

import thimble.benchmarks.ProgressListener;

/** Told what happens while an experiment runs. */
public interface ExperimentListener {
    /** Hears nothing. */
    ExperimentListener NONE = new ExperimentListener() {};

    /**
     * A size of a study begins.
     *
     * @param number number of the part, from 1
     * @param parts number of parts
     * @return told about its trials
     */
    default ProgressListener study(Study study, Size size, int number, int parts) {
        return ProgressListener.NONE;
    }

    /**
     * Runs of a measurement are done.
     *
     * @param done runs done, those of earlier sessions included
     * @param planned runs in all
     */
    default void measured(Measurement measurement, int done, int planned, int number, int parts) {}

    /** A part is complete. */
    default void finished(Part part) {}
}
