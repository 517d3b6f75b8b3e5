package thimble.benchmarks.reproduction;

/** What may be said of a claim. */
public enum Outcome {
    /** Ours shows what was claimed. */
    HOLDS("holds"),
    /** Ours shows it in part: weaker, or not beyond doubt. */
    PARTLY("partly"),
    /** Ours does not show it. */
    NOT("not"),
    /** A number beside others, without a claim to judge. */
    REPORTED("reported"),
    /** Measured, and there is no such number; the remark says why. */
    UNDEFINED("no value"),
    /** Not measured yet. */
    OPEN("not run yet");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The word in tables and records. */
    public String text() {
        return text;
    }
}
