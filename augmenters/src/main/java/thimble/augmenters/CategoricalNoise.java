package thimble.augmenters;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.Feature;

/**
 * Draws the category of each one-hot coded column anew with probability ρ, from the frequencies of that column in the training data. The
 * column stays one-hot, and its frequencies stay what they were; a missing category (all zeros) counts as one more category.
 *
 * <p>K. Antczak, "On Regularization Properties of Artificial Datasets for Deep Learning", 2019, which asks that augmentation keep the data's
 * marginal and shows categorical noise in a figure only. Deviation: the distribution is ours.
 *
 * @param rho probability ρ in [0, 1] to draw anew
 */
public record CategoricalNoise(double rho) implements Augmenter {
    /** ρ = 0.1. */
    public CategoricalNoise() {
        this(0.1);
    }

    /** Checks that ρ is in [0, 1]. */
    public CategoricalNoise {
        Checks.within("categorical-noise", "rho", rho, 0, 1);
    }

    @Override
    public String name() {
        return "categorical-noise";
    }

    @Override
    public String summary() {
        return "redraws categories of a table from their training frequencies";
    }

    @Override
    public String source() {
        return "Antczak: On Regularization Properties of Artificial Datasets, 2019";
    }

    @Override
    public Dataset augment(Dataset train, AugmentContext context) {
        List<Feature> columns =
                train.features().stream().filter(Feature::categorical).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "[categorical-noise] expected a table with categorical columns but " + train.name() + " has "
                            + (train.features().isEmpty()
                                    ? "no named columns"
                                    : "only numbers in "
                                            + train.features().stream()
                                                    .map(Feature::name)
                                                    .toList())
                            + "; mixup and gaussian-noise fit all data");
        }
        List<int[]> seen =
                columns.stream().map(column -> categories(train, column)).toList();
        return train.map(context.seed(), (example, offset, _, _, random) -> {
            for (int i = 0; i < seen.size(); i++) {
                if (random.nextDouble() < rho) {
                    redraw(example, offset, columns.get(i), seen.get(i), random);
                }
            }
        });
    }

    /** Category of each training example, or the number of categories where it is missing: a uniform choice among these has the marginal. */
    private static int[] categories(Dataset train, Feature column) {
        float[] example = new float[train.example().elements()];
        int[] seen = new int[train.size()];
        for (int i = 0; i < seen.length; i++) {
            train.read(i, 0, example, 0);
            seen[i] = column.width();
            for (int c = 0; c < column.width(); c++) {
                if (example[column.first() + c] > 0) {
                    seen[i] = c;
                }
            }
        }
        return seen;
    }

    private static void redraw(float[] example, int offset, Feature column, int[] seen, RandomGenerator random) {
        int category = seen[random.nextInt(seen.length)];
        int first = offset + column.first();
        Arrays.fill(example, first, first + column.width(), 0);
        if (category < column.width()) {
            example[first + category] = 1;
        }
    }
}
