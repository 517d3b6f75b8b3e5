package thimble.nn;

import thimble.tensor.Window;

/** The kind of convolutions that a ready model is built of. */
public enum Convolution {
    /** Free kernels. */
    PLAIN,
    /**
     * Mixtures of the window's cosine harmonics in place of free kernels larger than 1 x 1, normalised in the first
     * layer. Kernels begin normal with variance 2 / fan-out.
     *
     * <p>M. Ulicny, V. A. Krylov and R. Dahyot, "Harmonic Networks for Image Classification", BMVC 2019.
     */
    HARMONIC;

    /** A layer of this kind. */
    Conv2d layer(int outputs, Window window, Norm norm, Activation activation, Initializer kernel, boolean first) {
        boolean pointwise = window.kernelHeight() == 1 && window.kernelWidth() == 1;
        return switch (this) {
            case PLAIN -> new Conv2d(outputs, window, norm, activation, kernel);
            case HARMONIC ->
                pointwise
                        ? new Conv2d(outputs, window, norm, activation, kernel)
                        : new Conv2d(
                                outputs,
                                window,
                                norm,
                                activation,
                                Initializers.HE_NORMAL_OUT,
                                first ? Filters.HARMONIC_NORMALISED : Filters.HARMONIC,
                                norm.biased());
        };
    }
}
