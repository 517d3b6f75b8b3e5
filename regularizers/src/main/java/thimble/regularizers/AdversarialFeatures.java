package thimble.regularizers;

import java.util.List;
import java.util.Optional;
import thimble.nn.Tap;
import thimble.tensor.Op;
import thimble.tensor.Tensor;
import thimble.train.Calibration;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Adds β times the loss at hidden features h disturbed in the worst direction, h + r with ‖r‖ = ε ‖h‖ per example. The direction maximises
 * KL(p ‖ softmax g(h + r)), where g is the rest of the network; it is found by power iteration from a random start: at the small distance
 * ξ ‖h‖, the gradient of the divergence by r. The stage is a random hidden output (after activation and pooling) per step, or one given
 * stage. r and p are constants for differentiation, h is not unless {@code detach}. Random masks and the batch statistics of
 * normalisations are those of the undisturbed pass, which alone moves running statistics. A random direction of the same length is there for
 * comparison.
 *
 * <p>M. Ishii and A. Sato, "Training Deep Neural Networks with Adversarially Augmented Features for Small-scale Training Datasets", IJCNN
 * 2019: r = argmax KL(g(h), g(h + r)) subject to ‖r‖ ≤ ε ‖h‖. Power iteration after T. Miyato, S. Maeda, M. Koyama and S. Ishii, "Virtual
 * Adversarial Training: A Regularization Method for Supervised and Semi-Supervised Learning", IEEE TPAMI 41(8), 2019. Deviations: values of
 * ε and β, the choice of stages and the way of the gradient below the stage were not published, so those here are our decision; ξ is relative
 * to ‖h‖, because small fixed values drown in float32; {@code kind=kl}, {@code bothSigns}, {@code detach} and the random direction are ours.
 * Patent: US 11,580,383 (NEC) covers adversarial features.
 *
 * @param epsilon size ε in [0, 1] of the disturbance relative to ‖h‖: at 1 it is as long as the features themselves
 * @param beta weight β ≥ 0 of the added loss
 * @param xi distance ξ in (0, 1] of the finite difference relative to ‖h‖
 * @param iterations power iterations, at least 1
 * @param kind the added loss
 * @param at name of the stage, {@code input}, or empty for a random hidden stage per step
 * @param input true to have the input among the random stages
 * @param direction where the disturbance points
 * @param bothSigns true to take r or −r of each example, whichever diverges more
 * @param detach true to keep the added loss's gradient from the layers below the stage
 */
public record AdversarialFeatures(
        double epsilon,
        double beta,
        double xi,
        int iterations,
        Kind kind,
        String at,
        boolean input,
        Direction direction,
        boolean bothSigns,
        boolean detach)
        implements Regularizer {
    /** The loss at the disturbed features. */
    public enum Kind {
        /** KL if the forward pass is random, as with dropout, otherwise CE. */
        AUTO,
        /** The training loss with the true target: the published form. */
        CE,
        /** KL(p ‖ softmax g(h + r)) to the undisturbed prediction p. */
        KL
    }

    /** Where the disturbance points. */
    public enum Direction {
        /** Where the prediction changes most. */
        ADVERSARIAL,
        /** Anywhere, at the same length: what the adversarial direction must beat. */
        RANDOM
    }

    /** ε = 0.1, β = 1, ξ = 0.01, one iteration, at a random hidden stage. */
    public AdversarialFeatures() {
        this(0.1, 1, 1e-2, 1, Kind.AUTO, "", false);
    }

    /** The adversarial direction as it is found, and a gradient that goes on below the stage. */
    public AdversarialFeatures(
            double epsilon, double beta, double xi, int iterations, Kind kind, String at, boolean input) {
        this(epsilon, beta, xi, iterations, kind, at, input, Direction.ADVERSARIAL, false, false);
    }

    /** Checks the ranges. */
    public AdversarialFeatures {
        Checks.share("adversarial-features", "epsilon", epsilon);
        Checks.atLeastZero("adversarial-features", "beta", beta);
        Checks.positive("adversarial-features", "xi", xi, 1);
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
    public String source() {
        return "Ishii, Sato: IJCNN 2019";
    }

    @Override
    public Regularizer calibrate(Calibration before) {
        if (direction == Direction.ADVERSARIAL) {
            Checks.lastLayer(name(), before, "initialize it at random, or use direction=random");
        }
        return this;
    }

    @Override
    public List<Regularizer> variants(List<Tap> taps) {
        List<String> stages = at.isEmpty() ? Stages.of(name(), taps, input) : List.of(at);
        return stages.stream().map(this::fixed).toList();
    }

    private Regularizer fixed(String stage) {
        return new AdversarialFeatures(epsilon, beta, xi, iterations, kind, stage, input, direction, bothSigns, detach);
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor h = at.equals(Stages.INPUT) ? step.input() : step.layer(at); // [n, …]
        Disturbance around = new Disturbance(step, name(), h);
        Tensor r = around.length().mul(step.value("epsilon", epsilon)).mul(direction(step, around)); // [n, …]
        if (bothSigns) {
            r = around.larger(r);
        }
        Tensor disturbed = detach ? around.logitsAlone(h.stopGradient().add(r)) : around.logits(h.add(r)); // [n, k]
        Tensor loss = entropic(step.logits())
                ? around.divergence(disturbed)
                : step.lossFunction().perExample(disturbed, step.target()); // [n, 1]
        Tensor mean = loss.mul(step.weight()).sum().div(step.weight().sum());
        return Optional.of(mean.mul(step.value("beta", beta)));
    }

    private Tensor direction(StepTrace step, Disturbance around) {
        Tensor start = around.random(name());
        return switch (direction) {
            case RANDOM -> start;
            case ADVERSARIAL -> around.worst(start, around.length().mul(step.value("xi", xi)), iterations);
        };
    }

    private boolean entropic(Tensor z) {
        return switch (kind) {
            case CE -> false;
            case KL -> true;
            case AUTO -> Tensor.topological(List.of(z)).stream().anyMatch(tensor -> tensor.op() instanceof Op.Random);
        };
    }
}
