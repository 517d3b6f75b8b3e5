package thimble.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.StepCase;
import thimble.benchmarks.speed.TimedStep;
import thimble.tensor.Shape;

/**
 * What a method costs per step: the shortest time of its step over that of the plain step, measured in turns within one run. A method with
 * variants counts with their mean, as each is drawn equally often. Arguments: model (lenet5), batch (64), rounds (10), methods.
 */
public final class MethodCost {
    private static final List<String> METHODS = List.of(
            "dropout",
            "l2",
            "label-smoothing",
            "mixup",
            "spectreg",
            "datagrad",
            "adversarial-features",
            "vat",
            "dropout+r-drop",
            "sam",
            "ema");
    private static final Shape IMAGE = Shape.of(1, 28, 28);
    private static final int WARM = 4000;
    private static final int RUNS = 100;

    private MethodCost() {}

    /** Prints a table of ratios. */
    public static void main(String[] args) {
        String model = args.length > 0 ? args[0] : "lenet5";
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        List<String> methods = args.length > 3 ? Arrays.asList(args).subList(3, args.length) : METHODS;
        Backend backend = Backends.choose("cpu:threads=1").backend();
        List<String> specs = new ArrayList<>(List.of(StepCase.PLAIN));
        specs.addAll(methods);
        List<TimedStep> steps = specs.stream()
                .map(spec -> new StepCase(model, IMAGE, spec, batch).compile(backend))
                .toList();
        double[][] shortest = new double[steps.size()][];
        for (int i = 0; i < shortest.length; i++) {
            shortest[i] = new double[steps.get(i).variants()];
            for (int variant = 0; variant < shortest[i].length; variant++) {
                shortest[i][variant] = steps.get(i).microseconds(variant, WARM);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < shortest.length; i++) {
                for (int variant = 0; variant < shortest[i].length; variant++) {
                    shortest[i][variant] =
                            Math.min(shortest[i][variant], steps.get(i).microseconds(variant, RUNS));
                }
            }
        }
        System.out.println(backend.description() + ", " + model + ", batch " + batch);
        double plain = shortest[0][0];
        for (int i = 0; i < shortest.length; i++) {
            double mean = Arrays.stream(shortest[i]).average().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.0f us   %5.2f of plain%s%n",
                    specs.get(i),
                    mean,
                    mean / plain,
                    shortest[i].length == 1 ? "" : ", mean of " + shortest[i].length + " variants");
        }
        steps.forEach(TimedStep::close);
    }
}
