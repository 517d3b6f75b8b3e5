package thimble.benchmarks;

/** Where held-out examples come from. */
public sealed interface Protocol {
    /** The protocol as on the command line. */
    String text();

    /** What widens the variance of a mean because training sets of repeats overlap; 0 where the test set is apart. */
    double overlap();

    /** A test set given apart from the training examples. */
    record Given() implements Protocol {
        @Override
        public String text() {
            return "given";
        }

        @Override
        public double overlap() {
            return 0;
        }
    }

    /**
     * A stratified share of the examples held out once, before anything else.
     *
     * @param share between 0 and 1
     */
    record Fraction(double share) implements Protocol {
        /** Checks the share. */
        public Fraction {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("[test] expected a fraction between 0 and 1 but received " + share);
            }
        }

        @Override
        public String text() {
            return Double.toString(share);
        }

        @Override
        public double overlap() {
            return 0;
        }
    }

    /**
     * Repeated stratified k-fold cross-validation: each repetition cuts anew, each fold is the test set once.
     *
     * @param count number of folds, at least 2
     */
    record Folds(int count) implements Protocol {
        /** Checks the count. */
        public Folds {
            if (count < 2) {
                throw new IllegalArgumentException("[test] expected cv:K with K >= 2 but received cv:" + count);
            }
        }

        @Override
        public String text() {
            return "cv:" + count;
        }

        /** Test size over the size of the pool that training subsets are drawn from: 1/(k − 1). */
        @Override
        public double overlap() {
            return 1.0 / (count - 1);
        }
    }

    /** Reads {@code 0.2} or {@code cv:5}. */
    static Protocol parse(String text) {
        try {
            return text.startsWith("cv:")
                    ? new Folds(Integer.parseInt(text.substring(3)))
                    : new Fraction(Double.parseDouble(text));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "[test] expected a fraction such as 0.2, or cv:5, but received " + text, notANumber);
        }
    }
}
