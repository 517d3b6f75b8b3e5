package thimble.data;

/** A division of a data set: positions to learn from and positions held out, both ascending. */
public final class Fold {
    private final int[] train;
    private final int[] test;

    Fold(int[] train, int[] test) {
        this.train = train;
        this.test = test;
    }

    /** Positions to learn from. */
    public int[] train() {
        return train.clone();
    }

    /** Positions held out. */
    public int[] test() {
        return test.clone();
    }

    /** The examples to learn from. */
    public Dataset train(Dataset data) {
        return data.select(train);
    }

    /** The examples held out. */
    public Dataset test(Dataset data) {
        return data.select(test);
    }

    /** The fold whose held-out positions are those with this number in {@code parts}. */
    static Fold of(int[] parts, int held) {
        int count = 0;
        for (int part : parts) {
            count += part == held ? 1 : 0;
        }
        int[] train = new int[parts.length - count];
        int[] test = new int[count];
        int trains = 0;
        int tests = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] == held) {
                test[tests++] = i;
            } else {
                train[trains++] = i;
            }
        }
        return new Fold(train, test);
    }
}
