package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.nn.Tap;
import thimble.tensor.Tensor;
import thimble.train.StepTrace;

/** Which statistics batch normalisation uses in the pass that a penalty differentiates. */
public enum BatchStatistics {
    /** Those of the batch, as functions of all its examples: a gradient by one example's input sees the others. */
    BATCH,
    /** The same numbers as constants, so that each example stands for itself; needs a model with batch normalisation. */
    FROZEN;

    /** The step's logits [n, m] with these statistics. */
    Tensor logits(StepTrace step, String method) {
        return switch (this) {
            case BATCH -> step.logits();
            case FROZEN -> {
                List<Tap> taps = step.taps(Tap.Kind.STATISTIC);
                if (taps.isEmpty()) {
                    throw new IllegalArgumentException("[" + method
                            + "] expected a model with batch normalisation to freeze; use statistics=batch for"
                            + " this one");
                }
                Map<Tensor, Tensor> constants = new LinkedHashMap<>();
                taps.forEach(tap -> constants.put(tap.tensor(), tap.tensor().stopGradient()));
                yield step.logitsWith(constants);
            }
        };
    }
}
