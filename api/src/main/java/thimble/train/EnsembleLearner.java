package thimble.train;

import thimble.data.Dataset;

/** An ensemble of one learner as a learner. */
record EnsembleLearner(Ensemble ensemble, Learner member) implements Learner {
    @Override
    public String name() {
        return ensemble.name();
    }

    @Override
    public String summary() {
        return ensemble.summary();
    }

    @Override
    public String source() {
        return ensemble.source();
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        return ensemble.fit(member, train, context);
    }
}
