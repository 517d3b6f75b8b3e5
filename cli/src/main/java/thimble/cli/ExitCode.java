package thimble.cli;

/** What a command tells its caller by its exit code. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;

    /** Something failed: data, device, disk. */
    static final int FAILED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** A gate or guard is not met. */
    static final int GATE = 3;

    /** Stopped by Ctrl-C with its state saved. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
