package clinic;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Provides;
import java.util.List;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.inject.ThimbleModule;
import thimble.nn.Models;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Evaluation;
import thimble.train.Regularizer;
import thimble.train.TrainedModel;
import thimble.train.Trainer;

/** The same with Guice: backend and methods by spec, the data bound by the application. */
public final class Injected {
    private final Backend backend;
    private final List<Regularizer> methods;
    private final Dataset train;

    @Inject
    Injected(Backend backend, List<Regularizer> methods, Dataset train) {
        this.backend = backend;
        this.methods = methods;
        this.train = train;
    }

    /** The application's own bindings. */
    static final class ClinicModule extends AbstractModule {
        @Provides
        Dataset patients() {
            return Measurements.patients(100, 1);
        }
    }

    /** Accuracy on patients that the model has not seen. */
    public static double train(String backend, String methods) {
        return Guice.createInjector(new ThimbleModule(backend, methods), new ClinicModule())
                .getInstance(Injected.class)
                .accuracy();
    }

    private double accuracy() {
        Trainer trainer =
                new Trainer(backend, Models.parse("mlp", train), new CrossEntropy(), methods, new Adam(), 20, 40, 1);
        try (TrainedModel model = trainer.fit(train)) {
            return Evaluation.of(model, Measurements.patients(1000, 2)).accuracy();
        }
    }
}
