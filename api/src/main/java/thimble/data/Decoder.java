package thimble.data;

/**
 * A known function from latent factors to an example, x = d(z): prior knowledge about how examples come about, such as strokes of a pen.
 * Implementations are deterministic and safe for many threads.
 */
public interface Decoder {
    /** Number of latent factors. */
    int factors();

    /** Names of the factors, in order. */
    java.util.List<String> names();

    /** Standard deviation of each factor over natural examples: the unit of noise. */
    float[] scales();

    /** Copies the factors of example {@code index} of the data set that this decoder belongs to. */
    void factors(int index, float[] into);

    /** Computes x = d(z), row-major, to {@code into} from {@code offset}. */
    void decode(float[] factors, float[] into, int offset);
}
