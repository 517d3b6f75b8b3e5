package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.LayoutPlan;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Nested loops over elements, outermost first: for each its size and by how much each of some positions moves. Loops of size 1 are left out
 * and loops that continue one another are joined.
 */
final class Loops {
    private final List<int[]> loops = new ArrayList<>();
    private final int width;

    /**
     * @param sizes sizes of the loops
     * @param columns for each position its step in every loop
     */
    Loops(int[] sizes, int[]... columns) {
        width = 1 + columns.length;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 1) {
                continue;
            }
            int[] loop = new int[width];
            loop[0] = sizes[i];
            for (int c = 0; c < columns.length; c++) {
                loop[c + 1] = columns[c][i];
            }
            if (!loops.isEmpty() && continues(loops.getLast(), loop)) {
                loop[0] *= loops.removeLast()[0];
            }
            loops.add(loop);
        }
    }

    private boolean continues(int[] outer, int[] inner) {
        for (int c = 1; c < width; c++) {
            if (outer[c] != inner[0] * inner[c]) {
                return false;
            }
        }
        return true;
    }

    int rank() {
        return loops.size();
    }

    /** Size and steps of each loop. */
    int[] numbers() {
        return loops.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    /** Axes of a tensor in the order in which its elements lie, the batch axis innermost. */
    static int[] order(LayoutPlan layout, Tensor t) {
        int[] order = new int[t.shape().rank()];
        int next = 0;
        for (int axis = 0; axis < order.length; axis++) {
            if (axis != layout.axis(t)) {
                order[next++] = axis;
            }
        }
        if (layout.batch(t)) {
            order[next] = layout.axis(t);
        }
        return order;
    }

    /** Elements between neighbours along each axis of a tensor as it lies. */
    static int[] strides(LayoutPlan layout, Tensor t) {
        int[] strides = new int[t.shape().rank()];
        int stride = 1;
        int[] order = order(layout, t);
        for (int i = order.length - 1; i >= 0; i--) {
            strides[order[i]] = stride;
            stride *= t.shape().size(order[i]);
        }
        return strides;
    }

    /** Strides with 0 along the axes where {@code from} has size 1 and {@code to} more. */
    static int[] stretched(int[] strides, Shape from, Shape to) {
        int[] result = strides.clone();
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = from.size(axis) == to.size(axis) ? strides[axis] : 0;
        }
        return result;
    }

    /** The numbers at some positions. */
    static int[] pick(int[] numbers, int[] positions) {
        int[] picked = new int[positions.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = numbers[positions[i]];
        }
        return picked;
    }
}
