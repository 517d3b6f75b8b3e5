package thimble.train;

/** Told about a training as it goes; called on the training thread. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** How many steps apart {@link #step} is called. */
    default int every() {
        return 100;
    }

    /**
     * After a step.
     *
     * @param step steps done
     * @param steps steps in all
     * @param loss loss with penalties at the last step
     */
    default void step(long step, long steps, double loss) {}

    /** How many steps apart {@link #measure} is called; 0 for never. */
    default int measureEvery() {
        return 0;
    }

    /**
     * Between two steps, first before the first one and last after the last one.
     *
     * @param step steps done
     * @param now measures the model as it stands; valid during the call
     */
    default void measure(long step, Calibration now) {}
}
