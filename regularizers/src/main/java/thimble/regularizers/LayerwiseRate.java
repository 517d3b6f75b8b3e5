package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Smaller learning rates towards the input, for pre-trained models: the update of a stage with k stages behind it is multiplied by ξᵏ, so that its
 * learning rate is μ ξᵏ with any optimizer. A stage is what stands under one first name, such as {@code conv1} or {@code block3}. Biases and
 * normalisation parameters belong to their stage.
 *
 * <p>J. Howard and S. Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018, section 3.2: discriminative fine-tuning,
 * η^(l−1) = η^l / 2.6. Deviation: the update is scaled, not the gradient, since Adam's update does not depend on the gradient's scale; hooks on
 * weights that are declared before are scaled too.
 *
 * @param factor ξ in [0, 1]; 1 changes nothing, 0 trains the last stage alone
 */
public record LayerwiseRate(double factor) implements Regularizer {
    /** ξ = 1 / 2.6, to two digits. */
    public LayerwiseRate() {
        this(0.38);
    }

    /** Checks that the factor is in [0, 1]. */
    public LayerwiseRate {
        Checks.share("layerwise-rate", "factor", factor);
    }

    @Override
    public String name() {
        return "layerwise-rate";
    }

    @Override
    public String summary() {
        return "learning rates that shrink by a factor from each stage to the one before";
    }

    @Override
    public String source() {
        return "Howard, Ruder: ACL 2018";
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        if (factor == 1) {
            return updated;
        }
        ParameterStages stages = ParameterStages.of(step.parameters());
        Map<Parameter, Tensor> scaled = new LinkedHashMap<>();
        updated.forEach((parameter, next) -> {
            int behind = stages.behind(parameter);
            Tensor w = parameter.tensor();
            scaled.put(
                    parameter,
                    behind == 0
                            ? next
                            : w.add(next.sub(w)
                                    .mul(step.value(
                                            "scale." + ParameterStages.name(parameter),
                                            StrictMath.pow(factor, behind)))));
        });
        return scaled;
    }
}
