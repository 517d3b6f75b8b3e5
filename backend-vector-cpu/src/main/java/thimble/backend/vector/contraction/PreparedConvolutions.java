package thimble.backend.vector.contraction;

import java.util.HashMap;
import java.util.Map;
import thimble.backend.vector.memory.BatchLayout;
import thimble.tensor.Window;

/**
 * The convolutions of a program, prepared once for all nodes of the same sizes: a residual network with a gradient of a gradient has dozens of
 * each, and one on large pictures holds megabytes of jobs.
 */
public final class PreparedConvolutions {
    private final Map<Sizes, Contraction> known = new HashMap<>();

    private enum Kind {
        FORWARD,
        INPUT_GRADIENT,
        KERNEL_GRADIENT
    }

    private record Sizes(Kind kind, Window window, BatchLayout first, BatchLayout second, int kernelStride) {
        Contraction prepare() {
            return switch (kind) {
                case FORWARD -> new Convolution(window, first, second, kernelStride);
                case INPUT_GRADIENT -> new InputGradient(window, first, second, kernelStride);
                case KERNEL_GRADIENT -> new KernelGradient(window, first, second, kernelStride);
            };
        }
    }

    /** See {@link Convolution}. */
    public Contraction forward(Window window, BatchLayout x, BatchLayout y, int kernelStride) {
        return known.computeIfAbsent(new Sizes(Kind.FORWARD, window, x, y, kernelStride), Sizes::prepare);
    }

    /** See {@link InputGradient}. */
    public Contraction inputGradient(Window window, BatchLayout g, BatchLayout x, int kernelStride) {
        return known.computeIfAbsent(new Sizes(Kind.INPUT_GRADIENT, window, g, x, kernelStride), Sizes::prepare);
    }

    /** See {@link KernelGradient}. */
    public Contraction kernelGradient(Window window, BatchLayout x, BatchLayout g, int kernelStride) {
        return known.computeIfAbsent(new Sizes(Kind.KERNEL_GRADIENT, window, x, g, kernelStride), Sizes::prepare);
    }
}
