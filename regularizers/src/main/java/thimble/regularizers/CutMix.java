package thimble.regularizers;

import java.util.List;
import java.util.SplittableRandom;
import thimble.tensor.DType;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Pastes a box of another example's picture, x̃ = M ∘ x + (1 − M) ∘ x′, and mixes the targets by area, ỹ = λ y + (1 − λ) y′ with λ the share of
 * pixels that stayed. The box has the sides h √(1 − λ₀) and w √(1 − λ₀) with λ₀ ~ Beta(α, α), a uniform centre, and is cut off at the
 * border; one box per step for the whole batch.
 *
 * <p>S. Yun, D. Han, S. J. Oh, S. Chun, J. Choe and Y. Yoo, "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable
 * Features", ICCV 2019, equations 1 and 2, and their code (probability 0.5 on small pictures, 1 on ImageNet). Deviation: the partner of an
 * example is its neighbour in the shuffled batch.
 *
 * @param alpha α in (0, 1000]; 1 makes λ₀ uniform, 1000 leaves it at ½ up to a few hundredths
 * @param probability share of steps in [0, 1] that mix
 */
public record CutMix(double alpha, double probability) implements Regularizer {
    /**
     * What is pasted: rows top to bottom and columns left to right, the second ones exclusive.
     *
     * @param kept share of pixels that stay
     */
    private record Box(int top, int bottom, int left, int right, double kept) {}

    /** α = 1 in half of the steps. */
    public CutMix() {
        this(1, 0.5);
    }

    /** Checks the ranges. */
    public CutMix {
        Checks.positive("cutmix", "alpha", alpha, Pairs.MOST_ALPHA);
        Checks.share("cutmix", "probability", probability);
    }

    @Override
    public String name() {
        return "cutmix";
    }

    @Override
    public String summary() {
        return "pastes a box of another picture and mixes the targets by area";
    }

    @Override
    public String source() {
        return "Yun, Han, Oh, Chun, Choe, Yoo: ICCV 2019";
    }

    @Override
    public List<String> excludes() {
        return List.of("mixup", "manifold-mixup");
    }

    @Override
    public void forward(ForwardHooks hooks) {
        Shape shape = hooks.inputShape();
        if (shape.rank() != 4) {
            throw new IllegalArgumentException(
                    "[cutmix] expected pictures [n, c, h, w] but received examples " + shape + "; mixup fits all data");
        }
        if (probability == 0) {
            return;
        }
        int height = shape.size(2);
        int width = shape.size(3);
        Tensor top = hooks.perStep("top", (seed, step) -> box(height, width, seed, step).top);
        Tensor bottom = hooks.perStep("bottom", (seed, step) -> box(height, width, seed, step).bottom);
        Tensor left = hooks.perStep("left", (seed, step) -> box(height, width, seed, step).left);
        Tensor right = hooks.perStep("right", (seed, step) -> box(height, width, seed, step).right);
        Tensor kept = hooks.perStep("kept", (seed, step) -> box(height, width, seed, step).kept);
        hooks.input(x -> {
            Tensor rows = between(Tensor.iota(Shape.of(1, 1, height, 1), 2), top, bottom);
            Tensor columns = between(Tensor.iota(Shape.of(1, 1, 1, width), 3), left, right);
            return rows.mul(columns).select(Pairs.partners(name(), x), x); // [n, c, h, w]
        });
        hooks.target(y -> Pairs.mixed(name(), y, kept)); // [n, m]
    }

    /** 1 where from ≤ index &lt; to, else 0. */
    private static Tensor between(Tensor index, Tensor from, Tensor to) {
        Tensor number = index.cast(DType.FLOAT32);
        return number.less(to).mul(number.less(from).neg().add(1));
    }

    private Box box(int height, int width, long seed, long step) {
        SplittableRandom random = Pairs.random(name(), seed, step);
        if (random.nextDouble() >= probability) {
            return new Box(0, 0, 0, 0, 1);
        }
        double side = StrictMath.sqrt(1 - Pairs.beta(random, alpha));
        int halfHeight = (int) (height * side) / 2;
        int halfWidth = (int) (width * side) / 2;
        int y = random.nextInt(height);
        int x = random.nextInt(width);
        int top = Math.max(y - halfHeight, 0);
        int bottom = Math.min(y + halfHeight, height);
        int left = Math.max(x - halfWidth, 0);
        int right = Math.min(x + halfWidth, width);
        double area = (double) (bottom - top) * (right - left);
        return new Box(top, bottom, left, right, 1 - area / ((double) height * width));
    }
}
