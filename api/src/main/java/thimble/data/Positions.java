package thimble.data;

/** Checks of positions given by a caller. */
final class Positions {
    private Positions() {}

    /**
     * A copy of positions that all lie in [0, size).
     *
     * @throws IllegalArgumentException naming the first one outside
     */
    static int[] checked(int[] indices, int size, String name) {
        int[] copy = indices.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] < 0 || copy[i] >= size) {
                throw new IllegalArgumentException("[select] expected positions in 0.." + (size - 1) + " of " + name
                        + " but received " + copy[i] + " at " + i);
            }
        }
        return copy;
    }
}
