package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Trains the last stage of a pre-trained model first and lets the others follow, from the last to the first, at even distances up to the share u of all
 * steps: a stage with k of K stages behind it keeps its weights, bit for bit, before step u k / (K − 1) of all. A stage is what stands under one first
 * name, such as {@code conv1} or {@code block3}. Frozen stages still gather the optimizer's moments and running statistics.
 *
 * <p>J. Howard and S. Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018, section 3.3: gradual unfreezing, there one more
 * layer each epoch. Deviation: in even shares of the steps; the update is held back, not the gradient, since Adam's update does not depend on the
 * gradient's scale.
 *
 * @param until share u in [0, 1] of the steps after which all stages train; 0 changes nothing
 */
public record GradualUnfreezing(double until) implements Regularizer {
    /** All stages train from half of the steps on. */
    public GradualUnfreezing() {
        this(0.5);
    }

    /** Checks that the share is in [0, 1]. */
    public GradualUnfreezing {
        Checks.share("gradual-unfreezing", "until", until);
    }

    @Override
    public String name() {
        return "gradual-unfreezing";
    }

    @Override
    public String summary() {
        return "trains the last stage first and unfreezes the others one by one";
    }

    @Override
    public String source() {
        return "Howard, Ruder: ACL 2018";
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        if (until == 0) {
            return updated;
        }
        ParameterStages stages = ParameterStages.of(step.parameters());
        int others = stages.names().size() - 1;
        Map<Parameter, Tensor> gated = new LinkedHashMap<>();
        Map<String, Tensor> gates = new LinkedHashMap<>();
        updated.forEach((parameter, next) -> {
            int behind = stages.behind(parameter);
            if (behind == 0) {
                gated.put(parameter, next);
                return;
            }
            double share = until * behind / others;
            long steps = step.steps();
            Tensor open = gates.computeIfAbsent(
                    ParameterStages.name(parameter),
                    name -> step.perStep("open." + name, (_, at) -> at < share * steps ? 0 : 1));
            // Both products, because w + 1 · (next − w) has other bits than next.
            gated.put(
                    parameter,
                    next.mul(open).add(parameter.tensor().mul(open.neg().add(1))));
        });
        return gated;
    }
}
