package thimble.nn;

import thimble.tensor.DType;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * The filters of the two-dimensional cosine transform of a window, D_ij(y, x) = cos(π (y + ½) i / kh) cos(π (x + ½) j / kw), each divided
 * by the sum of its absolute values; filter f = i · kw + j.
 *
 * <p>M. Ulicny, V. A. Krylov and R. Dahyot, "Harmonic Networks for Image Classification", BMVC 2019, equations 1 to 3, and "Harmonic
 * convolutional networks based on discrete cosine transform", Pattern Recognition 129, 2022.
 */
final class Harmonics {
    private Harmonics() {}

    /** Filters [o, c, kh, kw] as sums of harmonics with weights [o, c, kh, kw] of the harmonics' indices. */
    static Tensor mixed(Tensor w) {
        Shape shape = w.shape();
        int taps = shape.size(2) * shape.size(3);
        return w.reshape(shape.size(0) * shape.size(1), taps)
                .matmul(bank(shape.size(2), shape.size(3)))
                .reshape(shape);
    }

    /** The response of each channel of [n, c, h, w] to each harmonic, [n, c · kh · kw, oh, ow], channel by channel. */
    static Tensor responses(Tensor x, Window window) {
        int height = window.kernelHeight();
        int width = window.kernelWidth();
        int channels = x.shape().size(1);
        Tensor one = bank(height, width).reshape(1, height * width, height, width);
        Tensor all = one.broadcast(Shape.of(channels, height * width, height, width))
                .reshape(channels * height * width, 1, height, width);
        return x.conv2d(all, window.groups(channels));
    }

    /** All harmonics of a window as rows [kh · kw, kh · kw]. */
    static Tensor bank(int height, int width) {
        Shape all = Shape.of(height, width, height, width); // [i, j, y, x]
        Tensor rows = cosines(height).reshape(height, 1, height, 1).broadcast(all);
        Tensor columns = cosines(width).reshape(1, width, 1, width).broadcast(all);
        return rows.mul(columns).reshape(height * width, height * width);
    }

    /** cos(π (x + ½) i / size) by [i, x], each row divided by the sum of its absolute values. */
    private static Tensor cosines(int size) {
        Shape square = Shape.of(size, size);
        Tensor frequency = Tensor.iota(square, 0).cast(DType.FLOAT32);
        Tensor place = Tensor.iota(square, 1).cast(DType.FLOAT32).add(0.5);
        Tensor wave = frequency.mul(place).mul(StrictMath.PI / size).cos();
        return wave.div(wave.abs().sum(1));
    }
}
