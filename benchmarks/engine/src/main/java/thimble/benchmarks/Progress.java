package thimble.benchmarks;

/** Something that happened while a comparison runs. */
public sealed interface Progress {
    /**
     * The work ahead, before anything trains.
     *
     * @param tuning tuning trials in all
     * @param tuned of these, finished in an earlier run
     * @param trials trials in all
     * @param finished of these, finished in an earlier run
     */
    record Planned(int tuning, int tuned, int trials, int finished) implements Progress {}

    /**
     * A training began.
     *
     * @param key its trial, or what it is tuned for
     * @param tuning true for a tuning trial
     */
    record Started(TrialKey key, boolean tuning) implements Progress {}

    /**
     * A training went on.
     *
     * @param key its trial
     * @param step steps done
     * @param steps steps in all
     * @param loss loss with penalties
     */
    record Stepped(TrialKey key, long step, long steps, double loss) implements Progress {}

    /**
     * A tuning trial ended.
     *
     * @param trial its result
     */
    record Tuned(TuningTrial trial) implements Progress {}

    /**
     * A trial ended and is on the disk.
     *
     * @param trial its result
     */
    record Finished(Trial trial) implements Progress {}
}
