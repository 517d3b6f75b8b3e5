package thimble.benchmarks;

/**
 * Something that tuning chooses.
 *
 * @param name name in records: {@code method.parameter}, or {@code lr} for the learning rate
 * @param setting what to choose from
 */
public record Tunable(String name, Setting setting) {}
