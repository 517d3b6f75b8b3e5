package thimble.train;

import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.data.Stored;

/** A model that sees features in place of examples. */
record ExtractingModel(FeatureExtractor.Extraction extraction, Model model) implements Model {
    @Override
    public float[] predict(float[] example) {
        return model.predict(extraction.features(example));
    }

    @Override
    public float[][] predict(Dataset data) {
        return model.predict(extraction.apply(data));
    }

    @Override
    public Stored stored() {
        return Stored.of(SavedModel.FEATURES)
                .with("extractor", extraction.stored())
                .with("model", model.stored());
    }

    @Override
    public void close() {
        model.close();
    }
}
