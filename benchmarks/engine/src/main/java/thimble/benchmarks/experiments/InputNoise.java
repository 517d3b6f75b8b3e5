package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.List;
import thimble.benchmarks.experiments.measurement.RidgeWeights;
import thimble.benchmarks.experiments.measurement.TikhonovTerm;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;

/** Noise on inputs is a penalty on derivatives: the loss it adds, and the weights it leads to. */
final class InputNoise implements Experiment {
    @Override
    public String name() {
        return "input-noise";
    }

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "Noise on inputs is Tikhonov regularization";
    }

    @Override
    public String source() {
        return "C. M. Bishop, \"Training with Noise is Equivalent to Tikhonov Regularization\", Neural Computation"
                + " 7(1), 1995; K. Antczak, \"On Regularization Properties of Artificial Datasets for Deep Learning\","
                + " 2019";
    }

    @Override
    public String differences() {
        return "No numbers were published. The term is ½σ² times the trace of the Hessian of the loss by the input,"
            + " exact, in double precision, over all training examples of trained networks; its first part, σ² times"
            + " the squared Jacobian (½σ² Σ p(1 − p) ‖∂z/∂x‖² for binary cross-entropy), is Bishop's regularizer,"
            + " which leaves out the part that vanishes where outputs are right on average. Two layers are 20 tanh"
            + " units and the output. Inputs are standardised, so that σ counts standard deviations.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(2, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        return List.of(
                new TikhonovTerm(form.choose(2000, 200), form.choose(5, 2)),
                new RidgeWeights("diabetes", form.choose(40_000, 4_000), form.choose(5, 2)));
    }
}
