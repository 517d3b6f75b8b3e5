package thimble.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The meaning of every primitive in float64: values of graphs for given inputs and variables. Elements are row-major; INT32 tensors hold
 * exact whole numbers, their arithmetic wraps, and their division truncates and gives 0 for the divisor 0. For one thread at a time.
 */
public final class Reference {
    private final Map<String, double[]> inputs = new TreeMap<>();
    private final Map<String, double[]> variables = new TreeMap<>();

    /** No inputs and variables yet. */
    public Reference() {}

    /**
     * Values of a tensor with what bounds the error of another arithmetic.
     *
     * @param values the elements
     * @param magnitudes Σ|terms| of each element: the absolute values of what is added up
     * @param terms how many terms at most are added up for one element
     */
    public record Bounded(double[] values, double[] magnitudes, int terms) {}

    /**
     * The first node whose value is not a finite float32.
     *
     * @param node the node
     * @param element row-major index of its first such element
     * @param value that element
     * @param lines the ten lines of the graph before and after the node
     */
    public record Fault(Tensor node, int element, double value, String lines) {}

    /** Sets an input; the array is not copied. */
    public Reference feed(String input, double... values) {
        inputs.put(input, values);
        return this;
    }

    /** Sets a variable; the array is not copied. */
    public Reference variable(String name, double... values) {
        variables.put(name, values);
        return this;
    }

    /** Sets the input {@link Key#NAME}. */
    public Reference key(long seed, long step) {
        return feed(
                Key.NAME, Arrays.stream(Key.words(seed, step)).asDoubleStream().toArray());
    }

    /**
     * Elements of one tensor.
     *
     * @throws IllegalStateException if an input or variable that it needs has no value
     * @throws IllegalArgumentException if a value has the wrong length or an index is out of range
     */
    public double[] value(Tensor tensor) {
        return values(List.of(tensor)).getFirst();
    }

    /** The only element of a tensor. */
    public double scalar(Tensor tensor) {
        if (tensor.shape().elements() != 1) {
            throw new IllegalArgumentException("[reference] expected one element but received " + tensor);
        }
        return value(tensor)[0];
    }

    /** Elements of each root, in one pass. */
    public List<double[]> values(List<Tensor> roots) {
        Map<Tensor, double[]> wanted = new IdentityHashMap<>();
        roots.forEach(root -> wanted.put(root, new double[0]));
        visit(roots, false, (tensor, value) -> {
            wanted.computeIfPresent(tensor, (_, _) -> value);
            return true;
        });
        return roots.stream().map(wanted::get).toList();
    }

    /** Elements of one tensor with Σ|terms| of its last operation that is not a reshape, the measure of rounding errors in float32. */
    public Bounded bounded(Tensor tensor) {
        if (tensor.op() instanceof Op.Reshape) {
            return bounded(tensor.input());
        }
        List<double[]> operands = values(tensor.inputs());
        List<double[]> sizes = operands.stream()
                .map(operand -> Elementwise.map(operand, Math::abs))
                .toList();
        return new Bounded(
                evaluate(tensor, operands),
                Elementwise.map(evaluate(tensor, adds(tensor) ? sizes : operands), Math::abs),
                terms(tensor));
    }

