package thimble.augmenters;

import java.util.random.RandomGenerator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/**
 * Cuts each picture [c, h, w] anew at a random place after reflecting its border outwards, and mirrors half of them left to right. For
 * natural pictures; mirrored digits and letters are wrong, so use {@code flip=false} there.
 *
 * <p>K. He, X. Zhang, S. Ren and J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2: 4 pixels on each side, a random
 * 32 × 32 crop of the picture or its flip. Deviation: reflection, not zeros, outside the picture, as common for small data sets.
 *
 * @param pad largest shift in pixels, at least 0 and smaller than the picture
 * @param flip true to mirror half of the pictures
 */
public record CropFlip(int pad, boolean flip) implements Augmenter {
    /** 4 pixels, with flips. */
    public CropFlip() {
        this(4, true);
    }

    /** Checks that the padding is not negative. */
    public CropFlip {
        Checks.atLeast("crop-flip", "pad", pad, 0);
    }

    @Override
    public String name() {
        return "crop-flip";
    }

    @Override
    public String summary() {
        return "random crops with reflected border and left-right flips, for natural pictures";
    }

    @Override
    public String source() {
        return "He, Zhang, Ren, Sun: CVPR 2016";
    }

    @Override
    public Dataset augment(Dataset train, AugmentContext context) {
        Shape shape = Checks.picture("crop-flip", train.example());
        if (pad >= Math.min(shape.size(1), shape.size(2))) {
            throw new IllegalArgumentException(
                    "[crop-flip] expected pad smaller than the pictures " + shape + " but received " + pad);
        }
        return train.map(context.seed(), (example, offset, _, _, random) -> change(example, offset, shape, random));
    }

    private void change(float[] example, int offset, Shape shape, RandomGenerator random) {
        int height = shape.size(1);
        int width = shape.size(2);
        int down = random.nextInt(2 * pad + 1) - pad;
        int right = random.nextInt(2 * pad + 1) - pad;
        boolean mirrored = flip && random.nextBoolean();
        Picture source = new Picture(example, offset, shape);
        for (int c = 0; c < shape.size(0); c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int column = reflected(x + right, width);
                    float pixel = source.at(c, reflected(y + down, height), mirrored ? width - 1 - column : column);
                    example[offset + (c * height + y) * width + x] = pixel;
                }
            }
        }
    }

    /** Position inside after reflection at the centres of the first and last pixel. */
    private static int reflected(int position, int size) {
        return position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position;
    }
}
