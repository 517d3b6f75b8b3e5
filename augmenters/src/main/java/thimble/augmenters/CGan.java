package thimble.augmenters;

import java.util.List;
import java.util.stream.IntStream;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Synthesizer;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * Makes new pictures [c, h, w] in [0, 1] of every class with a small conditional generative adversarial network that is trained on the
 * training pictures alone: a generator G(z, y) with transposed convolutions and a discriminator D(x, y) with convolutions, in turn. A third
 * network, a classifier trained first and then fixed, can reward pictures that it finds difficult: the generator's loss is
 * softplus(−D(G(z, y), y)) − γₜ min(CE, 2 ln k), γₜ = γ t / steps. With γ = 0 there is no classifier.
 *
 * <p>M. Mirza and S. Osindero, "Conditional Generative Adversarial Nets", 2014; architecture after A. Radford, L. Metz and S. Chintala,
 * "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks", ICLR 2016; the class enters the
 * discriminator as in T. Miyato and M. Koyama, "cGANs with Projection Discriminator", ICLR 2018: D(x, y) = v·φ(x) + yᵀ V φ(x); the classifier
 * term and the truncation of z after M. Motamedi, N. Sakharnykh and T. Kaldewey, "A Data-Centric Approach for Training Deep Neural Networks
 * with Less Data", NeurIPS Data-Centric AI Workshop 2021. Deviations: two or three layers instead of eight and five; the discriminator
 * has no batch normalisation, learns at 0.3 of the rate and sees all pictures with normal noise of deviation 0.2, or it would win on few
 * pictures; the classifier's loss is capped, because it has no bound.
 *
 * @param steps training steps, at least 1
 * @param batch pictures per step, at least 2
 * @param latent numbers in z, at least 1
 * @param width channels of the widest pictures inside, at least 1
 * @param rate learning rate of the generator, Adam with β₁ = 0.5, &gt; 0
 * @param gamma largest weight γ ≥ 0 of the classifier's loss
 * @param truncation largest |z| when pictures are drawn, &gt; 0
 */
public record CGan(int steps, int batch, int latent, int width, double rate, double gamma, double truncation)
        implements Synthesizer {
    /** 2000 steps of 32 pictures, 32 latent numbers, 16 channels, rate 1e-3, no classifier, |z| ≤ 0.7. */
    public CGan() {
        this(2000, 32, 32, 16, 1e-3, 0, 0.7);
    }

    /** Checks the ranges. */
    public CGan {
        Checks.atLeast("cgan", "steps", steps, 1);
        Checks.atLeast("cgan", "batch", batch, 2);
        Checks.atLeast("cgan", "latent", latent, 1);
        Checks.atLeast("cgan", "width", width, 1);
        Checks.positive("cgan", "rate", rate);
        Checks.atLeastZero("cgan", "gamma", gamma);
        Checks.positive("cgan", "truncation", truncation);
    }

    @Override
    public String name() {
        return "cgan";
    }

    @Override
    public String summary() {
        return "new pictures of each class from a small conditional GAN";
    }

    @Override
    public String source() {
        return "Mirza, Osindero: arXiv:1411.1784, 2014; Radford, Metz, Chintala: ICLR 2016";
    }

    @Override
    public void check(Shape example, Targets targets) {
        Checks.picture("cgan", example);
        classes(targets);
    }

    private static List<String> classes(Targets targets) {
        return switch (targets) {
            case Targets.Classes(var names) -> names;
            case Targets.Numbers(var names) ->
                throw new IllegalArgumentException("[cgan] expected classes but the targets are the numbers " + names
                        + "; augmenters such as affine fit them");
        };
    }

    @Override
    public Dataset synthesize(Dataset train, SynthesisContext context) {
        check(train.example(), train.targets());
        List<String> names = classes(train.targets());
        try (GanTraining training = new GanTraining(this, train, context.backend(), context.seed())) {
            training.run();
            int[] labels = IntStream.range(0, context.count())
                    .map(i -> i % names.size())
                    .toArray();
            return ArrayDataset.of(
                    train.name() + "/cgan", train.example(), training.draw(context.count()), labels, names);
        }
    }
}
