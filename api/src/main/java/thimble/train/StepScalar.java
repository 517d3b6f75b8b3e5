package thimble.train;

/**
 * A run-time number that a program reads as an input of rank 0.
 *
 * @param input name of the input, as in {@code spectreg.lambda}
 * @param constant true if it is the same in all steps
 * @param value its value
 */
public record StepScalar(String input, boolean constant, StepFunction value) {}
