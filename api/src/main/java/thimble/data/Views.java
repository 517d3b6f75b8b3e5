package thimble.data;

/** Data sets made of others. */
final class Views {
    private Views() {}

    static Dataset select(Dataset base, int[] indices) {
        return new SelectView(base, indices);
    }

    static Dataset concat(Dataset first, Dataset second) {
        return new ConcatView(first, second);
    }

    static Dataset map(Dataset base, long seed, Dataset.ExampleMap change) {
        return new MapView(base, seed, change);
    }
}
