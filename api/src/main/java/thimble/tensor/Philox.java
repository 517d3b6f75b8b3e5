package thimble.tensor;

/**
 * The random function Philox 4x32-10: four 32-bit words from a key and a counter, the same everywhere.
 *
 * <p>John Salmon, Mark Moraes, Ron Dror, David Shaw: Parallel Random Numbers: As Easy as 1, 2, 3. SC 2011, section 3.3.
 */
public final class Philox {
    private Philox() {}

    /**
     * One block.
     *
     * @param key0 first key word
     * @param key1 second key word
     * @param block counter words in, random words out; length 4
     */
    public static void words(int key0, int key1, int[] block) {
        int low = key0;
        int high = key1;
        for (int round = 0; round < 10; round++) {
            long first = (block[0] & 0xffffffffL) * 0xD2511F53L;
            long second = (block[2] & 0xffffffffL) * 0xCD9E8D57L;
            block[0] = (int) (second >>> 32) ^ block[1] ^ low;
            block[2] = (int) (first >>> 32) ^ block[3] ^ high;
            block[1] = (int) second;
            block[3] = (int) first;
            low += 0x9E3779B9;
            high += 0xBB67AE85;
        }
    }

    /**
     * The numbers of {@link Op.Random}.
     *
     * @param key (seed low, seed high, step)
     * @param stream hash of the use's name
     * @param elements how many
     * @return multiples of 2⁻²⁴ in [0, 1)
     */
    public static double[] uniform(int[] key, long stream, int elements) {
        double[] numbers = new double[elements];
        int[] block = new int[4];
        for (int first = 0; first < elements; first += 4) {
            block[0] = first >>> 2;
            block[1] = key[2];
            block[2] = (int) stream;
            block[3] = (int) (stream >>> 32);
            words(key[0], key[1], block);
            for (int word = 0; word < 4 && first + word < elements; word++) {
                numbers[first + word] = (block[word] >>> 8) * 0x1p-24;
            }
        }
        return numbers;
    }
}
