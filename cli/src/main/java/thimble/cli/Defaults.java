package thimble.cli;

import java.util.List;
import java.util.stream.Stream;
import thimble.benchmarks.Protocol;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.nn.Models;

/** What a comparison does if the user says nothing. */
final class Defaults {
    private static final int MOST = 1000;
    private static final int FEW = 400;

    private Defaults() {}

    /** Methods for this kind of data; the first is the baseline. */
    static String methods(Dataset train) {
        if (train.targets() instanceof Targets.Numbers) {
            return "none,dropout:rate=0.2,l2:lambda=1e-3,gaussian-noise:sigma=0.1,spectreg:lambda=1e-2,forest:trees=100";
        }
        return train.example().rank() == 1
                ? "none,dropout:rate=0.2,l2:lambda=1e-3,label-smoothing,spectreg,forest:trees=100"
                : "none,dropout:rate=0.2,dropout:rate=0.2+spectreg,datagrad:lambda=0.05,adversarial-features,forest:trees=100";
    }

    /**
     * The model: without a choice of model and data a small one, so that the first comparison takes two minutes; else what {@code auto} means for
     * these data, unless they have several inputs.
     */
    static String model(String wanted, boolean dataGiven, Dataset train) {
        if (!wanted.equals(Models.AUTO) || train.parts().size() > 1) {
            return wanted;
        }
        return dataGiven ? Models.auto(train.example()) : "lenet5";
    }

    /** Three sizes up to all that can be trained on, at most {@value #MOST} examples. */
    static List<Integer> sizes(Dataset train, Protocol protocol) {
        double share = switch (protocol) {
            case Protocol.Given() -> 1;
            case Protocol.Fraction(double held) -> 1 - held;
            case Protocol.Folds(int count) -> 1 - 1.0 / count;
        };
        int all = (int) (train.size() * share);
        int largest = Math.min(all, MOST);
        int least = train.targets() instanceof Targets.Classes classes ? 2 * classes.width() : 10;
        Stream<Integer> sizes = largest <= FEW
                ? Stream.of(largest / 4, largest / 2, largest)
                : Stream.of(largest / 10, largest * 3 / 10, largest);
        return sizes.map(size -> Math.min(largest, Math.max(size, least)))
                .distinct()
                .toList();
    }
}
