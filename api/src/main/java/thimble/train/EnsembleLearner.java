package thimble.train;

import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.tensor.Shape;

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
    public void check(Shape example, Targets targets) {
        ensemble.check(targets);
        member.check(example, targets);
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        return ensemble.fit(member, train, context);
    }
}
