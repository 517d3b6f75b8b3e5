package thimble.augmenters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.backend.Graph;
import thimble.nn.Activation;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Minimize;
import thimble.train.Optimizer;
import thimble.train.Schedule;
import thimble.train.StateVariable;
import thimble.train.StepScalar;

/**
 * The programs of a conditional GAN over one state. Inputs: {@code real} [n, c, h, w], {@code class} [n, k], {@code latent} [n, latent] (for
 * drawing pictures) and {@code gamma}.
 *
 * @param discriminate one step of the discriminator; its output is the discriminator's loss
 * @param generate one step of the generator; its output is the generator's loss
 * @param classify one step of the classifier, if there is one; its output is the classifier's loss
 * @param draw pictures in evaluation mode
 * @param variables all variables
 */
record GanGraphs(Step discriminate, Step generate, Optional<Step> classify, Graph draw, List<StateVariable> variables) {
    static final String REAL = "real";
    static final String CLASS = "class";
    static final String LATENT = "latent";
    static final String GAMMA = "gamma";

    private static final int HIDDEN = 128;
    private static final double NOISE = 0.2;
    private static final double SLOWER = 0.3;

    /**
     * A graph that moves weights.
     *
     * @param graph what runs
     * @param scalars run-time numbers to feed
     */
    record Step(Graph graph, List<StepScalar> scalars) {}

    static GanGraphs of(CGan method, Shape picture, int classes, int steps) {
        int n = method.batch();
        Generator generator = new Generator(picture, method.width());
        Discriminator discriminator = new Discriminator(classes, method.width());
        Tensor ones = Tensor.constant(1, Shape.of(n, 1));
        Tensor real = Tensor.batch(REAL, picture.withFirst(n));
        Tensor y = Tensor.batch(CLASS, Shape.of(n, classes));
        Shape latent = Shape.of(n, method.latent());

        Trace seen = Trace.of(discriminator, "discriminator", noisy(real, "cgan/noise/real"), ones, true);
        Trace made = Trace.of(
                generator, "generator", conditioned(Tensor.normal("cgan/discriminator", latent, true), y), ones, true);
        Tensor onFake = seen.again(
                        discriminator,
                        "discriminator",
                        noisy(made.output().stopGradient(), "cgan/noise/fake"),
                        ones,
                        true)
                .output();
        Tensor realLoss = Discriminator.logit(seen.output(), y).neg().softplus().mean();
        Tensor fakeLoss = Discriminator.logit(onFake, y).softplus().mean();
        Tensor discriminatorLoss = realLoss.add(fakeLoss);
        Minimize detect =
                Minimize.of("discriminator", discriminatorLoss, seen.parameters(), adam(SLOWER * method.rate()), steps);

        Tensor draws = conditioned(Tensor.normal("cgan/generator", latent, true), y);
        Trace fresh = made.again(generator, "generator", draws, ones, true);
        Tensor judged = seen.again(
                        discriminator, "discriminator", noisy(fresh.output(), "cgan/noise/generator"), ones, true)
                .output();
        Tensor adversarial = Discriminator.logit(judged, y).neg().softplus().mean();
        Optional<Classifier> classifier =
                method.gamma() == 0 ? Optional.empty() : Optional.of(Classifier.of(real, y, ones, steps));
        Tensor generatorLoss = classifier
                .map(c -> adversarial.sub(c.difficulty(fresh.output(), y, ones)))
                .orElse(adversarial);
        Minimize deceive = Minimize.of("generator", generatorLoss, made.parameters(), adam(method.rate()), steps);
        Stream<Graph.Update> statistics =
                fresh.updates().stream().map(update -> new Graph.Update(update.buffer(), update.value()));

        Tensor chosen = conditioned(Tensor.batch(LATENT, latent), y);
        Tensor pictures =
                made.again(generator, "generator", chosen, ones, false).output();

        List<StateVariable> variables = new ArrayList<>(variables(seen));
        variables.addAll(variables(made));
        variables.addAll(detect.variables());
        variables.addAll(deceive.variables());
        classifier.ifPresent(c -> variables.addAll(c.variables()));
        return new GanGraphs(
                new Step(new Graph(List.of(discriminatorLoss), detect.updates()), detect.scalars()),
                new Step(
                        new Graph(
                                List.of(generatorLoss),
                                Stream.concat(deceive.updates().stream(), statistics)
                                        .toList()),
                        deceive.scalars()),
                classifier.map(Classifier::step),
                new Graph(List.of(pictures), List.of()),
                List.copyOf(variables));
    }

    private static Tensor conditioned(Tensor latent, Tensor y) {
        return Tensor.concat(1, List.of(latent, y)); // [n, latent + k]
    }

    /** With noise, so that the discriminator cannot go by the finest texture. */
    private static Tensor noisy(Tensor pictures, String use) {
        return pictures.add(Tensor.normal(use, pictures.shape(), true).mul(NOISE));
    }

    private static Optimizer adam(double rate) {
        return new Adam(rate, 0.5, 0.999, 1e-8, Schedule.CONSTANT, 0);
    }

    private static List<StateVariable> variables(Trace trace) {
        Stream<StateVariable> weights =
                trace.parameters().stream().map(p -> new StateVariable(p.name(), p.tensor(), p.initializer()));
        Stream<StateVariable> buffers =
                trace.buffers().stream().map(b -> new StateVariable(b.name(), b.tensor(), b.initializer()));
        return Stream.concat(weights, buffers).toList();
    }

    /**
     * A classifier that is trained first and then stands still; the generator gains from pictures that it finds difficult.
     *
     * @param model its layers
     * @param trace the model applied to real pictures
     * @param step a training step
     * @param variables its variables
     */
    private record Classifier(Sequential model, Trace trace, Step step, List<StateVariable> variables) {
        static Classifier of(Tensor real, Tensor y, Tensor ones, int steps) {
            Sequential model = Sequential.of()
                    .then("flatten", new Flatten())
                    .then("hidden", new Linear(HIDDEN, Activation.RELU))
                    .then("out", new Linear(y.shape().size(1)));
            Trace trace = Trace.of(model, "classifier", real, ones, true);
            Tensor loss = new CrossEntropy().perExample(trace.output(), y).mean();
            Minimize learn = Minimize.of("classifier", loss, trace.parameters(), new Adam(), steps);
            List<StateVariable> variables = new ArrayList<>(GanGraphs.variables(trace));
            variables.addAll(learn.variables());
            return new Classifier(
                    model, trace, new Step(new Graph(List.of(loss), learn.updates()), learn.scalars()), variables);
        }

        /** γ times the cross-entropy on generated pictures, at most 2 ln k, because it has no bound and the generator could leave the class. */
        Tensor difficulty(Tensor pictures, Tensor y, Tensor ones) {
            Tensor loss = new CrossEntropy()
                    .perExample(
                            trace.again(model, "classifier", pictures, ones, false)
                                    .output(),
                            y);
            Tensor most = Tensor.scalar(2 * StrictMath.log(y.shape().size(1)));
            return loss.min(most).mean().mul(Tensor.input(GAMMA));
        }
    }
}
