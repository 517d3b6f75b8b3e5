package thimble.benchmarks.peers;

/** How far two results lie apart. */
final class Difference {
    private Difference() {}

    /** Largest difference by the largest expected magnitude. */
    static double worst(float[] expected, float[] received) {
        return worst(expected, 0, received);
    }

    /** As {@link #worst(float[], float[])} for a part of what is expected, as long as what was received. */
    static double worst(float[] expected, int from, float[] received) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < received.length; i++) {
            largest = Math.max(largest, Math.abs(expected[from + i]));
            difference = Math.max(difference, Math.abs(received[i] - expected[from + i]));
        }
        return difference / largest;
    }

    /**
     * Checks that two results agree up to {@code most}, for times of different work mean nothing.
     *
     * @throws IllegalStateException if they do not
     */
    static double checked(String what, double worst, double most) {
        if (!(worst < most)) {
            throw new IllegalStateException(
                    "[" + what + "] expected equal results but received a difference of " + worst);
        }
        return worst;
    }
}
