package thimble.benchmarks.experiments;

import java.util.List;
import java.util.stream.Stream;
import thimble.benchmarks.reproduction.Experiment;
import thimble.method.Methods;

/** All experiments. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            new MnistGradientTables(),
            new LayerwiseDecayDepth(),
            new AdversarialFeatureSamples(),
            new GeneralizationGap(),
            new DroppingCapacity(),
            new FeatureNoise(),
            new InputNoise(),
            new CosineLossSamples(),
            new SmallPhotographs(),
            new CifarGradientCurves(),
            new TableDepth(),
            new EnsembleOfFive(),
            new KernelAnchors(),
            new VirtualAdversarial(),
            new JacobianExample(),
            new MethodCurves());

    private Experiments() {}

    /** All experiments, by letter. */
    public static List<Experiment> all() {
        return ALL;
    }

    /**
     * The experiment of a name, or all of a letter.
     *
     * @throws IllegalArgumentException if there is none; the text says what exists and the nearest
     */
    public static List<Experiment> named(String name) {
        List<Experiment> found = ALL.stream()
                .filter(experiment ->
                        experiment.name().equals(name) || experiment.letter().equals(name))
                .toList();
        if (found.isEmpty()) {
            List<String> known = Stream.concat(
                            ALL.stream().map(Experiment::name),
                            ALL.stream().map(Experiment::letter).distinct())
                    .toList();
            throw new IllegalArgumentException("[reproduce] " + Methods.unknown("experiment", name, known));
        }
        return found;
    }
}
