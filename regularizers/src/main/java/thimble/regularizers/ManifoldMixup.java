package thimble.regularizers;

import java.util.List;
import thimble.nn.Tap;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Mixes the outputs of a random hidden stage of pairs of examples, h̃ = λ h + (1 − λ) h′, and their targets, ỹ = λ y + (1 − λ) y′; one stage
 * and one λ ~ Beta(α, α) per step for the whole batch.
 *
 * <p>V. Verma, A. Lamb, C. Beckham, A. Najafi, I. Mitliagkas, D. Lopez-Paz and Y. Bengio, "Manifold Mixup: Better Representations by
 * Interpolating Hidden States", ICML 2019, and their code (α = 2, long training). Deviations: the partner of an example is its neighbour in
 * the shuffled batch; all hidden stages take part, with the input as an option.
 *
 * @param alpha α in [0, 1000], as of {@link Mixup}; 0 is plain training
 * @param at name of the stage, {@code input}, or empty for a random hidden stage per step
 * @param input true to have the input among the random stages
 */
public record ManifoldMixup(double alpha, String at, boolean input) implements Regularizer {
    /** α = 2 at a random hidden stage. */
    public ManifoldMixup() {
        this(2, "", false);
    }

    /** Checks that α is in [0, 1000]. */
    public ManifoldMixup {
        Checks.atMost("manifold-mixup", "alpha", alpha, Pairs.MOST_ALPHA);
    }

    @Override
    public String name() {
        return "manifold-mixup";
    }

    @Override
    public String summary() {
        return "trains on mixtures of pairs at a random hidden stage";
    }

    @Override
    public String source() {
        return "Verma et al.: ICML 2019";
    }

    @Override
    public List<String> excludes() {
        return List.of("mixup", "cutmix");
    }

    @Override
    public List<Regularizer> variants(List<Tap> taps) {
        if (!at.isEmpty() || alpha == 0) {
            return List.of(this);
        }
        return Stages.of(name(), taps, input).stream()
                .map(stage -> (Regularizer) new ManifoldMixup(alpha, stage, input))
                .toList();
    }

    @Override
    public void forward(ForwardHooks hooks) {
        if (alpha == 0) {
            return;
        }
        Tensor share = hooks.perStep("share", (seed, step) -> Pairs.beta(Pairs.random(name(), seed, step), alpha));
        if (at.equals(Stages.INPUT)) {
            hooks.input(x -> Pairs.mixed(name(), x, share)); // [n, …]
        } else {
            hooks.layer(at, h -> Pairs.mixed(name(), h, share)); // [n, …]
        }
        hooks.target(y -> Pairs.mixed(name(), y, share)); // [n, m]
    }
}
