package thimble.backend;

/**
 * A device of a backend, as lists show it.
 *
 * @param name the device's own name
 * @param kind what it is and how it is reached, for example {@code GPU (OpenCL)}
 * @param details memory, precision and driver in words
 * @param chosen true if the backend runs on it
 * @param reason why it was chosen, or how to choose it
 */
public record Device(String name, String kind, String details, boolean chosen, String reason) {}
