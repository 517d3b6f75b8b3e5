package thimble.backend.vector.memory;

/**
 * How a tensor with a batch axis lies in memory, batch innermost: [channels][halo + height + halo][halo + width +
 * halo][lanes]. Lanes are the batch, padded to a multiple of 16; what pad lanes hold is never read into a result. The
 * halo is a border of zeros round each image that its writer leaves untouched, so that padded convolutions read it as
 * padding.
 *
 * @param channels first axis; the only one of features
 * @param height rows of an image, 1 for features
 * @param width columns of an image, 1 for features
 * @param halo border pixels on each of the four sides
 * @param batch examples
 */
public record BatchLayout(int channels, int height, int width, int halo, int batch) {
    /** Lanes of every tensor are a multiple of this. */
    public static final int GROUP = 16;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is too small, or the tensor larger than 2 GiB
     */
    public BatchLayout {
        if (channels < 1 || height < 1 || width < 1 || halo < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "[layout] expected sizes >= 1 and halo >= 0 but received [%d, %d, %d], halo %d, batch %d"
                            .formatted(channels, height, width, halo, batch));
        }
        long bytes = 4L * channels * (height + 2L * halo) * (width + 2L * halo) * lanes(batch);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("[layout] expected at most 2 GiB but received " + bytes + " bytes");
        }
    }

    /** Features [features][lanes]. */
    public static BatchLayout features(int features, int batch) {
        return new BatchLayout(features, 1, 1, 0, batch);
    }

    /** Images [channels][height][width][lanes] without a halo. */
    public static BatchLayout images(int channels, int height, int width, int batch) {
        return new BatchLayout(channels, height, width, 0, batch);
    }

    /** The batch rounded up to a multiple of 16. */
    public static int lanes(int batch) {
        return (batch + GROUP - 1) / GROUP * GROUP;
    }

    /** The batch rounded up to a multiple of 16. */
    public int lanes() {
        return lanes(batch);
    }

    /** Elements of one example. */
    public int elements() {
        return channels * height * width;
    }

    /** Bytes from a pixel to its right neighbour. */
    public int pixelStride() {
        return 4 * lanes();
    }

    /** Bytes from a pixel to the one below. */
    public int rowStride() {
        return (width + 2 * halo) * pixelStride();
    }

    /** Bytes from a channel to the next. */
    public int channelStride() {
        return (height + 2 * halo) * rowStride();
    }

    /** Bytes of the whole tensor, halo and pad lanes included. */
    public int bytes() {
        return channels * channelStride();
    }

    /** Byte offset of a pixel; rows and columns from −halo on. */
    public int offset(int channel, int row, int column) {
        return channel * channelStride() + (row + halo) * rowStride() + (column + halo) * pixelStride();
    }

    /** Byte offset of the element with this row-major index inside one example. */
    public int offset(int element) {
        return offset(element / (height * width), element / width % height, element % width);
    }
}
