package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.StepCase;
import thimble.tensor.Shape;

/**
 * Training steps with momentum here, in PyTorch, in its native library called from Java and in Deeplearning4j, in turns within one run: first the gradients are
 * compared, then the shortest times.
 * Arguments: threads (1), rounds (10), steps as {@code model/batch/kind}, all of them without.
 */
public final class Steps {
    private static final double SPECTREG = 0.1;
    private static final double DATAGRAD = 2;
    private static final List<String> STEPS = List.of(
            "lenet5/64/plain",
            "lenet5/64/spectreg",
            "lenet5/64/datagrad",
            "mlp:hidden=256/32/plain",
            "lenet/50/plain",
            "lenet/50/spectreg",
            "resnet20/64/plain",
            "resnet20/64/spectreg");
    private static final double WARM_SECONDS = 8;
    private static final int WARM_RUNS = 40;
    private static final int WARM_TURN = 3;
    private static final double TURN_MICROSECONDS = 150_000;

    private Steps() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) throws IOException {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        List<String> steps = args.length > 2 ? Arrays.asList(args).subList(2, args.length) : STEPS;
        Backend backend = Backends.choose("cpu:threads=" + threads).backend();
        List<StepPeer> peers = List.of(new PyTorch(threads), new Libtorch(threads), new Dl4j(threads));
        try {
            print(backend, peers, steps, rounds);
        } finally {
            for (StepPeer peer : peers) {
                peer.close();
            }
        }
    }

    private static void print(Backend backend, List<StepPeer> peers, List<String> steps, int rounds)
            throws IOException {
        System.out.println(backend.description());
        System.out.printf("%-26s %11s", "step", "Thimble µs");
        for (StepPeer peer : peers) {
            System.out.printf(" %20s %6s %9s", peer.name() + " µs", "ratio", "gradient");
        }
        System.out.println();
        for (String step : steps) {
            try (PeerStep ours = step(step, backend)) {
                compare(step, ours, peers, rounds);
            }
        }
    }

    private static PeerStep step(String text, Backend backend) {
        String[] parts = text.split("/");
        String methods = switch (parts[2]) {
            case "plain" -> StepCase.PLAIN;
            case "spectreg" -> "spectreg:lambda=" + SPECTREG;
            case "datagrad" -> "datagrad:lambda=" + DATAGRAD;
            default ->
                throw new IllegalArgumentException(
                        "[step] expected plain, spectreg or datagrad but received " + parts[2]);
        };
        Shape image = parts[0].startsWith("resnet") ? Shape.of(3, 32, 32) : Shape.of(1, 28, 28);
        StepCase about = new StepCase(parts[0], image, methods, Integer.parseInt(parts[1]));
        return new PeerStep(parts[2], about, about.compile(backend));
    }

    private static void compare(String name, PeerStep ours, List<StepPeer> peers, int rounds) throws IOException {
        List<StepPeer> able = peers.stream()
                .filter(peer -> peer.makes(ours.about().model(), ours.kind()))
                .toList();
        double[] differences = new double[able.size()];
        double[] there = new double[able.size()];
        for (StepPeer peer : able) {
            ours.load(peer, SPECTREG, DATAGRAD);
        }
        ours.step().run();
        for (int i = 0; i < there.length; i++) {
            differences[i] = Difference.checked(
                    name, ours.worst(able.get(i)), tolerance(ours.about().model()));
            there[i] = able.get(i).microseconds(ours.kind(), WARM_TURN);
        }
        double here = warm(ours);
        for (int round = 0; round < rounds; round++) {
            here = Math.min(here, ours.step().microseconds(0, runs(here)));
            for (int i = 0; i < there.length; i++) {
                there[i] = Math.min(there[i], able.get(i).microseconds(ours.kind(), runs(there[i])));
            }
        }
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-26s %11.0f", name, here));
        for (int i = 0; i < there.length; i++) {
            row.append(String.format(Locale.ROOT, " %20.0f %6.2f %9.1e", there[i], there[i] / here, differences[i]));
        }
        System.out.println(row);
    }

    /** In a deep network rounding moves some rectified units to the other side: PyTorch's own float32 and float64 differ by 3e-3 there. */
    private static double tolerance(String model) {
        return model.startsWith("resnet") ? 5e-2 : 1e-4;
    }

    /** How many runs make a turn. */
    private static int runs(double microseconds) {
        return (int) Math.clamp(TURN_MICROSECONDS / microseconds, 2, 200);
    }

    private static double warm(PeerStep ours) {
        List<Double> times = new ArrayList<>();
        long until = System.nanoTime() + (long) (WARM_SECONDS * 1e9);
        while (System.nanoTime() < until || times.size() < WARM_RUNS) {
            times.add(ours.step().microseconds(0, 1));
        }
        return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
