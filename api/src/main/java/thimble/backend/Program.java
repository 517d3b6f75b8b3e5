package thimble.backend;

/** A compiled graph without data: immutable, shared by threads. */
public interface Program {
    /**
     * Prepares runs over a state; the result has its own working memory.
     *
     * @throws IllegalArgumentException if the state lacks a variable of the graph or has it with another shape
     */
    Executable bind(State state);

    /** The launches in order, one line each, for golden tests and people. */
    String plan();
}
