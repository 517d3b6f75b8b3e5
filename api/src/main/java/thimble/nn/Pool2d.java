package thimble.nn;

import java.util.List;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Largest or mean element of square windows: [n, c, h, w] to [n, c, oh, ow]. Rows and columns that fill no window are
 * left out. Padding counts as −∞ for the largest and as 0 for the mean.
 *
 * @param kind what is taken from a window
 * @param size rows and columns of a window
 * @param stride distance between windows
 * @param padding rows and columns round the picture
 */
public record Pool2d(Kind kind, int size, int stride, int padding) implements Layer {
    /** What is taken from a window. */
    public enum Kind {
        /** The largest element; equal ones share the derivative. */
        MAX,
        /** The mean. */
        AVERAGE
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if size or stride is below 1, or padding not in 0 … size / 2
     */
    public Pool2d {
        Checks.positive("pool2d", "size", size);
        Checks.positive("pool2d", "stride", stride);
        if (padding < 0 || padding > size / 2) {
            throw new IllegalArgumentException(
                    "[pool2d] expected padding in 0.." + size / 2 + " but received " + padding);
        }
    }

    /** Largest elements of windows side by side. */
    public static Pool2d max(int size) {
        return new Pool2d(Kind.MAX, size, size, 0);
    }

    /** Means of windows side by side. */
    public static Pool2d average(int size) {
        return new Pool2d(Kind.AVERAGE, size, size, 0);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("pool2d", scope, x, 4, "[n, c, h, w]");
        Shape in = x.shape();
        Window window = Window.of(size, size).stride(stride).padding(padding);
        int height = window.outputHeight(in.size(2));
        int width = window.outputWidth(in.size(3));
        if (height < 1 || width < 1) {
            throw Checks.error("pool2d", scope, "a picture at least as large as the window " + size + "x" + size, in);
        }
        Shape out = Shape.of(in.size(0), in.size(1), height, width);
        if (size == stride && padding == 0) {
            Tensor blocks = x.slice(2, 0, height * size)
                    .slice(3, 0, width * size)
                    .reshape(in.size(0), in.size(1), height, size, width, size);
            return take(blocks, List.of(3, 5)).reshape(out);
        }
        Tensor patches =
                padded(padded(x, 2), 3).patches(Window.of(size, size).stride(stride)); // [n, c, size · size, oh, ow]
        return take(patches, List.of(2)).reshape(out);
    }

    private Tensor take(Tensor windows, List<Integer> axes) {
        return switch (kind) {
            case MAX -> windows.max(axes);
            case AVERAGE -> windows.mean(axes);
        };
    }

    private Tensor padded(Tensor x, int axis) {
        double value = kind == Kind.MAX ? Double.NEGATIVE_INFINITY : 0;
        return padding == 0 ? x : Tensor.of(new Op.Pad(axis, padding, padding, value), x);
    }
}
