package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.tensor.Shape;

/**
 * Convolutions here and in PyTorch (oneDNN), forward and backward, in turns within one run: first the results are compared, then the shortest
 * times. Arguments: threads (1), rounds (20).
 */
public final class Convolutions {
    private static final int BATCH = 64;
    private static final double WARM_SECONDS = 2;
    private static final double TURN_MICROSECONDS = 30_000;

    private Convolutions() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) throws IOException {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Backend backend = Backends.choose("cpu:threads=" + threads).backend();
        try (PyTorch peer = new PyTorch(threads)) {
            System.out.println(backend.description() + " beside " + peer.name() + ", times in µs");
            System.out.printf(
                    "%-24s %9s %9s %9s %9s %9s %9s %9s %7s%n",
                    "convolution", "worst", "forward", "theirs", "input", "kernel", "theirs", "GFLOP/s", "ratio");
            for (PeerConvolution one : List.of(
                    new PeerConvolution(backend, Shape.of(BATCH, 1, 28, 28), 6, 5, 0),
                    new PeerConvolution(backend, Shape.of(BATCH, 6, 12, 12), 16, 5, 0),
                    new PeerConvolution(backend, Shape.of(BATCH, 16, 32, 32), 16, 3, 1),
                    new PeerConvolution(backend, Shape.of(BATCH, 32, 16, 16), 32, 3, 1),
                    new PeerConvolution(backend, Shape.of(BATCH, 64, 8, 8), 64, 3, 1))) {
                try (one) {
                    compare(one, peer, rounds);
                }
            }
        }
    }

    private static void compare(PeerConvolution ours, PyTorch peer, int rounds) throws IOException {
        double worst = Difference.checked(ours.name(), ours.worst(peer), 1e-4);
        double[] here = new double[3];
        for (int part = 0; part < here.length; part++) {
            here[part] = Double.MAX_VALUE;
            long until = System.nanoTime() + (long) (WARM_SECONDS * 1e9);
            while (System.nanoTime() < until) {
                here[part] = Math.min(here[part], ours.microseconds(part, 1));
            }
        }
        double forward = peer.microseconds("forward", 3);
        double backward = peer.microseconds("backward", 3);
        for (int round = 0; round < rounds; round++) {
            for (int part = 0; part < here.length; part++) {
                here[part] = Math.min(here[part], ours.microseconds(part, runs(here[part])));
            }
            forward = Math.min(forward, peer.microseconds("forward", runs(forward)));
            backward = Math.min(backward, peer.microseconds("backward", runs(backward)));
        }
        double sum = here[0] + here[1] + here[2];
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.1e %9.0f %9.0f %9.0f %9.0f %9.0f %9.1f %7.2f%n",
                ours.name(),
                worst,
                here[0],
                forward,
                here[1],
                here[2],
                backward,
                3 * ours.operations() / sum / 1e3,
                (forward + backward) / sum);
    }

    private static int runs(double microseconds) {
        return (int) Math.clamp(TURN_MICROSECONDS / microseconds, 2, 200);
    }
}
