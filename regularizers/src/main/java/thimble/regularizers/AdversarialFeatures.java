package thimble.regularizers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.nn.Tap;
import thimble.tensor.Op;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Adds β times the loss at hidden features h disturbed in the worst direction, h + r with ‖r‖ = ε ‖h‖ per example. The direction maximises
 * KL(p ‖ softmax g(h + r)), where g is the rest of the network; it is found by power iteration from a random start: at the small distance
 * ξ ‖h‖, the gradient of the divergence by r. The stage is a random hidden output (after activation and pooling) per step, or one given
 * stage. r and p are constants for differentiation, h is not. Random masks are those of the undisturbed pass; batch
 * statistics after the stage are those of the disturbed batch, and running statistics see the undisturbed one alone.
 *
 * <p>M. Ishii and A. Sato, "Training Deep Neural Networks with Adversarially Augmented Features for Small-scale Training Datasets", IJCNN
 * 2019: r = argmax KL(g(h), g(h + r)) subject to ‖r‖ ≤ ε ‖h‖. Power iteration after T. Miyato, S. Maeda, M. Koyama and S. Ishii, "Virtual
 * Adversarial Training: A Regularization Method for Supervised and Semi-Supervised Learning", IEEE TPAMI 41(8), 2019. Deviations: values of
 * ε and β and the choice of stages were not published; ξ is relative to ‖h‖, because small fixed values drown in float32. Patent:
 * US 11,580,383 (NEC) covers adversarial features.
 *
 * @param epsilon size ε ≥ 0 of the disturbance relative to ‖h‖
 * @param beta weight β ≥ 0 of the added loss
 * @param xi distance ξ &gt; 0 of the finite difference relative to ‖h‖
 * @param iterations power iterations, at least 1
 * @param kind the added loss
 * @param at name of the stage, {@code input}, or empty for a random hidden stage per step
 * @param input true to have the input among the random stages
 */
public record AdversarialFeatures(
        double epsilon, double beta, double xi, int iterations, Kind kind, String at, boolean input)
        implements Regularizer {
    private static final String INPUT = "input";
    private static final double TINY = 1e-30; // keeps 0 / 0 away and is still a normal float

    /** The loss at the disturbed features. */
    public enum Kind {
        /** KL if the forward pass is random, as with dropout, otherwise CE. */
        AUTO,
        /** The training loss with the true target: the published form. */
        CE,
        /** KL(p ‖ softmax g(h + r)) to the undisturbed prediction p. */
        KL
    }

    /** ε = 0.1, β = 1, ξ = 0.01, one iteration, at a random hidden stage. */
    public AdversarialFeatures() {
        this(0.1, 1, 1e-2, 1, Kind.AUTO, "", false);
    }

    /** Checks the ranges. */
    public AdversarialFeatures {
        Checks.atLeastZero("adversarial-features", "epsilon", epsilon);
        Checks.atLeastZero("adversarial-features", "beta", beta);
        Checks.positive("adversarial-features", "xi", xi);
        Checks.atLeastOne("adversarial-features", "iterations", iterations);
    }

    @Override
    public String name() {
        return "adversarial-features";
    }

    @Override
    public String summary() {
        return "trains on hidden features disturbed in the worst direction";
    }

    @Override
    public List<Regularizer> variants(List<Tap> taps) {
        List<String> stages = at.isEmpty() ? stages(taps) : List.of(at);
        return stages.stream().map(this::fixed).toList();
    }

    private List<String> stages(List<Tap> taps) {
        Stream<String> hidden =
                taps.stream().filter(AdversarialFeatures::hidden).map(Tap::name);
        List<String> stages =
                Stream.concat(input ? Stream.of(INPUT) : Stream.empty(), hidden).toList();
        if (stages.isEmpty()) {
            throw new IllegalArgumentException(
                    "[adversarial-features] expected a model with hidden stages; input=true disturbs its input");
        }
        return stages;
    }

    private static boolean hidden(Tap tap) {
        return tap.kind() == Tap.Kind.MAP || tap.kind() == Tap.Kind.HIDDEN;
    }

    private Regularizer fixed(String stage) {
        return new AdversarialFeatures(epsilon, beta, xi, iterations, kind, stage, input);
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor z = step.logits(); // [n, k]
        if (z.shape().size(1) < 2) {
            throw new IllegalArgumentException(
                    "[adversarial-features] expected at least 2 classes but received an output " + z.shape());
        }
        Tensor h = at.equals(INPUT) ? step.input() : step.layer(at); // [n, …]
        Tensor logP = z.logSoftmax().stopGradient(); // [n, k]
        Tensor length = length(h).stopGradient(); // [n, 1, …]
        Tensor direction = unit(step.normal("adversarial-features", h.shape())); // [n, …]
        for (int i = 0; i < iterations; i++) {
            Tensor probe = length.mul(step.value("xi", xi)).mul(direction);
            Tensor divergence = divergence(
                            logP, step.logitsWith(Map.of(h, h.stopGradient().add(probe))))
                    .sum();
            direction = unit(divergence.gradient(probe)).stopGradient();
        }
        Tensor r = length.mul(step.value("epsilon", epsilon)).mul(direction);
        Tensor disturbed = step.logitsWith(Map.of(h, h.add(r)));
        Tensor loss = entropic(z)
                ? divergence(logP, disturbed)
                : step.lossFunction().perExample(disturbed, step.target()); // [n, 1]
        Tensor mean = loss.mul(step.weight()).sum().div(step.weight().sum());
        return Optional.of(mean.mul(step.value("beta", beta)));
    }

    private boolean entropic(Tensor z) {
        return switch (kind) {
            case CE -> false;
            case KL -> true;
            case AUTO -> Tensor.topological(List.of(z)).stream().anyMatch(tensor -> tensor.op() instanceof Op.Random);
        };
    }

    /** KL(p ‖ q) of each example [n, 1] from log p and the logits of q. */
    private static Tensor divergence(Tensor logP, Tensor z) {
        return logP.exp().mul(logP.sub(z.logSoftmax())).sum(1);
    }

    /** Euclidean norm of each example, [n, 1, …]. */
    private static Tensor length(Tensor h) {
        return h.square().sum(h.shape().axesFrom(1)).sqrt();
    }

    /** Each example at length 1; divided by its largest element first, because squares of small gradients vanish in float32. */
    private static Tensor unit(Tensor d) {
        Tensor largest = d.abs().max(d.shape().axesFrom(1)); // [n, 1, …]
        Tensor scaled = d.div(largest.max(Tensor.scalar(TINY)));
        return scaled.div(length(scaled).max(Tensor.scalar(TINY)));
    }
}
