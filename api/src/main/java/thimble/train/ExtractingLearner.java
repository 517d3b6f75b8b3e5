package thimble.train;

import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * A learner that sees features in place of examples; the extractor is fitted to the training examples alone and becomes part of the model.
 *
 * @param extractor makes the features
 * @param learner learns from them
 */
public record ExtractingLearner(FeatureExtractor extractor, Learner learner) implements Learner {
    @Override
    public String name() {
        return learner.name();
    }

    @Override
    public String summary() {
        return learner.summary();
    }

    @Override
    public String source() {
        return learner.source();
    }

    @Override
    public void check(Shape example, Targets targets) {
        learner.check(extractor.features(example), targets);
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        FeatureExtractor.Extraction extraction = extractor.fit(train);
        return new ExtractingModel(extraction, learner.fit(extraction.apply(train), context));
    }
}
