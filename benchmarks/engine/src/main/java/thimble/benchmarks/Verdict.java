package thimble.benchmarks;

/** What may be said of a method against the baseline: the paired t test at 5 %, Holm over the methods of one size. */
public enum Verdict {
    /** Distinguishable, to the method's advantage. */
    BETTER("better"),
    /** Distinguishable, to the baseline's advantage. */
    WORSE("worse"),
    /** Not distinguishable. */
    NOT_DISTINGUISHABLE("not-distinguishable");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** The word in records. */
    public String text() {
        return text;
    }
}
