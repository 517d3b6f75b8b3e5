package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.tensor.Window;

/**
 * Convolution of images with the batch innermost: operands x and kernel [o][stride], gives y. Padding is read from the
 * halo of x as far as that reaches and left out beyond it.
 */
public final class Convolution implements Contraction {
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param kernelStride floats from one output channel of the kernel to the next, at least c / groups · kh · kw
     */
    public Convolution(Window window, BatchLayout x, BatchLayout y, int kernelStride) {
        var rows = IntStream.range(0, y.height())
                .mapToObj(at -> Taps.forward(
                        at,
                        window.kernelHeight(),
                        window.strideHeight(),
                        window.padTop(),
                        window.dilationHeight(),
                        x.height(),
                        x.halo()))
                .toList();
        var columns = IntStream.range(0, y.width())
                .mapToObj(at -> Taps.forward(
                        at,
                        window.kernelWidth(),
                        window.strideWidth(),
                        window.padLeft(),
                        window.dilationWidth(),
                        x.width(),
                        x.halo()))
                .toList();
        int taps = window.kernelHeight() * window.kernelWidth();
        int groupStep = 4 * kernelStride * (y.channels() / window.groups());
        this.jobs = new ConvolutionJobs(
                        x,
                        y,
                        rows,
                        columns,
                        window.groups(),
                        window.kernelWidth(),
                        4 * taps,
                        4 * kernelStride,
                        groupStep,
                        1)
                .build();
    }

    @Override
    public Kernel bind(MemorySegment x, MemorySegment kernel, MemorySegment y, MemorySegment workspace) {
        return jobs.bind(kernel, x, y);
    }
}
