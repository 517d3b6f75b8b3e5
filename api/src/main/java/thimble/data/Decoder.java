package thimble.data;

import java.util.List;

/**
 * A known function from latent factors to an example, x = d(z): prior knowledge about how examples come about, such as strokes of a pen.
 * Implementations are deterministic and safe for many threads.
 */
public interface Decoder {
    /** Number of latent factors. */
    int factors();

    /** Names of the factors, in order. */
    List<String> names();

    /** Standard deviation of each factor over natural examples: the unit of noise; 0 for one that must not change, such as the class. */
    float[] scales();

    /** Copies the factors of example {@code index} of the data set that this decoder belongs to. */
    void factors(int index, float[] into);

    /** Computes x = d(z), row-major, to {@code into} from {@code offset}. */
    void decode(float[] factors, float[] into, int offset);

    /** The decoder of {@code data.select(indices)}, where this one belongs to {@code data}. */
    default Decoder select(int[] indices) {
        return new SelectedDecoder(this, indices);
    }
}
