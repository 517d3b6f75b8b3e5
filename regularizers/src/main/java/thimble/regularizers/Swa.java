package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Evaluation and the saved model read the plain mean of the weights over the last part of training: after every c-th step from the share s of all steps
 * on, a ← (k a + w) / (k + 1) for the k weights averaged so far. Before that, evaluation reads the weights themselves. Training itself is
 * unchanged; running statistics are estimated anew for the averaged weights by the trainer. It needs weights that still move, so a learning rate
 * that does not vanish, as with {@code --optimizer sgd:schedule=constant}; with one that falls to 0 it is hardly more than the last weights.
 *
 * <p>P. Izmailov, D. Podoprikhin, T. Garipov, D. Vetrov and A. G. Wilson, "Averaging Weights Leads to Wider Optima and Better Generalization",
 * UAI 2018, algorithm 1. Deviations: the learning rate is the optimizer's; the cycle is counted in steps, not in epochs. Declare it after methods that
 * change weights, since it averages what the hooks before it made.
 *
 * @param start share s in [0, 1] of the steps before the first average; 1 averages nothing
 * @param every steps c ≥ 1 from one weight of the mean to the next
 */
public record Swa(double start, int every) implements Regularizer {
    /** Every step from three quarters on. */
    public Swa() {
        this(0.75, 1);
    }

    /** Checks the ranges. */
    public Swa {
        Checks.share("swa", "start", start);
        Checks.atLeastOne("swa", "every", every);
    }

    @Override
    public String name() {
        return "swa";
    }

    @Override
    public String summary() {
        return "evaluates and saves the mean of the weights over the last part of training";
    }

    @Override
    public String source() {
        return "Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: UAI 2018";
    }

    @Override
    public List<String> excludes() {
        return List.of("ema");
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        if (start == 1) {
            return updated;
        }
        long steps = step.steps();
        Tensor fresh = step.perStep("fresh", (_, at) -> fresh(at, steps));
        Tensor kept = fresh.neg().add(1);
        Map<Parameter, Tensor> same = new LinkedHashMap<>(updated);
        same.forEach((parameter, w) -> {
            Tensor average = average(step, parameter);
            step.update(average, average.mul(kept).add(w.mul(fresh)));
        });
        return same;
    }

    @Override
    public Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
        return start == 1 ? Optional.empty() : Optional.of(average(step, weight));
    }

    /** Share of the newest weights in the average after a step: 1 up to the first average, then 1 / 2, 1 / 3, … every c-th step. */
    private double fresh(long at, long steps) {
        long first = Math.min(steps - 1, (long) (start * steps));
        if (at <= first) {
            return 1;
        }
        return (at - first) % every == 0 ? 1.0 / ((at - first) / every + 1) : 0;
    }

    private static Tensor average(StepTrace step, Parameter parameter) {
        return step.variable("average." + parameter.name(), parameter);
    }
}
