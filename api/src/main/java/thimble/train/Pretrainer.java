package thimble.train;

import java.util.function.BooleanSupplier;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.method.Method;
import thimble.nn.Layer;

/** A method that gives a model better first weights, such as by training on artificial data. */
public interface Pretrainer extends Method {
    /** First values for some or all variables of the model, by their names. */
    Weights pretrain(Layer model, Dataset train, PretrainContext context);

    /**
     * What a pretrainer may use.
     *
     * @param backend where to train
     * @param seed seed of the trial
     * @param cancelled asked between steps; true ends it early with {@link java.util.concurrent.CancellationException}
     */
    record PretrainContext(Backend backend, long seed, BooleanSupplier cancelled) {}
}
