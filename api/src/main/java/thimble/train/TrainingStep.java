package thimble.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.backend.Graph;
import thimble.nn.Trace;
import thimble.tensor.Key;
import thimble.tensor.Tensor;

/**
 * A training step as graphs: forward pass with hooks, loss, penalties, gradients, optimizer, weights, all simplified. A
 * graph depends on the structure of its setup alone; seeds, run-time numbers and data reach it as inputs {@code input},
 * {@code target}, {@code weight} and the scalars.
 *
 * @param variants graphs over one state, one of which runs per step; the only output is the loss with penalties
 * @param choices how many variants each method has and the stream that draws them
 * @param scalars run-time numbers of all variants
 * @param variables all variables of all variants: weights, buffers, then those of optimizer and methods
 * @param evaluated what evaluation reads instead of some weights
 */
public record TrainingStep(
        List<Variant> variants,
        List<Choice> choices,
        List<StepScalar> scalars,
        List<StateVariable> variables,
        Optional<Evaluated> evaluated) {
    private static final int MOST_VARIANTS = 64;

    /**
     * One form of the step.
     *
     * @param methods the methods as they act in it
     * @param graph what runs
     * @param scalars the run-time numbers that it reads
     */
    public record Variant(List<Regularizer> methods, Graph graph, List<StepScalar> scalars) {}

    /**
     * How one method varies.
     *
     * @param count number of its forms
     * @param stream draws one of them per step
     */
    public record Choice(int count, long stream) {}

    /**
     * Weights that evaluation and the saved model read.
     *
     * @param weights names, in the order of the outputs
     * @param graph computes them from the state after a step
     * @param scalars the run-time numbers that it reads
     */
    public record Evaluated(List<String> weights, Graph graph, List<StepScalar> scalars) {}

    /** Copies the lists. */
    public TrainingStep {
        variants = List.copyOf(variants);
        choices = List.copyOf(choices);
        scalars = List.copyOf(scalars);
        variables = List.copyOf(variables);
    }

    /**
     * Builds the step.
     *
     * @throws IllegalArgumentException if model, loss, targets or methods do not fit together; the text names which
     */
    public static TrainingStep of(StepSetup setup) {
        Together.check(setup.methods());
        Trace trace = ForwardPass.trace(setup);
        List<List<Regularizer>> combinations = List.of(List.of());
        List<Choice> choices = new ArrayList<>();
        List<String> owners = StepGraph.owners(setup.methods());
        for (int i = 0; i < owners.size(); i++) {
            List<Regularizer> forms = setup.methods().get(i).variants(trace.taps());
            choices.add(new Choice(forms.size(), Key.stream("variant/" + owners.get(i))));
            combinations = combine(combinations, forms);
            if (combinations.isEmpty() || combinations.size() > MOST_VARIANTS) {
                throw new IllegalArgumentException("[" + owners.get(i) + "] expected 1 to " + MOST_VARIANTS
                        + " variants of the step in all but received " + combinations.size());
            }
        }
        Map<String, StepScalar> scalars = new LinkedHashMap<>();
        Map<String, StateVariable> variables = new LinkedHashMap<>();
        variables(trace).forEach(variable -> variables.put(variable.name(), variable));
        List<Variant> variants = new ArrayList<>();
        Optional<Evaluated> evaluated = Optional.empty();
        for (List<Regularizer> methods : combinations) {
            StepGraph step = StepGraph.of(setup.with(methods));
            Graph graph = step.graph();
            variants.add(new Variant(methods, graph, read(graph, step.registry())));
            step.registry().scalars().forEach(scalar -> scalars.putIfAbsent(scalar.input(), scalar));
            step.registry().variables().forEach(variable -> {
                StateVariable known = variables.putIfAbsent(variable.name(), variable);
                if (known != null
                        && !known.tensor().shape().equals(variable.tensor().shape())) {
                    throw new IllegalArgumentException(
                            "[" + variable.name() + "] expected one shape in all variants but received "
                                    + known.tensor().shape() + " and "
                                    + variable.tensor().shape());
                }
            });
            if (evaluated.isEmpty() && !step.evaluated().isEmpty()) {
                Graph weights = StepGraph.simplified(
                        new Graph(List.copyOf(step.evaluated().values()), List.of()));
                evaluated = Optional.of(
                        new Evaluated(List.copyOf(step.evaluated().keySet()), weights, read(weights, step.registry())));
            }
        }
        return new TrainingStep(
                variants, choices, List.copyOf(scalars.values()), List.copyOf(variables.values()), evaluated);
    }

    /** Which variant runs in a step. */
    public int variant(long seed, long step) {
        int index = 0;
        for (int i = 0; i < choices.size(); i++) { // without an iterator: this runs in every step
            Choice choice = choices.get(i);
            index = index * choice.count()
                    + (choice.count() == 1
                            ? 0
                            : (int) Long.remainderUnsigned(Mix.of(seed ^ choice.stream(), step), choice.count()));
        }
        return index;
    }

    /** Weights and buffers of a model. */
    static List<StateVariable> variables(Trace trace) {
        return Stream.concat(
                        trace.parameters().stream().map(p -> new StateVariable(p.name(), p.tensor(), p.initializer())),
                        trace.buffers().stream().map(b -> new StateVariable(b.name(), b.tensor(), b.initializer())))
                .toList();
    }

    private static List<List<Regularizer>> combine(List<List<Regularizer>> combinations, List<Regularizer> forms) {
        List<List<Regularizer>> longer = new ArrayList<>();
        for (List<Regularizer> before : combinations) {
            for (Regularizer form : forms) {
                List<Regularizer> one = new ArrayList<>(before);
                one.add(form);
                longer.add(one);
            }
        }
        return longer;
    }

    /** The run-time numbers that stand in a graph after simplification. */
    private static List<StepScalar> read(Graph graph, StepRegistry registry) {
        List<String> inputs = Tensor.topological(graph.roots()).stream()
                .filter(tensor -> tensor.op() instanceof thimble.tensor.Op.Input)
                .map(tensor -> ((thimble.tensor.Op.Input) tensor.op()).name())
                .toList();
        return registry.scalars().stream()
                .filter(scalar -> inputs.contains(scalar.input()))
                .toList();
    }
}
