package thimble.train;

import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.method.Method;

/** A method that trains several members of one learner and combines what they say. */
public interface Ensemble extends Method {
    /** Number of members, at least 1. */
    int members();

    /**
     * Refuses targets that do not fit the way of combining, before any training.
     *
     * @throws IllegalArgumentException if they do not; the text says which way does
     */
    default void check(Targets targets) {}

    /**
     * Trains the members, each with a seed of its own.
     *
     * @throws IllegalArgumentException if the data do not fit the way of combining
     */
    EnsembleModel fit(Learner member, Dataset train, LearnContext context);

    /** The learner of the whole. */
    default Learner of(Learner member) {
        return new EnsembleLearner(this, member);
    }
}
