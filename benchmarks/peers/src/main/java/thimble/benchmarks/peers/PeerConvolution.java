package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCase;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedGraph;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/** One convolution here, forward and both gradients, that the peer makes too. */
final class PeerConvolution implements AutoCloseable {
    private final String name;
    private final String sizes;
    private final List<TimedGraph> graphs = new ArrayList<>();
    private final double operations;

    /**
     * Compiles it.
     *
     * @param input [n, c, h, w]
     */
    PeerConvolution(Backend backend, Shape input, int outputs, int kernel, int padding) {
        List<KernelCase> cases = KernelCases.convolution(
                input, outputs, Window.of(kernel, kernel).padding(padding));
        cases.forEach(one -> graphs.add(new TimedGraph(backend, one.graph().orElseThrow())));
        name = cases.getFirst().shape();
        operations = cases.getFirst().operations();
        sizes = input.size(0) + " " + input.size(1) + " " + input.size(2) + " " + input.size(3) + " " + outputs + " "
                + kernel + " " + padding;
    }

    String name() {
        return name;
    }

    /** Floating point operations of the output, and of each gradient. */
    double operations() {
        return operations;
    }

    /** Gives the peer the data; the largest difference of output and gradients. */
    double worst(PyTorch peer) throws IOException {
        TimedGraph forward = graphs.getFirst();
        TimedGraph inputGradient = graphs.get(1);
        TimedGraph kernelGradient = graphs.get(2);
        float[] x = forward.value("x");
        float[] kernel = forward.value("kernel");
        float[] g = kernelGradient.value("g");
        inputGradient.give("g", g);
        inputGradient.give("kernel", kernel);
        kernelGradient.give("x", x);
        peer.load("conv " + sizes, x, kernel, g);
        float[][] received = new float[graphs.size()][];
        int count = 0;
        for (int i = 0; i < received.length; i++) {
            graphs.get(i).run();
            received[i] = graphs.get(i).result();
            count += received[i].length;
        }
        float[] expected = peer.values("results", count);
        double worst = 0;
        int at = 0;
        for (float[] part : received) {
            worst = Math.max(worst, Difference.worst(expected, at, part));
            at += part.length;
        }
        return worst;
    }

    /** Shortest time of one part, in microseconds: 0 forward, 1 gradient of the input, 2 gradient of the kernel. */
    double microseconds(int part, int runs) {
        return graphs.get(part).microseconds(runs);
    }

    @Override
    public void close() {
        graphs.forEach(TimedGraph::close);
    }
}
