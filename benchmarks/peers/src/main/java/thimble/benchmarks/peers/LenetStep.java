package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.TimedStep;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.train.Regularizer;

/**
 * A training step of LeNet-5 (6-16-120-84) with momentum, here and in PyTorch, in turns within one run: first the gradients are compared,
 * then the shortest times. Arguments: batch (64), threads (1), rounds (20).
 */
public final class LenetStep {
    private static final Shape IMAGE = Shape.of(1, 28, 28);
    private static final double SPECTREG = 0.1;
    private static final double DATAGRAD = 2;

    private LenetStep() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) throws IOException {
        int batch = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        Backend backend = Backends.choose("cpu:threads=" + threads).backend();
        Map<String, List<Regularizer>> kinds = new LinkedHashMap<>();
        kinds.put("plain", List.of());
        kinds.put("spectreg", List.of(Methods.parse(Regularizer.class, "spectreg:lambda=" + SPECTREG)));
        kinds.put("datagrad", List.of(Methods.parse(Regularizer.class, "datagrad:lambda=" + DATAGRAD)));
        System.out.println(backend.description() + ", batch " + batch);
        System.out.println("kind        worst gradient   thimble us   pytorch us   pytorch / thimble   / own plain");
        try (PyTorch peer = new PyTorch(batch, threads, SPECTREG, DATAGRAD)) {
            List<PeerStep> steps = new ArrayList<>();
            kinds.forEach((kind, methods) ->
                    steps.add(new PeerStep(kind, new TimedStep(backend, "lenet5", IMAGE, methods, batch))));
            double[] ours = new double[steps.size()];
            double[] theirs = new double[steps.size()];
            double[] worst = new double[steps.size()];
            for (int i = 0; i < worst.length; i++) {
                steps.get(i).load(peer);
                worst[i] = steps.get(i).worst(peer);
                steps.get(i).step().microseconds(0, 8000);
                peer.time(steps.get(i).name(), 20);
            }
            Arrays.fill(ours, Double.MAX_VALUE);
            Arrays.fill(theirs, Double.MAX_VALUE);
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < worst.length; i++) {
                    ours[i] = Math.min(ours[i], steps.get(i).step().microseconds(0, 200));
                    theirs[i] = Math.min(theirs[i], peer.time(steps.get(i).name(), 40));
                }
            }
            for (int i = 0; i < worst.length; i++) {
                System.out.printf(
                        "%-10s  %14.1e   %10.0f   %10.0f   %17.2f   %11.2f%n",
                        steps.get(i).name(), worst[i], ours[i], theirs[i], theirs[i] / ours[i], ours[i] / ours[0]);
            }
            steps.forEach(step -> step.step().close());
        }
    }
}
