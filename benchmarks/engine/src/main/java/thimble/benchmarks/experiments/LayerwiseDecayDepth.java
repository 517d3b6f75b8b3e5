package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.benchmarks.experiments.measurement.DecayBalances;
import thimble.benchmarks.experiments.measurement.DecayNetwork;
import thimble.benchmarks.experiments.measurement.DecayStrengths;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Results;
import thimble.benchmarks.reproduction.Size;
import thimble.method.Spec;

/** Weight decay with one λ and with λ by layer on digits, over depth: the mechanism, the error and how exactly λ must be met. */
final class LayerwiseDecayDepth implements Experiment {
    private static final int MAIN = 1000;
    private static final int FEW = 300;

    @Override
    public String name() {
        return "layerwise-decay-depth";
    }

    @Override
    public String letter() {
        return "b";
    }

    @Override
    public String title() {
        return "Weight decay balanced by layer";
    }

    @Override
    public String source() {
        return "M. Ishii, A. Sato, \"Layer-Wise Weight Decay for Deep Neural Networks\", PSIVT 2017; the errors as"
                + " told in a talk of the authors' laboratory: nearly 20 % fewer than with one λ over sample counts on"
                + " MNIST";
    }

    @Override
    public String differences() {
        return "Network, optimizer and the estimate of |Δw| before training were not published: MLPs of 3, 5, 10 and"
            + " 20 layers of 200 with He's first values, LeNet-5 with He's and Glorot's, SGD at 0.02 with momentum 0.9"
            + " and a cosine to 0, batches of 50, 1,000 steps; |Δw| is the mean norm of 96 single examples' gradients."
            + " In each repeat both methods try the same twelve λ (for λ by layer: of the last layer) on a fifth of"
            + " the digits and learn from all of them with the best. Curves over λ show networks trained on the other"
            + " four fifths.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(80, 2));
    }

    @Override
    public List<Part> parts(Form form) {
        return List.of(balances(form), strengths(form));
    }

    @Override
    public List<Plot> plots(Results results) {
        List<Plot> plots = new ArrayList<>();
        Map<String, Records> measured = results.measurements();
        for (Form form : Form.values()) {
            DecayBalances balances = balances(form);
            Optional.ofNullable(measured.get(balances.name()))
                    .flatMap(balances::plot)
                    .ifPresent(plots::add);
            DecayStrengths strengths = strengths(form);
            Optional.ofNullable(measured.get(strengths.name()))
                    .ifPresent(records -> strengths.networks().stream()
                            .flatMap(network -> strengths.plot(network, records).stream())
                            .forEach(plots::add));
        }
        return plots;
    }

    private static DecayBalances balances(Form form) {
        List<DecayNetwork> networks = Stream.concat(
                        layers(form),
                        Stream.of("lenet5", "lenet")
                                .flatMap(model ->
                                        Stream.of("he", "glorot").map(init -> DecayNetwork.convolutional(model, init))))
                .toList();
        return new DecayBalances(
                conditions(), form.choose(MAIN, FEW), form.choose(3, 1), form.choose(500, 40), networks);
    }

    private static DecayStrengths strengths(Form form) {
        List<DecayNetwork> networks = Stream.concat(
                        layers(form),
                        form == Form.FULL
                                ? Stream.of("he", "glorot").map(init -> DecayNetwork.convolutional("lenet5", init))
                                : Stream.of())
                .toList();
        List<Size> sizes = form.choose(
                List.of(new Size(MAIN, 10), new Size(FEW, 6), new Size(3000, 6)), List.of(new Size(FEW, 2)));
        return new DecayStrengths(conditions().steps(form.choose(1000, 150)), networks, sizes, form.choose(MAIN, FEW));
    }

    private static Stream<DecayNetwork> layers(Form form) {
        int[] counts = form == Form.FULL ? new int[] {3, 5, 10, 20} : new int[] {3, 10};
        return IntStream.of(counts).mapToObj(DecayNetwork::layers);
    }

    private static Conditions conditions() {
        return Conditions.of("mnist", "mlp").optimizer("sgd", new Spec.Setting.Value("0.02"));
    }
}
