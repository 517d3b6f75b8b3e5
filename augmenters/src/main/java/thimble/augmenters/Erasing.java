package thimble.augmenters;

import java.util.random.RandomGenerator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/**
 * Fills a random rectangle of some pictures [c, h, w] with uniform random pixels in [0, 1), so that a model does not rely on one part.
 *
 * <p>Z. Zhong, L. Zheng, G. Kang, S. Li and Y. Yang, "Random Erasing Data Augmentation", AAAI 2020, algorithm 1, random values. Area is
 * uniform in [low, high] of the picture, aspect in [aspect, 1 / aspect]. Deviation: after 100 rectangles that do not fit the picture stays.
 *
 * @param probability share of pictures that are changed, in [0, 1]
 * @param low smallest area as a share of the picture, in [0, 1]
 * @param high largest area as a share of the picture, in [low, 1]
 * @param aspect smallest ratio of height to width, in [0.01, 1]
 */
public record Erasing(double probability, double low, double high, double aspect) implements Augmenter {
    private static final int TRIES = 100;

    /** Half of the pictures, 2 to 40 percent of the area, aspect 0.3. */
    public Erasing() {
        this(0.5, 0.02, 0.4, 0.3);
    }

    /** Checks the ranges. */
    public Erasing {
        Checks.within("erasing", "probability", probability, 0, 1);
        Checks.within("erasing", "low", low, 0, 1);
        Checks.within("erasing", "high", high, low, 1);
        Checks.within("erasing", "aspect", aspect, 0.01, 1);
    }

    @Override
    public String name() {
        return "erasing";
    }

    @Override
    public String summary() {
        return "fills a random rectangle of pictures with noise";
    }

    @Override
    public String source() {
        return "Zhong, Zheng, Kang, Li, Yang: AAAI 2020";
    }

    @Override
    public Dataset augment(Dataset train, AugmentContext context) {
        Checks.picture("erasing", train.example());
        return train.map(context.seed(), (example, offset, shape, _, random) -> {
            if (random.nextDouble() < probability) {
                change(example, offset, shape, random);
            }
        });
    }

    private void change(float[] example, int offset, Shape shape, RandomGenerator random) {
        int height = shape.size(1);
        int width = shape.size(2);
        for (int i = 0; i < TRIES; i++) {
            double area = height * width * (low + (high - low) * random.nextDouble());
            double ratio = aspect + (1 / aspect - aspect) * random.nextDouble();
            int h = (int) Math.rint(Math.sqrt(area * ratio));
            int w = (int) Math.rint(Math.sqrt(area / ratio));
            if (h < height && w < width) {
                int top = random.nextInt(height - h + 1);
                int left = random.nextInt(width - w + 1);
                fill(example, offset, shape, top, left, top + h, left + w, random);
                return;
            }
        }
    }

    private static void fill(
            float[] example,
            int offset,
            Shape shape,
            int top,
            int left,
            int bottom,
            int right,
            RandomGenerator random) {
        for (int c = 0; c < shape.size(0); c++) {
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    example[offset + (c * shape.size(1) + y) * shape.size(2) + x] = random.nextFloat();
                }
            }
        }
    }
}
