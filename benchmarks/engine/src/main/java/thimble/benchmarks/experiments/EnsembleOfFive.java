package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.List;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.Level;

/** Five small networks and one. */
final class EnsembleOfFive implements Experiment {
    private static final int SIZE = 500;
    private static final String ONE = "none";
    private static final String FIVE = "ensemble:members=5";
    private static final String BAGGED = "bagging:members=5";

    @Override
    public String name() {
        return "ensemble-of-five";
    }

    @Override
    public String letter() {
        return "i";
    }

    @Override
    public String title() {
        return "Five small networks know more than one";
    }

    @Override
    public String source() {
        return "L. Brigato, L. Iocchi, \"On the Effectiveness of Neural Ensembles for Image Classification with Small"
                + " Datasets\", 2021: ensembles of small networks beat larger single ones at equal cost";
    }

    @Override
    public String differences() {
        return "LeNet-5 on 500 digits, Adam at 1e-3 with a cosine to 0, 1,000 steps for each member. One"
                + " network of the cost of five is not among the arms.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(5, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions lenet = Conditions.of("mnist", "lenet5").steps(form.choose(1000, 200));
        return List.of(Study.of("ensembles", "Accuracy of one network and of five", lenet)
                .arms(ONE, FIVE, BAGGED)
                .sizes(form.choose(10, 2), SIZE)
                .check(
                        Level.of("one network", ONE, SIZE),
                        Level.of("five networks", FIVE, SIZE),
                        Level.of("five networks on bootstrap samples", BAGGED, SIZE),
                        Gain.atLeast("five networks − one", FIVE, ONE, SIZE, 0.5),
                        Gain.reported("five on bootstrap samples − one", BAGGED, ONE, SIZE)));
    }
}
