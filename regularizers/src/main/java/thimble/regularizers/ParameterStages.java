package thimble.regularizers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import thimble.nn.Parameter;

/**
 * The layers of a model as a user counts them: a stage is everything under one first name, such as {@code conv1}, {@code block3}, {@code out}.
 *
 * @param names first names in the order of the model
 */
record ParameterStages(List<String> names) {
    static ParameterStages of(List<Parameter> parameters) {
        SequencedSet<String> names = new LinkedHashSet<>();
        parameters.forEach(parameter -> names.add(name(parameter)));
        return new ParameterStages(List.copyOf(names));
    }

    /** How many stages lie behind the one of a parameter: 0 for the last stage. */
    int behind(Parameter parameter) {
        return names.size() - 1 - names.indexOf(name(parameter));
    }

    static String name(Parameter parameter) {
        int dot = parameter.name().indexOf('.');
        return dot < 0 ? "" : parameter.name().substring(0, dot);
    }
}
