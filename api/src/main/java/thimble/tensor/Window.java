package thimble.tensor;

/**
 * Geometry of a two-dimensional convolution or of patches: how a kernel moves over an image.
 *
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param strideHeight rows between neighbouring positions
 * @param strideWidth columns between neighbouring positions
 * @param padTop zero rows above the image
 * @param padBottom zero rows below the image
 * @param padLeft zero columns left of the image
 * @param padRight zero columns right of the image
 * @param dilationHeight rows between neighbouring kernel rows
 * @param dilationWidth columns between neighbouring kernel columns
 * @param groups number of independent channel groups; patches ignore it
 */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int padTop,
        int padBottom,
        int padLeft,
        int padRight,
        int dilationHeight,
        int dilationWidth,
        int groups) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a padding is negative or another number is below 1
     */
    public Window {
        if (kernelHeight < 1
                || kernelWidth < 1
                || strideHeight < 1
                || strideWidth < 1
                || dilationHeight < 1
                || dilationWidth < 1
                || groups < 1) {
            throw new IllegalArgumentException("[window] expected kernel, stride, dilation and groups >= 1");
        }
        if (padTop < 0 || padBottom < 0 || padLeft < 0 || padRight < 0) {
            throw new IllegalArgumentException("[window] expected padding >= 0");
        }
    }

    /** A kernel that moves by one, without padding, dilation or groups. */
    public static Window of(int kernelHeight, int kernelWidth) {
        return new Window(kernelHeight, kernelWidth, 1, 1, 0, 0, 0, 0, 1, 1, 1);
    }

    /** The same window with one stride for both axes. */
    public Window stride(int stride) {
        return stride(stride, stride);
    }

    /** The same window with these strides. */
    public Window stride(int height, int width) {
        return new Window(
                kernelHeight,
                kernelWidth,
                height,
                width,
                padTop,
                padBottom,
                padLeft,
                padRight,
                dilationHeight,
                dilationWidth,
                groups);
    }

    /** The same window with equal padding on all four sides. */
    public Window padding(int padding) {
        return padding(padding, padding, padding, padding);
    }

    /** The same window with these paddings. */
    public Window padding(int top, int bottom, int left, int right) {
        return new Window(
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                top,
                bottom,
                left,
                right,
                dilationHeight,
                dilationWidth,
                groups);
    }

    /** The same window with one dilation for both axes. */
    public Window dilation(int dilation) {
        return new Window(
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                padTop,
                padBottom,
                padLeft,
                padRight,
                dilation,
                dilation,
                groups);
    }

    /** The same window with this number of channel groups. */
    public Window groups(int count) {
        return new Window(
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                padTop,
                padBottom,
                padLeft,
                padRight,
                dilationHeight,
                dilationWidth,
                count);
    }

    /** Rows of the output for an image of this many rows; below 1 if the kernel does not fit. */
    public int outputHeight(int height) {
        return output((long) height + padTop + padBottom, kernelHeight, dilationHeight, strideHeight);
    }

    /** Columns of the output for an image of this many columns; below 1 if the kernel does not fit. */
    public int outputWidth(int width) {
        return output((long) width + padLeft + padRight, kernelWidth, dilationWidth, strideWidth);
    }

    /** Positions of a kernel along a padded axis; the largest int if there are more. */
    private static int output(long padded, int kernel, int dilation, int stride) {
        long covered = (kernel - 1L) * dilation + 1;
        return Math.clamp(Math.floorDiv(padded - covered, (long) stride) + 1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** True if there is any padding. */
    public boolean padded() {
        return padTop + padBottom + padLeft + padRight > 0;
    }
}
