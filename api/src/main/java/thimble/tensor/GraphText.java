package thimble.tensor;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Graphs as text: one line per node, {@code %7 = mul %3 %6 : [64,10]}. */
public final class GraphText {
    private GraphText() {}

    /** The whole graph, operands before users; the last line names the roots. */
    public static String of(List<Tensor> roots) {
        return lines(roots, Tensor.topological(roots), 0, Integer.MAX_VALUE);
    }

    /** The lines within {@code distance} of one node. */
    public static String around(List<Tensor> roots, Tensor node, int distance) {
        List<Tensor> order = Tensor.topological(roots);
        int at = order.indexOf(node);
        return lines(roots, order, at - distance, at + distance);
    }

    private static String lines(List<Tensor> roots, List<Tensor> order, int from, int to) {
        Map<Tensor, Integer> number = new IdentityHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Tensor tensor : order) {
            int id = number.size();
            number.put(tensor, id);
            if (id >= from && id <= to) {
                text.append('%').append(id).append(" = ").append(name(tensor.op()));
                tensor.inputs().forEach(operand -> text.append(" %").append(number.get(operand)));
                text.append(" : ").append(tensor.shape());
                text.append(tensor.dtype() == DType.FLOAT32 ? "" : " " + tensor.dtype())
                        .append('\n');
            }
        }
        return text
                + roots.stream().map(root -> "%" + number.get(root)).collect(Collectors.joining(" ", "return ", "\n"));
    }

    /** A primitive with its attributes, as in {@code slice[axis=1, 0:3]}; equal primitives and no others have equal names. */
    static String name(Op op) {
        return switch (op) {
            case Op.Input(var name, var _, var _, int batchAxis) -> "input '" + name + "'" + batch(batchAxis);
            case Op.Variable(var name, var _) -> "variable '" + name + "'";
            case Op.Constant(double value, var _, var _) -> "constant " + value;
            case Op.Random(long stream, var _, int batchAxis) ->
                "random " + Long.toHexString(stream) + batch(batchAxis);
            case Op.Iota(var _, int axis) -> "iota[axis=" + axis + "]";
            case Op.Unary(var kind) -> kind.name().toLowerCase(Locale.ROOT);
            case Op.Binary(var kind) -> kind.name().toLowerCase(Locale.ROOT);
            case Op.Select() -> "select";
            case Op.Cast(var _) -> "cast";
            case Op.StopGradient() -> "stop-gradient";
            case Op.Reduce(var kind, var axes) -> "reduce-" + kind.name().toLowerCase(Locale.ROOT) + axes(axes);
            case Op.ArgMax(int axis) -> "argmax[axis=" + axis + "]";
            case Op.Broadcast _ -> "broadcast";
            case Op.Reshape _ -> "reshape";
            case Op.Transpose(var order) -> "transpose" + axes(order);
            case Op.Slice(int axis, int from, int to) -> "slice[axis=" + axis + ", " + from + ":" + to + "]";
            case Op.Pad(int axis, int before, int after, double value) ->
                "pad[axis=" + axis + ", " + before + "+" + after + ", value=" + value + "]";
            case Op.Concat(int axis) -> "concat[axis=" + axis + "]";
            case Op.MatMul(boolean transposeA, boolean transposeB) ->
                "matmul" + (transposeA ? "ᵀ" : "") + (transposeB ? "·ᵀ" : "");
            case Op.Conv2d(var window) -> "conv2d" + window(window);
            case Op.Conv2dInputGrad(var window, var _) -> "conv2d-input-grad" + window(window);
            case Op.Conv2dKernelGrad(var window, var _) -> "conv2d-kernel-grad" + window(window);
            case Op.Gather(int axis) -> "gather[axis=" + axis + "]";
            case Op.ScatterAdd(int axis, int _) -> "scatter-add[axis=" + axis + "]";
            case Op.Patches(var window) -> "patches" + window(window);
            case Op.PatchesGrad(var window, var _) -> "patches-grad" + window(window);
        };
    }

    private static String batch(int axis) {
        return axis == Op.NO_BATCH ? "" : "[batch=" + axis + "]";
    }

    private static String axes(List<Integer> axes) {
        return axes.toString().replace(" ", "");
    }

    private static String window(Window w) {
        return "[" + w.kernelHeight() + "x" + w.kernelWidth() + ", stride " + w.strideHeight() + "x" + w.strideWidth()
                + ", pad " + w.padTop() + "+"
                + w.padBottom() + "x" + w.padLeft() + "+" + w.padRight() + ", dilation " + w.dilationHeight() + "x"
                + w.dilationWidth() + ", groups "
                + w.groups() + "]";
    }
}
