package thimble.datasets.format;

/**
 * Size of a picture.
 *
 * @param height rows
 * @param width pixels per row
 */
public record Size(int height, int width) {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if a side is outside 1..4096
     */
    public static Size of(int height, int width) {
        if (height < 1 || width < 1 || height > 4096 || width > 4096) {
            throw new IllegalArgumentException(
                    "[size] expected sides in 1..4096 but received " + height + " x " + width);
        }
        return new Size(height, width);
    }
}
