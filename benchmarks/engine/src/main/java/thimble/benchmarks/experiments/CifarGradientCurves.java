package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import thimble.benchmarks.experiments.measurement.CurveNetwork;
import thimble.benchmarks.experiments.measurement.CurveTuning;
import thimble.benchmarks.experiments.measurement.EpochCurves;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Results;

/** Gradient regularization of a residual network on all but a fifth of CIFAR-10, with augmentation. */
final class CifarGradientCurves implements Experiment {
    private static final String PLAIN = "none";
    private static final String DATAGRAD = "datagrad";
    private static final String SPECTREG = "spectreg";
    private static final double RATE = 0.1;

    @Override
    public String name() {
        return "cifar-gradient-curves";
    }

    @Override
    public String letter() {
        return "g";
    }

    @Override
    public String title() {
        return "Gradient regularization helps on CIFAR-10 with augmentation too";
    }

    @Override
    public String source() {
        return "D. Varga, A. Csiszárik, Z. Zombori, \"Gradient Regularization Improves Accuracy of Discriminative"
                + " Models\", arXiv:1712.09936, 2017: a figure over epochs, without numbers";
    }

    @Override
    public String differences() {
        return "The network was not published: ResNet-20 with batch normalization, SGD at 0.1 with momentum 0.9 and a"
            + " cosine to 0, weight decay 5e-4, batches of 128, crops and flips. Batches 1 to 4 are learnt from and"
            + " batch 5 is the test set. Each arm has three short trainings on 5,000 pictures to choose from: of the"
            + " learning rate without a regularizer, of its strength with one. Cut: 30 epochs and one training per"
            + " arm, so the intervals know the test pictures alone.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(120, 3));
    }

    @Override
    public List<Part> parts(Form form) {
        CurveTuning tuning = tuning(form);
        return List.of(tuning, curves(form, tuning));
    }

    @Override
    public List<Plot> plots(Results results) {
        Optional<Records> records = Optional.ofNullable(results.measurements().get("epochs"));
        return records.stream()
                .flatMap(measured ->
                        Stream.of(Form.values()).flatMap(form -> curves(form, tuning(form)).plot(measured).stream()))
                .toList();
    }

    private static EpochCurves curves(Form form, CurveTuning tuning) {
        CurveNetwork network = CurveNetwork.residual(form.choose(40_000, 1_500), form.choose(30, 2));
        return new EpochCurves(network, tuning, form.choose(10_000, 1_000), List.of(PLAIN, DATAGRAD, SPECTREG));
    }

    private static CurveTuning tuning(Form form) {
        CurveNetwork small = CurveNetwork.residual(form.choose(5_000, 400), form.choose(5, 1));
        Map<String, List<CurveTuning.Candidate>> candidates = new LinkedHashMap<>();
        candidates.put(
                PLAIN,
                DoubleStream.of(RATE, RATE / 2, RATE * 2)
                        .mapToObj(rate -> new CurveTuning.Candidate(PLAIN, rate))
                        .toList());
        candidates.put(DATAGRAD, strengths(DATAGRAD, 0.1, 0.01, 1));
        candidates.put(SPECTREG, strengths(SPECTREG, 1e-3, 1e-4, 1e-2));
        return new CurveTuning(small, candidates);
    }

    private static List<CurveTuning.Candidate> strengths(String method, double... lambdas) {
        List<CurveTuning.Candidate> all = new ArrayList<>();
        for (double lambda : lambdas) {
            all.add(new CurveTuning.Candidate(method + ":lambda=" + lambda, RATE));
        }
        return all;
    }
}
