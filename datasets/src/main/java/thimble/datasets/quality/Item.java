package thimble.datasets.quality;

/**
 * An example as findings name it.
 *
 * @param part the part of the data it lies in, such as "train" or "test"
 * @param origin path, or file and row
 * @param label its class, or empty where there are none
 */
public record Item(String part, String origin, String label) {}
