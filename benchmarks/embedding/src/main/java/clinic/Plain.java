package clinic;

import java.nio.file.Path;
import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Evaluation;
import thimble.train.Regularizer;
import thimble.train.TrainedModel;
import thimble.train.Trainer;

/** Trains, measures, saves and applies a model. */
public final class Plain {
    private Plain() {}

    /** Accuracy on patients that the model has not seen; the model goes to {@code file}. */
    public static double train(Path file) {
        Dataset train = Measurements.patients(100, 1);
        Dataset test = Measurements.patients(1000, 2);
        Backend backend = Backends.choose("auto").backend();
        Trainer trainer = new Trainer(
                backend,
                Models.parse("mlp", train),
                new CrossEntropy(),
                List.of(
                        Methods.parse(Regularizer.class, "dropout:rate=0.2"),
                        Methods.parse(Regularizer.class, "spectreg:lambda=1e-3")),
                new Adam(),
                20,
                40,
                1);
        try (TrainedModel model = trainer.fit(train)) {
            model.save(file);
            return Evaluation.of(model, test).accuracy();
        }
    }

    /** Probabilities of the two findings for one patient. */
    public static float[] predict(Path file, float[] patient) {
        try (TrainedModel model =
                TrainedModel.load(file, Backends.choose("auto").backend())) {
            return model.predict(patient);
        }
    }
}
