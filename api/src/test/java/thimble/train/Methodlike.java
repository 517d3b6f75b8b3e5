package thimble.train;

/** Regularizers of tests: a name and hooks to override. */
abstract class Methodlike implements Regularizer {
    private final String name;

    Methodlike(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return "for a test";
    }

    @Override
    public String toString() {
        return name;
    }
}
