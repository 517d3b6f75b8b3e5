package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** What a convolution's kernel means. All forms have the same number of weights, [outputs, c / groups, kh, kw]. */
public enum Filters {
    /** The weights are the filters. */
    FREE,
    /** The weights mix the harmonics of {@link Harmonics}: filter[o, c] = Σ_f w[o, c, f] D_f. */
    HARMONIC,
    /**
     * As {@link #HARMONIC}, with the response of each channel to each harmonic normalised over the batch before it is
     * mixed, as fits a first layer.
     */
    HARMONIC_NORMALISED;

    /** Name of the normalisation of responses. */
    private static final String RESPONSES = "harmonics";

    /** Convolution of [n, c, h, w] with weights w to [n, outputs, oh, ow]. */
    Tensor convolve(Tensor x, Tensor w, Window window, Scope scope) {
        return switch (this) {
            case FREE -> x.conv2d(w, window);
            case HARMONIC -> x.conv2d(Harmonics.mixed(w), window);
            case HARMONIC_NORMALISED -> {
                if (window.groups() != 1) {
                    throw Checks.error("conv2d", scope, "one group for normalised harmonics", window.groups());
                }
                Tensor responses = Harmonics.responses(x, window); // [n, c · kh · kw, oh, ow]
                Tensor even = BatchNorm.PLAIN.apply(responses, scope.child(RESPONSES));
                Shape mix = Shape.of(w.shape().size(0), responses.shape().size(1), 1, 1);
                yield even.conv2d(w.reshape(mix), Window.of(1, 1));
            }
        };
    }
}
