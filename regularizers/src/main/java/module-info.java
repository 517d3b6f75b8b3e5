import org.jspecify.annotations.NullMarked;

/** Regularizers, one record per method. */
@NullMarked
module thimble.regularizers {
    requires static org.jspecify;
    requires transitive thimble.api;

    exports thimble.regularizers;

    provides thimble.train.Regularizer with
            thimble.regularizers.AdversarialFeatures,
            thimble.regularizers.Asam,
            thimble.regularizers.CutMix,
            thimble.regularizers.DataGrad,
            thimble.regularizers.Decoupled,
            thimble.regularizers.DropConnect,
            thimble.regularizers.Dropout,
            thimble.regularizers.Elastic,
            thimble.regularizers.Ema,
            thimble.regularizers.GaussianNoise,
            thimble.regularizers.GradualUnfreezing,
            thimble.regularizers.Jacobian,
            thimble.regularizers.L1,
            thimble.regularizers.L2,
            thimble.regularizers.L2Sp,
            thimble.regularizers.LabelSmoothing,
            thimble.regularizers.LayerwiseDecay,
            thimble.regularizers.LayerwiseRate,
            thimble.regularizers.ManifoldMixup,
            thimble.regularizers.MaxNorm,
            thimble.regularizers.Mixup,
            thimble.regularizers.RDrop,
            thimble.regularizers.Sam,
            thimble.regularizers.SpectReg,
            thimble.regularizers.Swa,
            thimble.regularizers.Vat;
}
