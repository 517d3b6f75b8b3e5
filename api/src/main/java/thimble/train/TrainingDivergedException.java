package thimble.train;

/** A training whose loss is no longer a finite number; the text names step, layer and primitive. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long step;

    /** At which step, and where the first number that is not finite stands. */
    public TrainingDivergedException(long step, String where) {
        super("[training] expected a finite loss but diverged at step " + step + ": " + where
                + "; a smaller learning rate is the usual remedy");
        this.step = step;
    }

    /** The step, from 0. */
    public long step() {
        return step;
    }
}
