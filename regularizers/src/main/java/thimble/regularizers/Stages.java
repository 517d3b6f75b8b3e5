package thimble.regularizers;

import java.util.List;
import java.util.stream.Stream;
import thimble.nn.Tap;

/** The stages of a model among which a method draws one per step. */
final class Stages {
    /** The name that stands for the input. */
    static final String INPUT = "input";

    private Stages() {}

    /**
     * Names of the hidden stages in the order of the forward pass, after the input if it takes part.
     *
     * @throws IllegalArgumentException if there are none
     */
    static List<String> of(String method, List<Tap> taps, boolean input) {
        Stream<String> hidden = taps.stream()
                .filter(tap -> tap.kind() == Tap.Kind.MAP || tap.kind() == Tap.Kind.HIDDEN)
                .map(Tap::name);
        List<String> stages =
                Stream.concat(input ? Stream.of(INPUT) : Stream.empty(), hidden).toList();
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("[" + method + "] expected a model with hidden stages; input=true takes"
                    + " its input, and models such as mlp have hidden stages");
        }
        return stages;
    }
}
