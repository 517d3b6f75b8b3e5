package thimble.data;

/** Data sets made of others. */
final class Views {
    private Views() {}

    static Dataset select(Dataset base, int[] indices) {
        throw new IllegalStateException("pending");
    }

    static Dataset concat(Dataset first, Dataset second) {
        throw new IllegalStateException("pending");
    }

    static Dataset map(Dataset base, long seed, Dataset.ExampleMap change) {
        throw new IllegalStateException("pending");
    }
}
