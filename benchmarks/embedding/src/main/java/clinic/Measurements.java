package clinic;

import java.util.SplittableRandom;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;

/** The application's own data: two measurements per patient and one of two findings, drawn from overlapping clouds. */
public final class Measurements {
    private Measurements() {}

    /** Labelled patients; another seed gives others. */
    public static Dataset patients(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][2];
        int[] findings = new int[count];
        for (int i = 0; i < count; i++) {
            findings[i] = i % 2;
            rows[i][0] = (float) (random.nextGaussian() + 2 * findings[i]);
            rows[i][1] = (float) (random.nextGaussian() - 2 * findings[i]);
        }
        return ArrayDataset.of("patients", rows, findings);
    }
}
