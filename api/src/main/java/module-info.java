import org.jspecify.annotations.NullMarked;

/** Tensors, differentiation, layers, methods and training contracts. */
@NullMarked
module thimble.api {
    requires static org.jspecify;
    requires static com.google.guice;
    requires static jakarta.inject;

    exports thimble.tensor;
    exports thimble.method;
    exports thimble.backend;
    exports thimble.data;
    exports thimble.nn;
    exports thimble.train;
    exports thimble.inject;

    uses thimble.backend.Backend;
    uses thimble.data.Augmenter;
    uses thimble.data.DatasetSource;
    uses thimble.data.FeatureExtractor;
    uses thimble.data.Synthesizer;
    uses thimble.nn.Architecture;
    uses thimble.train.Ensemble;
    uses thimble.train.Learner;
    uses thimble.train.Loss;
    uses thimble.train.Optimizer;
    uses thimble.train.Pretrainer;
    uses thimble.train.Regularizer;
    uses thimble.train.ValidationStopping;

    provides thimble.backend.Backend with
            thimble.backend.ReferenceBackend;
    provides thimble.nn.Architecture with
            thimble.nn.LogisticModel,
            thimble.nn.MlpModel,
            thimble.nn.LenetModel,
            thimble.nn.Lenet5Model,
            thimble.nn.Resnet8Model,
            thimble.nn.Resnet20Model,
            thimble.nn.WideResnetModel,
            thimble.nn.GruModel;
    provides thimble.train.Ensemble with
            thimble.train.Bagging,
            thimble.train.DeepEnsemble;
    provides thimble.train.Loss with
            thimble.train.CrossEntropy,
            thimble.train.BinaryCrossEntropy,
            thimble.train.MeanSquaredError,
            thimble.train.CosineLoss,
            thimble.train.FocalLoss;
    provides thimble.train.Optimizer with
            thimble.train.Sgd,
            thimble.train.Adam,
            thimble.train.AdamW;
    provides thimble.train.ValidationStopping with
            thimble.train.ValidationStopping;
}
