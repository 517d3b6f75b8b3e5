package thimble.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import thimble.data.Augmenter;
import thimble.data.FeatureExtractor;
import thimble.data.Synthesizer;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.tensor.Shape;
import thimble.train.Ensemble;
import thimble.train.ExtractingLearner;
import thimble.train.Learner;
import thimble.train.Loss;
import thimble.train.Pretrainer;
import thimble.train.Regularizer;
import thimble.train.ValidationStopping;

/**
 * The methods of an arm by kind, each in the order declared. {@code none} stands for no method.
 *
 * @param learner what learns in place of a network, if anything; then there is no method that is for networks alone
 * @param ensemble what trains several of them, if anything
 * @param extractors what makes features of examples, in order
 * @param regularizers change the training step
 * @param augmenters change training examples
 * @param synthesizers add training examples
 * @param pretrainers give first weights
 * @param loss in place of the comparison's loss, if any
 * @param stopping what ends the training early, if anything
 */
public record ArmMethods(
        Optional<Learner> learner,
        Optional<Ensemble> ensemble,
        List<FeatureExtractor> extractors,
        List<Regularizer> regularizers,
        List<Augmenter> augmenters,
        List<Synthesizer> synthesizers,
        List<Pretrainer> pretrainers,
        Optional<Loss> loss,
        Optional<ValidationStopping> stopping) {
    /** The arm without any method. */
    static final String NONE = "none";

    private static final List<Class<? extends Method>> KINDS = List.of(
            Regularizer.class,
            Augmenter.class,
            Loss.class,
            Learner.class,
            Ensemble.class,
            FeatureExtractor.class,
            Synthesizer.class,
            Pretrainer.class,
            ValidationStopping.class);

    /**
     * Builds the methods of an arm without brackets.
     *
     * @throws IllegalArgumentException if a name or setting is unknown or out of range, or methods do not go together
     */
    public static ArmMethods of(Arm arm) {
        List<Method> methods = new ArrayList<>();
        for (Spec part : arm.parts()) {
            if (!part.name().equals(NONE)) {
                methods.add(Methods.parse(KINDS, part));
            } else if (arm.parts().size() > 1 || !part.settings().isEmpty()) {
                throw new IllegalArgumentException("[methods] expected none alone but received " + arm.text());
            }
        }
        checkOnce(methods);
        ArmMethods sorted = new ArmMethods(
                single(arm, Learner.class, "learner", methods),
                single(arm, Ensemble.class, "ensemble", methods),
                all(FeatureExtractor.class, methods),
                all(Regularizer.class, methods),
                all(Augmenter.class, methods),
                all(Synthesizer.class, methods),
                all(Pretrainer.class, methods),
                single(arm, Loss.class, "loss", methods),
                single(arm, ValidationStopping.class, "rule that stops early", methods));
        boolean forNetworks = !sorted.regularizers.isEmpty()
                || !sorted.pretrainers.isEmpty()
                || sorted.loss.isPresent()
                || sorted.stopping.isPresent();
        if (sorted.learner.isPresent() && forNetworks) {
            throw new IllegalArgumentException(
                    "[methods] expected " + sorted.learner.get().name()
                            + " without methods for networks, as it is none, but received " + arm.text());
        }
        if (sorted.stopping.isPresent() && !sorted.extractors.isEmpty()) {
            throw new IllegalArgumentException("[methods] expected early-stopping without "
                    + sorted.extractors.getFirst().name()
                    + ", whose features are fitted to all training examples, but received " + arm.text());
        }
        return sorted;
    }

    /**
     * The learner of the arm round the one that learns from features: extractors are fitted to what each member of an ensemble learns from.
     */
    Learner around(Learner inner) {
        Learner learner = inner;
        for (FeatureExtractor extractor : extractors.reversed()) {
            learner = new ExtractingLearner(extractor, learner);
        }
        return ensemble.isPresent() ? ensemble.get().of(learner) : learner;
    }

    /** True if one network learns, from examples or from features. */
    public boolean oneNetwork() {
        return learner.isEmpty() && ensemble.isEmpty();
    }

    /**
     * Refuses methods whose model cannot be saved and read again.
     *
     * @throws IllegalArgumentException with the name of the method
     */
    public void checkSaved() {
        learner.filter(one -> one.reader().isEmpty()).ifPresent(ArmMethods::refuse);
        extractors.stream().filter(one -> one.reader().isEmpty()).forEach(ArmMethods::refuse);
    }

    private static void refuse(Method method) {
        throw new IllegalArgumentException("[methods] expected methods whose models can be saved but those of "
                + method.name() + " cannot; compare judges it beside others");
    }

    /** Shape of the features that are made of examples of a shape. */
    Shape features(Shape example) {
        Shape shape = example;
        for (FeatureExtractor extractor : extractors) {
            shape = extractor.features(shape);
        }
        return shape;
    }

    private static <T> List<T> all(Class<T> kind, List<Method> methods) {
        return methods.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Of two methods of one name one would be lost; regularizers may act at several places, so training judges these. */
    private static void checkOnce(List<Method> methods) {
        Set<String> names = new HashSet<>();
        for (Method method : methods) {
            if (!(method instanceof Regularizer) && !names.add(method.name())) {
                throw new IllegalArgumentException(
                        "[" + method.name() + "] expected one method of this name but received two; leave one out");
            }
        }
    }

    private static <T extends Method> Optional<T> single(Arm arm, Class<T> kind, String what, List<Method> methods) {
        List<T> found = all(kind, methods);
        if (found.size() > 1) {
            throw new IllegalArgumentException("[methods] expected at most one " + what + " but received "
                    + found.stream().map(Method::name).collect(Collectors.joining(" and ")) + " in " + arm.text()
                    + "; leave one of them out");
        }
        return found.stream().findFirst();
    }
}
