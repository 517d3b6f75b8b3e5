package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.tensor.Window;

/**
 * Adjoint of {@link Convolution} in the image, also the transposed convolution: operands g and kernel [o][stride],
 * gives x. A pixel sums the taps that reached it; pixels that no tap reached become 0.
 */
public final class InputGradient implements Contraction {
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param kernelStride floats from one output channel of the kernel to the next
     */
    public InputGradient(Window window, BatchLayout g, BatchLayout x, int kernelStride) {
        var rows = IntStream.range(0, x.height())
                .mapToObj(at -> Taps.adjoint(
                        at,
                        window.kernelHeight(),
                        window.strideHeight(),
                        window.padTop(),
                        window.dilationHeight(),
                        g.height()))
                .toList();
        var columns = IntStream.range(0, x.width())
                .mapToObj(at -> Taps.adjoint(
                        at,
                        window.kernelWidth(),
                        window.strideWidth(),
                        window.padLeft(),
                        window.dilationWidth(),
                        g.width()))
                .toList();
        int taps = window.kernelHeight() * window.kernelWidth();
        int groupStep = 4 * kernelStride * (g.channels() / window.groups());
        this.jobs = new ConvolutionJobs(
                        g,
                        x,
                        rows,
                        columns,
                        window.groups(),
                        window.kernelWidth(),
                        4 * kernelStride,
                        4 * taps,
                        groupStep,
                        window.strideWidth())
                .build();
    }

    @Override
    public Kernel bind(MemorySegment g, MemorySegment kernel, MemorySegment x, MemorySegment workspace) {
        return jobs.bind(kernel, g, x);
    }
}
