package thimble.augmenters;

import java.util.random.RandomGenerator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/**
 * Turns, shifts and scales each picture [c, h, w] a little, anew in every epoch: angle, both shifts and scale are uniform in their ranges,
 * pixels are read bilinearly round the centre, outside the nearest pixel of the edge. The defaults keep the label of digits and letters;
 * there are no flips.
 *
 * <p>P. Y. Simard, D. Steinkraus and J. C. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis",
 * ICDAR 2003, section 2: x′ = A x + t for every pixel. Deviation: ranges are ours; elastic deformations are not included.
 *
 * @param rotate largest angle in degrees, in [0, 180]
 * @param shift largest shift as a share of height and width, in [0, 1]
 * @param scale largest change of size as a share, in [0, 0.9]
 */
public record Affine(double rotate, double shift, double scale) implements Augmenter {
    /** Up to 10 degrees, a tenth of the size, and a tenth larger or smaller. */
    public Affine() {
        this(10, 0.1, 0.1);
    }

    /** Checks the ranges. */
    public Affine {
        Checks.within("affine", "rotate", rotate, 0, 180);
        Checks.within("affine", "shift", shift, 0, 1);
        Checks.within("affine", "scale", scale, 0, 0.9);
    }

    @Override
    public String name() {
        return "affine";
    }

    @Override
    public String summary() {
        return "turns, shifts and scales pictures a little; keeps digits readable";
    }

    @Override
    public String source() {
        return "Simard, Steinkraus, Platt: ICDAR 2003";
    }

    @Override
    public Dataset augment(Dataset train, AugmentContext context) {
        Checks.picture("affine", train.example());
        return train.map(context.seed(), (example, offset, shape, _, random) -> change(example, offset, shape, random));
    }

    private void change(float[] example, int offset, Shape shape, RandomGenerator random) {
        int height = shape.size(1);
        int width = shape.size(2);
        double angle = StrictMath.toRadians(rotate * symmetric(random));
        double size = 1 + scale * symmetric(random);
        double down = shift * height * symmetric(random);
        double right = shift * width * symmetric(random);
        double cos = StrictMath.cos(angle) / size;
        double sin = StrictMath.sin(angle) / size;
        double centreY = (height - 1) / 2.0;
        double centreX = (width - 1) / 2.0;
        Picture source = new Picture(example, offset, shape);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double dy = y - centreY - down;
                double dx = x - centreX - right;
                double sourceY = centreY + cos * dy + sin * dx;
                double sourceX = centreX + cos * dx - sin * dy;
                for (int c = 0; c < shape.size(0); c++) {
                    example[offset + (c * height + y) * width + x] = source.between(c, sourceY, sourceX);
                }
            }
        }
    }

    private static double symmetric(RandomGenerator random) {
        return 2 * random.nextDouble() - 1;
    }
}
