package thimble.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Philox;
import thimble.tensor.Reference;
import thimble.tensor.Replicas;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * One comparison of a backend with the reference: programs that run in turn, several times, over one state.
 *
 * @param name what is compared
 * @param values the inputs and variables with their values
 * @param programs the programs of one round, in order
 * @param rounds how often all programs run
 * @param single true if the tolerance is that of one operation on exact operands, false for whole graphs
 */
public record ConformanceCase(String name, Values values, List<Graph> programs, int rounds, boolean single) {
    private static final long SEED = 20_260_719;
    private static final double UNIT = 0x1p-24;
    /** Outputs of whole graphs whose largest magnitude is below are compared as if it were this. */
    private static final double SMALL = 1e-3;

    private static final double WHOLE = 1e-4;

    /** Copies the list. */
    public ConformanceCase {
        programs = List.copyOf(programs);
    }

    /** Inputs and variables that remember their values; values depend on the names alone. */
    public static final class Values {
        private final Map<String, float[]> numbers = new LinkedHashMap<>();
        private final Map<String, int[]> integers = new LinkedHashMap<>();
        private final Map<String, float[]> initial = new LinkedHashMap<>();
        private final List<Tensor> variables = new ArrayList<>();

        /** No values yet. */
        public Values() {}

        /** FLOAT32 input with axis 0 as batch axis and numbers in [low, high). */
        public Tensor batch(String name, double low, double high, int... sizes) {
            numbers.put(name, random(name, Shape.of(sizes), low, high));
            return Tensor.batch(name, Shape.of(sizes));
        }

        /** FLOAT32 input without a batch axis and with numbers in [low, high). */
        public Tensor input(String name, double low, double high, int... sizes) {
            numbers.put(name, random(name, Shape.of(sizes), low, high));
            return Tensor.input(name, sizes);
        }

        /** FLOAT32 input with axis 0 as batch axis and whole numbers in [low, high): many ties. */
        public Tensor ties(String name, int low, int high, int... sizes) {
            float[] values = random(name, Shape.of(sizes), low, high);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.floor(values[i]);
            }
            numbers.put(name, values);
            return Tensor.batch(name, Shape.of(sizes));
        }

        /** FLOAT32 input with axis 0 as batch axis, each element one of these numbers. */
        Tensor chosen(String name, float[] from, int... sizes) {
            float[] values = random(name, Shape.of(sizes), 0, from.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = from[Math.min(from.length - 1, (int) values[i])];
            }
            numbers.put(name, values);
            return Tensor.batch(name, Shape.of(sizes));
        }

        /** INT32 input with whole numbers in [low, high); {@code batchAxis} as in {@link Op.Input}. */
        public Tensor integers(String name, int batchAxis, int low, int high, int... sizes) {
            float[] values = random(name, Shape.of(sizes), low, high);
            int[] whole = new int[values.length];
            for (int i = 0; i < whole.length; i++) {
                whole[i] = Math.min(high - 1, (int) Math.floor(values[i]));
            }
            integers.put(name, whole);
            return Tensor.of(new Op.Input(name, Shape.of(sizes), DType.INT32, batchAxis));
        }

        /** One-hot FLOAT32 input [n, classes] with axis 0 as batch axis. */
        public Tensor oneHot(String name, int n, int classes) {
            float[] draw = random(name, Shape.of(n), 0, classes);
            float[] values = new float[n * classes];
            for (int i = 0; i < n; i++) {
                values[i * classes + Math.min(classes - 1, (int) draw[i])] = 1;
            }
            numbers.put(name, values);
            return Tensor.batch(name, Shape.of(n, classes));
        }

        /** Variable with initial numbers in [−scale, scale). */
        public Tensor variable(String name, double scale, int... sizes) {
            Tensor variable = Tensor.variable(name, Shape.of(sizes));
            initial.put(name, random(name, Shape.of(sizes), -scale, scale));
            variables.add(variable);
            return variable;
        }

        /** The variables, in the order made. */
        public List<Tensor> variables() {
            return List.copyOf(variables);
        }

        /** A reference with these values and the key of step 0. */
        public Reference reference() {
            Reference reference = new Reference().key(SEED, 0);
            initial.forEach((variable, numbers) -> reference.variable(variable, widen(numbers)));
            numbers.forEach((input, numbers) -> reference.feed(input, widen(numbers)));
            integers.forEach((input, numbers) -> reference.feed(input, widen(numbers)));
            return reference;
        }

        /** Values of so many replicas, one after another, each smaller than the one before but for whole numbers; keys differ. */
        Values replicas(int count) {
            Values all = new Values();
            numbers.forEach((input, values) -> all.numbers.put(input, shrinking(values, count)));
            initial.forEach((variable, values) -> all.initial.put(variable, shrinking(values, count)));
            integers.forEach((input, values) -> {
                int[] tiled = new int[count * values.length];
                for (int i = 0; i < tiled.length; i++) {
                    tiled[i] = values[i % values.length];
                }
                all.integers.put(input, tiled);
            });
            int[] keys = new int[3 * count];
            for (int k = 0; k < count; k++) {
                System.arraycopy(Key.words(SEED + k, k), 0, keys, 3 * k, 3);
            }
            all.integers.put(Replicas.KEYS, keys);
            for (Tensor variable : variables) {
                all.variables.add(Tensor.variable(
                        ((Op.Variable) variable.op()).name(), variable.shape().withFirst(count)));
            }
            return all;
        }

        private static float[] shrinking(float[] values, int count) {
            float[] tiled = new float[count * values.length];
            for (int i = 0; i < tiled.length; i++) {
                tiled[i] = values[i % values.length] * (1 - 0.1f * (i / values.length));
            }
            return tiled;
        }

