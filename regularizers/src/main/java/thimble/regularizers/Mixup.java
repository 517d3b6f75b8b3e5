package thimble.regularizers;

import java.util.List;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Trains on mixtures of pairs of examples, x̃ = λ x + (1 − λ) x′ with target ỹ = λ y + (1 − λ) y′; one λ ~ Beta(α, α) per step for the whole
 * batch. With cross-entropy this is λ CE(y) + (1 − λ) CE(y′).
 *
 * <p>H. Zhang, M. Cisse, Y. N. Dauphin and D. Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018, equation 2, and their code.
 * Deviation: the partner of an example is its neighbour in the shuffled batch, not a further permutation, so nobody is its own partner.
 *
 * @param alpha α in [0, 1000]; small values leave most examples nearly alone, 1 makes λ uniform, 1000 leaves λ at ½ up to a few hundredths, 0 is
 *     plain training
 */
public record Mixup(double alpha) implements Regularizer {
    /** α = 1. */
    public Mixup() {
        this(1);
    }

    /** Checks that α is in [0, 1000]. */
    public Mixup {
        Checks.atMost("mixup", "alpha", alpha, Pairs.MOST_ALPHA);
    }

    @Override
    public String name() {
        return "mixup";
    }

    @Override
    public String summary() {
        return "trains on mixtures of pairs of examples and of their targets";
    }

    @Override
    public String source() {
        return "Zhang, Cisse, Dauphin, Lopez-Paz: ICLR 2018";
    }

    @Override
    public List<String> excludes() {
        return List.of("cutmix", "manifold-mixup");
    }

    @Override
    public void forward(ForwardHooks hooks) {
        if (alpha == 0) {
            return;
        }
        Tensor share = hooks.perStep("share", (seed, step) -> Pairs.beta(Pairs.random(name(), seed, step), alpha));
        hooks.input(x -> Pairs.mixed(name(), x, share)); // [n, …]
        hooks.target(y -> Pairs.mixed(name(), y, share)); // [n, m]
    }
}
