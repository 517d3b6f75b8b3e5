package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.List;
import thimble.benchmarks.experiments.measurement.JacobianFall;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.method.Spec;

/** The example that comes with the published program of Jacobian regularization. */
final class JacobianExample implements Experiment {
    private static final double MEAN = 0.1307;
    private static final double DEVIATION = 0.3081;

    @Override
    public String name() {
        return "jacobian-example";
    }

    @Override
    public String letter() {
        return "i";
    }

    @Override
    public String title() {
        return "Jacobian regularization of a small network on all digits";
    }

    @Override
    public String source() {
        return "J. Hoffman, D. A. Roberts, S. Yaida, \"Robust Learning with Jacobian Regularization\","
                + " arXiv:1908.02729, 2019; the numbers are those of the example of their program";
    }

    @Override
    public String differences() {
        return "As published: pixels less 0.1307 over 0.3081, 784-200-200-10 with Glorot's first values, plain descent"
            + " at 0.01 with momentum 0.9, weight decay 5e-4 of all parameters, batches of 64, 5 passes, λ = 0.1."
            + " Theirs is one training and the last batch of test digits; here several trainings and the first 1,000.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(6, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions plain = Conditions.of("mnist", "mlp:hidden=200-200,init=glorot")
                .optimizer("sgd:momentum=0.9,schedule=constant", new Spec.Setting.Value("0.01"))
                .batch(64);
        return List.of(new JacobianFall(
                plain.epochs(form.choose(5, 1)), MEAN, DEVIATION, form.choose(3, 1), form == Form.FULL));
    }
}
