package thimble.augmenters;

import java.util.random.RandomGenerator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.Decoder;
import thimble.tensor.Key;

/**
 * Noise on what lies behind an example: with a known decoder x = d(z) each example becomes d(z + r), rⱼ ~ N(0, (σ sⱼ)²) where sⱼ is the natural
 * spread of factor j, or d(r ∘ z), rⱼ ~ N(1, σ²). Factors without spread, such as the class, stay. The example itself is not read, so this
 * must be the first of several augmenters. With a linear decoder D and squared error the expectation of the additive form is the loss plus
 * σ² ‖W D diag(s)‖²_F.
 *
 * <p>K. Antczak, "On Regularization Properties of Artificial Datasets for Deep Learning", 2019: x̂ = d(z + r) and x̂ = d(r ∘ z). Deviation: none;
 * the unit of σ is ours.
 *
 * @param sigma standard deviation σ in [0, 1000], in units of each factor's spread, or of 1 if multiplicative
 * @param multiplicative true for d(r ∘ z)
 */
public record FeatureNoise(double sigma, boolean multiplicative) implements Augmenter {
    /** Additive with σ = 0.3. */
    public FeatureNoise() {
        this(0.3, false);
    }

    /** Checks that σ is in [0, 1000]: beyond, nothing of an example is left. */
    public FeatureNoise {
        Checks.within("feature-noise", "sigma", sigma, 0, 1000);
    }

    @Override
    public String name() {
        return "feature-noise";
    }

    @Override
    public String summary() {
        return "noise on the latent factors of examples with a known decoder";
    }

    @Override
    public String source() {
        return "Antczak: On Regularization Properties of Artificial Datasets, 2019";
    }

    @Override
    public boolean anew() {
        return true;
    }

    @Override
    public Dataset augment(Dataset train, AugmentContext context) {
        Decoder decoder = context.decoder()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[feature-noise] expected data with a known decoder x = d(z), such as glyphs, but "
                                + train.name() + " has none; gaussian-noise fits all data"));
        float[] scales = decoder.scales();
        Dataset noisy = new Factors(train, decoder)
                .map(context.seed() ^ Key.stream(name()), (z, offset, _, _, random) -> {
                    for (int j = 0; j < scales.length; j++) {
                        double r = sigma * normal(random);
                        if (scales[j] > 0) {
                            z[offset + j] += (float) (r * (multiplicative ? z[offset + j] : scales[j]));
                        }
                    }
                });
        return new Decoded(train, noisy, decoder);
    }

    /** Standard normal by Box and Muller, in the same bits on every machine. */
    private static double normal(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
