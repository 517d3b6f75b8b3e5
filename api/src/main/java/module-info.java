import org.jspecify.annotations.NullMarked;

/** Tensors, differentiation, layers, methods and training contracts. */
@NullMarked
module thimble.api {
    requires static org.jspecify;
    requires static com.google.guice;

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
    uses thimble.data.Synthesizer;
    uses thimble.train.Learner;
    uses thimble.train.Loss;
    uses thimble.train.Regularizer;

    provides thimble.backend.Backend with
            thimble.backend.ReferenceBackend;
}
