package thimble.backend.vector.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.backend.LayoutPlan;
import thimble.backend.vector.memory.Values;
import thimble.backend.vector.scalar.ScalarLowering;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Which row of examples goes where, found by moving the rows' own numbers with the scalar loops on a batch of one. */
public final class RowMaps {
    /** Rows that float numbers can count. */
    private static final int MOST_ROWS = 1 << 24;

    private RowMaps() {}

    /** True if rows of a tensor and its operands can be counted. */
    public static boolean countable(LayoutPlan layout, Tensor t) {
        return layout.features(t) < MOST_ROWS
                && t.inputs().stream().mapToLong(layout::features).sum() < MOST_ROWS;
    }

    /**
     * For each row of a tensor that only moves rows, the row of its operands, counted through all of them, or −1 where it holds the value
     * of a pad.
     */
    public static int[] moved(LayoutPlan layout, Tensor t) {
        List<Tensor> operands = new ArrayList<>();
        List<Values> in = new ArrayList<>();
        int next = 1;
        for (Tensor operand : t.inputs()) {
            Tensor single = single(operand.shape(), layout.axis(operand));
            Values values = Values.of(single);
            for (int i = 0; i < values.floats().length; i++) {
                values.floats()[i] = next++;
            }
            operands.add(single);
            in.add(values);
        }
        Op op = t.op() instanceof Op.Pad(int axis, int before, int after, double _)
                ? new Op.Pad(axis, before, after, 0)
                : t.op();
        return rows(Tensor.of(op, operands), in);
    }

    /** For each row of the operand of a reduction, the row of the result that it belongs to. */
    public static int[] reduced(LayoutPlan layout, Tensor t) {
        int axis = layout.axis(t);
        Tensor result = single(t.shape(), axis);
        return rows(Tensor.of(new Op.Broadcast(t.input().shape().with(axis, 1)), result), List.of(numbers(result)));
    }

    /** For each row of the operand of {@link Op.PatchesGrad}, the row of the result that it is added to, or −1. */
    public static int[] scattered(Tensor t, Op.PatchesGrad op) {
        Tensor image = single(t.shape(), 0);
        return rows(Tensor.of(new Op.Patches(op.window()), image), List.of(numbers(image)));
    }

    /** Lists of sources for each destination: the inverse of a map from sources to destinations. */
    public static Reduction gather(boolean sum, int[] destinations, int rows, int rowBytes) {
        int[] starts = new int[rows + 1];
        for (int destination : destinations) {
            if (destination >= 0) {
                starts[destination + 1]++;
            }
        }
        for (int row = 0; row < rows; row++) {
            starts[row + 1] += starts[row];
        }
        int[] next = starts.clone();
        int[] sources = new int[starts[rows]];
        for (int source = 0; source < destinations.length; source++) {
            if (destinations[source] >= 0) {
                sources[next[destinations[source]]++] = source;
            }
        }
        return new Reduction(sum, starts, sources, rowBytes);
    }

    private static Tensor single(Shape shape, int axis) {
        return Tensor.of(new Op.Input("rows", shape.with(axis, 1), DType.FLOAT32, Op.NO_BATCH));
    }

    private static Values numbers(Tensor t) {
        Values values = Values.of(t);
        for (int i = 0; i < values.floats().length; i++) {
            values.floats()[i] = i + 1;
        }
        return values;
    }

    private static int[] rows(Tensor t, List<Values> in) {
        Values out = Values.of(t);
        ScalarLowering.launch(t, in, out).run();
        int[] rows = new int[out.floats().length];
        Arrays.setAll(rows, i -> (int) out.floats()[i] - 1);
        return rows;
    }
}
