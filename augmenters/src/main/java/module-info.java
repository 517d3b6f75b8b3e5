import org.jspecify.annotations.NullMarked;

/** Augmenters and synthesizers, one record per method. */
@NullMarked
module thimble.augmenters {
    requires static org.jspecify;
    requires transitive thimble.api;

    exports thimble.augmenters;

    provides thimble.data.Augmenter with
            thimble.augmenters.Affine,
            thimble.augmenters.CategoricalNoise,
            thimble.augmenters.CropFlip,
            thimble.augmenters.Erasing,
            thimble.augmenters.FeatureNoise;
    provides thimble.data.Synthesizer with
            thimble.augmenters.CGan;
}
