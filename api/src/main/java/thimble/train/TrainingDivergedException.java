package thimble.train;

/** A training whose loss is no longer a finite number; the text names step, layer and primitive. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long step;

    /**
     * At which step and where.
     *
     * @param step from 0
     * @param where the first number that is not finite, in one line
     * @param lines the graph round it
     */
    public TrainingDivergedException(long step, String where, String lines) {
        super("[training] expected a finite loss but diverged at step " + step + " in " + where
                + "; a smaller learning rate is the usual remedy" + (lines.isEmpty() ? "" : "\n" + lines));
        this.step = step;
    }

    /** The step, from 0. */
    public long step() {
        return step;
    }
}
