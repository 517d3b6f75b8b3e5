package thimble.benchmarks;

/** How long every network trains. */
public sealed interface Budget {
    /** The budget in words. */
    String text();

    /** Number of steps for so many training examples. */
    long steps(int examples, int batch);

    /**
     * A number of passes over the training examples.
     *
     * @param count at least 1
     */
    record Epochs(int count) implements Budget {
        /** Checks the count. */
        public Epochs {
            if (count < 1) {
                throw new IllegalArgumentException("[epochs] expected >= 1 but received " + count);
            }
        }

        @Override
        public String text() {
            return count + (count == 1 ? " epoch" : " epochs");
        }

        @Override
        public long steps(int examples, int batch) {
            int full = Math.min(batch, examples);
            return Math.ceilDiv((long) count * examples, full);
        }
    }

    /**
     * A number of steps, whatever the number of examples.
     *
     * @param count at least 1
     */
    record Steps(int count) implements Budget {
        /** Checks the count. */
        public Steps {
            if (count < 1) {
                throw new IllegalArgumentException("[steps] expected >= 1 but received " + count);
            }
        }

        @Override
        public String text() {
            return String.format(java.util.Locale.ROOT, count == 1 ? "%,d step" : "%,d steps", count);
        }

        @Override
        public long steps(int examples, int batch) {
            return count;
        }
    }
}
