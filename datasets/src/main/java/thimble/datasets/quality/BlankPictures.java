package thimble.datasets.quality;

import java.util.ArrayList;
import java.util.List;
import thimble.data.Dataset;

/** Finds pictures that show nothing: all numbers within 2/255 of each other. */
public final class BlankPictures {
    private static final float MOST_CONTRAST = 2 / 255f;

    private BlankPictures() {}

    /** Positions of blank examples, ascending; none for data that are no pictures. */
    public static List<Integer> of(Dataset data) {
        List<Integer> blank = new ArrayList<>();
        if (data.example().rank() != 3) {
            return blank;
        }
        float[] example = new float[data.example().elements()];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, example, 0);
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (float value : example) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (most - least <= MOST_CONTRAST) {
                blank.add(i);
            }
        }
        return List.copyOf(blank);
    }
}
