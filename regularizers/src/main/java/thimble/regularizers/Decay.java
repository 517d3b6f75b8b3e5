package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/** The same change for every parameter that decays, in the model's order. */
final class Decay {
    private Decay() {}

    /** Applies a change to the entries of decaying parameters and keeps the others. */
    static Map<Parameter, Tensor> each(
            Map<Parameter, Tensor> entries, boolean all, BiFunction<Parameter, Tensor, Tensor> change) {
        Map<Parameter, Tensor> changed = new LinkedHashMap<>();
        entries.forEach((parameter, value) ->
                changed.put(parameter, Checks.decays(parameter, all) ? change.apply(parameter, value) : value));
        return changed;
    }
}