    /** The first node, operands before users, with an element that is not a finite float32 when every node is rounded to float32. */
    public Optional<Fault> firstNotFinite(List<Tensor> roots) {
        List<Fault> found = new ArrayList<>();
        visit(roots, true, (tensor, value) -> {
            for (int i = 0; i < value.length && found.isEmpty(); i++) {
                if (!Double.isFinite(value[i])) {
                    found.add(new Fault(tensor, i, value[i], GraphText.around(roots, tensor, 10)));
                }
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /** Evaluates operands before users until the visitor refuses; a value is forgotten after its last user. */
    private void visit(List<Tensor> roots, boolean round, BiPredicate<Tensor, double[]> visitor) {
        List<Tensor> order = Tensor.topological(roots);
        Map<Tensor, Integer> users = new IdentityHashMap<>();
        order.forEach(tensor -> tensor.inputs().forEach(operand -> users.merge(operand, 1, Integer::sum)));
        Map<Tensor, double[]> values = new IdentityHashMap<>();
        for (Tensor tensor : order) {
            double[] exact =
                    evaluate(tensor, tensor.inputs().stream().map(values::get).toList());
            double[] value = round && tensor.dtype() == DType.FLOAT32 ? Elementwise.map(exact, x -> (float) x) : exact;
            if (!visitor.test(tensor, value)) {
                return;
            }
            values.put(tensor, value);
            for (Tensor operand : tensor.inputs()) {
                if (users.merge(operand, -1, Integer::sum) == 0) {
                    values.remove(operand);
                }
            }
        }
    }

    private double[] evaluate(Tensor t, List<double[]> in) {
        Shape shape = t.shape();
        Shape from = in.isEmpty() ? shape : t.input().shape();
        double[] a = in.isEmpty() ? new double[0] : in.getFirst();
        return switch (t.op()) {
            case Op.Input(var name, var _, var _, int _) -> given("input", inputs, name, shape);
            case Op.Variable(var name, var _) -> given("variable", variables, name, shape);
            case Op.Constant(double value, var _, var dtype) ->
                filled(shape, dtype == DType.INT32 ? (int) value : value);
            case Op.Random(long stream, var _, int _) -> Philox.uniform(integers(a), stream, shape.elements());
            case Op.Iota(var _, int axis) -> Movement.iota(shape, axis);
            case Op.Unary(var kind) -> Elementwise.unary(kind, a);
            case Op.Binary(var kind) -> Elementwise.binary(kind, t.input().dtype(), a, in.get(1));
            case Op.Select() -> Elementwise.select(a, in.get(1), in.get(2));
            case Op.Cast(var to) -> to == DType.INT32 ? Elementwise.map(a, x -> (int) x) : a;
            case Op.StopGradient(), Op.Reshape _ -> a;
            case Op.Reduce(var kind, var _) -> Movement.reduce(kind, a, from, shape);
            case Op.ArgMax(int axis) -> Movement.argMax(a, from, axis);
            case Op.Broadcast(var to) -> Movement.broadcast(a, from, to);
            case Op.Transpose(var order) -> Movement.transpose(a, from, order);
            case Op.Slice(int axis, int begin, int end) -> Movement.slice(a, from, axis, begin, end);
            case Op.Pad(int axis, int before, int _, double value) -> {
                double[] out = filled(shape, value);
                Movement.place(a, from, axis, out, shape.size(axis), before);
                yield out;
            }
            case Op.Concat(int axis) -> {
                double[] out = new double[shape.elements()];
                int begin = 0;
                for (int i = 0; i < in.size(); i++) {
                    Shape part = t.inputs().get(i).shape();
                    Movement.place(in.get(i), part, axis, out, shape.size(axis), begin);
                    begin += part.size(axis);
                }
                yield out;
            }
            case Op.MatMul op -> Contractions.matmul(op, a, from, in.get(1), shape);
            case Op.Conv2d(var window) ->
                Contractions.conv2d(Contractions.Face.OUTPUT, window, from, second(t), shape, a, in.get(1));
            case Op.Conv2dInputGrad(var window, var input) ->
                Contractions.conv2d(Contractions.Face.INPUT, window, input, second(t), from, a, in.get(1));
            case Op.Conv2dKernelGrad(var window, var kernel) ->
                Contractions.conv2d(Contractions.Face.KERNEL, window, from, kernel, second(t), a, in.get(1));
            case Op.Gather(int axis) -> Movement.gather(a, from, axis, in.get(1));
            case Op.ScatterAdd(int axis, int size) -> Movement.scatterAdd(a, from, axis, in.get(1), size);
            case Op.Patches(var window) -> Contractions.patches(window, from, shape, a);
            case Op.PatchesGrad(var window, var input) -> Contractions.patchesGrad(window, input, from, a);
        };
    }

    /** True if Σ|terms| is the same operation on absolute values; otherwise it is the absolute value of the result. */
    private static boolean adds(Tensor t) {
        return switch (t.op()) {
            case Op.Binary(var kind) -> kind == Op.BinaryKind.ADD;
            case Op.Reduce(var kind, var _) -> kind == Op.ReduceKind.SUM;
            case Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.ScatterAdd _,
                    Op.PatchesGrad _ -> true;
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Gather _,
                    Op.Patches _ -> false;
        };
    }

    private static int terms(Tensor t) {
        if (!adds(t)) {
            return 1;
        }
        Shape a = t.input().shape();
        return switch (t.op()) {
            case Op.Reduce _ -> a.elements() / t.shape().elements();
            case Op.MatMul(boolean transposeA, boolean _) -> a.size(a.rank() - (transposeA ? 2 : 1));
            case Op.Conv2d _ -> second(t).elements() / second(t).size(0);
            case Op.Conv2dInputGrad(var w, var _) ->
                second(t).size(0) / w.groups() * w.kernelHeight() * w.kernelWidth();
            case Op.Conv2dKernelGrad _ -> second(t).elements() / second(t).size(1);
            case Op.ScatterAdd(int axis, int _) -> a.size(axis);
            case Op.PatchesGrad(var w, var _) -> w.kernelHeight() * w.kernelWidth();
            case Op.Binary _ -> 2;
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Gather _,
                    Op.Patches _ -> 1;
        };
    }

    private static Shape second(Tensor t) {
        return t.inputs().get(1).shape();
    }

    private static double[] filled(Shape shape, double value) {
        double[] out = new double[shape.elements()];
        Arrays.fill(out, value);
        return out;
    }

    private static int[] integers(double[] a) {
        return Arrays.stream(a).mapToInt(x -> (int) x).toArray();
    }

    private static double[] given(String kind, Map<String, double[]> values, String name, Shape shape) {
        double[] value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "[reference] expected a value for the " + kind + " '" + name + "' but received " + values.keySet());
        }
        if (value.length != shape.elements()) {
            throw new IllegalArgumentException("[" + kind + " '" + name + "'] expected " + shape.elements()
                    + " elements " + shape + " but received " + value.length);
        }
        return value;
    }
}