        private static float[] random(String name, Shape shape, double low, double high) {
            double[] uniform = Philox.uniform(Key.words(SEED, 0), Key.stream(name), shape.elements());
            float[] values = new float[uniform.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (low + (high - low) * uniform[i]);
            }
            return values;
        }
    }

    /** The same case for so many replicas in one graph, nothing shared. */
    ConformanceCase replicas(int count) {
        List<Graph> together =
                programs.stream().map(program -> replicas(program, count)).toList();
        return new ConformanceCase(name + ", " + count + " replicas", values.replicas(count), together, rounds, single);
    }

    private static Graph replicas(Graph program, int count) {
        List<Tensor> roots = Replicas.of(program.roots(), count, _ -> true);
        int outputs = program.outputs().size();
        List<Graph.Update> updates = new ArrayList<>();
        for (int i = 0; i < program.updates().size(); i++) {
            updates.add(new Graph.Update(program.updates().get(i).variable(), roots.get(outputs + i)));
        }
        return new Graph(roots.subList(0, outputs), updates);
    }

    /** Runs the case; the text of the first difference with the graph round it, or nothing if all agree. */
    public Optional<String> differs(Backend backend) {
        Reference reference = values.reference();
        Map<String, double[]> expected = new LinkedHashMap<>();
        values.initial.forEach((variable, initial) -> expected.put(variable, widen(initial)));
        try (State state = backend.allocate(values.variables)) {
            values.initial.forEach(state::write);
            List<Executable> executables = new ArrayList<>();
            for (Graph program : programs) {
                executables.add(backend.compile(program).bind(state));
                feed(program, executables.getLast());
            }
            Optional<String> difference = Optional.empty();
            for (int step = 0; step < rounds && difference.isEmpty(); step++) {
                reference.key(SEED, step);
                for (int i = 0; i < programs.size() && difference.isEmpty(); i++) {
                    executables.get(i).run(SEED, step);
                    difference = outputs(programs.get(i), executables.get(i), reference);
                    update(programs.get(i), reference, expected);
                }
            }
            executables.forEach(Executable::close);
            return difference.or(() -> variables(state, expected));
        }
    }

    private void feed(Graph program, Executable executable) {
        for (Tensor tensor : Tensor.topological(program.roots())) {
            if (tensor.op() instanceof Op.Input(var input, var _, var dtype, int _) && !input.equals(Key.NAME)) {
                if (dtype == DType.INT32) {
                    executable.feed(input, given(values.integers, input));
                } else {
                    executable.feed(input, given(values.numbers, input));
                }
            }
        }
    }

    private <T> T given(Map<String, T> known, String input) {
        T value = known.get(input);
        if (value == null) {
            throw new IllegalStateException("[" + name + "] expected values for the input '" + input + "'");
        }
        return value;
    }

    private Optional<String> outputs(Graph program, Executable executable, Reference reference) {
        List<double[]> wanted = reference.values(program.outputs());
        for (int i = 0; i < wanted.size(); i++) {
            Tensor output = program.outputs().get(i);
            double[] tolerances = single ? one(output, reference) : whole(wanted.get(i));
            float[] received = new float[output.shape().elements()];
            executable.fetch(i, received);
            String where = "output " + i + " = " + output;
            Optional<String> difference = compare(where, wanted.get(i), received, tolerances);
            if (difference.isPresent()) {
                return difference.map(text -> text + "\n" + program.text());
            }
        }
        return Optional.empty();
    }

    private static void update(Graph program, Reference reference, Map<String, double[]> variables) {
        List<double[]> updated = reference.values(
                program.updates().stream().map(Graph.Update::value).toList());
        for (int i = 0; i < updated.size(); i++) {
            String variable = program.updates().get(i).variable();
            variables.put(variable, updated.get(i).clone());
        }
        variables.forEach(reference::variable);
    }

    private Optional<String> variables(State state, Map<String, double[]> expected) {
        for (Map.Entry<String, double[]> variable : expected.entrySet()) {
            float[] received = new float[variable.getValue().length];
            state.read(variable.getKey(), received);
            Optional<String> difference = compare(
                    "variable '" + variable.getKey() + "'", variable.getValue(), received, whole(variable.getValue()));
            if (difference.isPresent()) {
                return difference.map(text -> text + "\n" + programs.getFirst().text());
            }
        }
        return Optional.empty();
    }

    /** 8·2⁻²⁴·√terms·Σ|terms| for each element. */
    private static double[] one(Tensor output, Reference reference) {
        Reference.Bounded bounded = reference.bounded(output);
        double factor = 8 * UNIT * Math.sqrt(bounded.terms());
        double[] tolerances = new double[bounded.values().length];
        for (int i = 0; i < tolerances.length; i++) {
            tolerances[i] = Math.max(factor * bounded.magnitudes()[i], Float.MIN_NORMAL);
        }
        return tolerances;
    }

    /** 10⁻⁴ of the largest magnitude for all elements. */
    private static double[] whole(double[] values) {
        double largest = SMALL;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        double[] tolerances = new double[values.length];
        Arrays.fill(tolerances, WHOLE * largest);
        return tolerances;
    }

    private static Optional<String> compare(String where, double[] wanted, float[] received, double[] tolerances) {
        for (int i = 0; i < wanted.length; i++) {
            boolean same = Double.compare(wanted[i], received[i]) == 0 || (float) wanted[i] == received[i];
            if (!same && !(Math.abs(wanted[i] - received[i]) <= tolerances[i])) {
                return Optional.of(where + ", element " + i + ": expected " + wanted[i] + " ± " + tolerances[i]
                        + " but received " + received[i]);
            }
        }
        return Optional.empty();
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] widen(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
