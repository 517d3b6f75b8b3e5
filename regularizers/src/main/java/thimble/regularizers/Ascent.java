package thimble.regularizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.tensor.Gradients;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;
import thimble.train.StepTrace;

/** A step uphill from the weights, and the gradients of the step's loss there. */
final class Ascent {
    /** Keeps the division finite where all gradients are 0. */
    private static final double TINY = 1e-12;

    private Ascent() {}

    /** How lengths of one parameter are measured: T by its weights. */
    interface Scale {
        /** A tensor scaled by T. */
        UnaryOperator<Tensor> of(Parameter parameter);
    }

    /**
     * Gradients at w + ρ T² g / ‖T g‖ in place of those at w, g; what hooks before changed is kept. Batch statistics there are those of the
     * batch and random masks are the same, and running statistics do not see the second pass.
     */
    static Map<Parameter, Tensor> gradients(
            StepTrace step, Map<Parameter, Tensor> gradients, Tensor radius, Scale scale) {
        List<Parameter> parameters = step.parameters();
        List<Tensor> weights = parameters.stream().map(Parameter::tensor).toList();
        List<Tensor> here = Gradients.of(step.loss(), weights);
        List<Tensor> above = Gradients.of(step.lossAt(climbed(parameters, here, radius, scale)), weights);
        List<Tensor> both = new ArrayList<>(here);
        gradients.values().forEach(both::add);
        Map<Tensor, Tensor> simple = Simplify.mapping(both);
        Map<Parameter, Tensor> changed = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor given = Objects.requireNonNull(gradients.get(parameters.get(i)));
            boolean same = simple.get(given) == simple.get(here.get(i));
            changed.put(parameters.get(i), same ? above.get(i) : above.get(i).add(given.sub(here.get(i))));
        }
        return changed;
    }

    /** w + ρ T² g / ‖T g‖, constant but for w. */
    static Map<Parameter, Tensor> climbed(
            List<Parameter> parameters, List<Tensor> gradients, Tensor radius, Scale scale) {
        Tensor squares = Tensor.scalar(0);
        for (int i = 0; i < parameters.size(); i++) {
            squares = squares.add(
                    scale.of(parameters.get(i)).apply(gradients.get(i)).square().sum());
        }
        Tensor share = radius.div(squares.sqrt().add(TINY));
        Map<Parameter, Tensor> climbed = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            UnaryOperator<Tensor> own = scale.of(parameters.get(i));
            Tensor climb = own.apply(own.apply(gradients.get(i))).mul(share);
            climbed.put(parameters.get(i), parameters.get(i).tensor().add(climb.stopGradient()));
        }
        return climbed;
    }
}
