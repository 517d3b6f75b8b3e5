package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.DType;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Copies that put elements in another order, stretch, cut, pad and join them. Elements are words of 4 bytes, whatever they mean. */
final class Moves {
    private static final Kernel MOVE = new Kernel("thimble_move", """
        KERNEL(thimble_move) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
            int to = p[3], from = p[4], inside = 0, left = i;
            for (int d = p[8] - 1; d >= 0; d--) {
                __global const int* loop = p + 9 + 4 * d;
                int c = left % loop[0];
                left /= loop[0];
                to += c * loop[1];
                from += c * loop[2];
                inside += c * loop[3];
            }
            INTS(p[1])[to] = inside >= p[5] && inside < p[6] ? INTS(p[2])[from] : p[7];
        }
        """);

    private final Memory memory;
    private final LayoutPlan layout;

    Moves(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    /** From any strides to any strides. */
    private static Block block(
            Buffer into, int intoBase, int[] intoStrides, Buffer from, int fromBase, int[] fromStrides, int[] sizes) {
        Loops loops = new Loops(sizes, intoStrides, fromStrides, new int[sizes.length]);
        return new Block()
                .with(elements(sizes))
                .with(into)
                .with(from)
                .with(intoBase, fromBase, 0, 1, 0)
                .with(loops);
    }

    private static int elements(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }

    private static Work work(String text, int items, List<Block> blocks, List<Buffer> reads, Buffer into) {
        return Work.groups(text, MOVE, Math.max(1, Math.ceilDiv(items, Kernel.GROUP)), blocks, reads, List.of(into));
    }

    /** Elements of {@code t} from its operand, whose axes have these strides from {@code base} on. */
    Work read(String text, Tensor t, int base, int[] strides) {
        Buffer from = memory.of(t.input());
        Buffer into = memory.of(t);
        int[] order = Loops.order(layout, t);
        Block block = block(
                into,
                0,
                Loops.pick(Loops.strides(layout, t), order),
                from,
                base,
                Loops.pick(strides, order),
                Loops.pick(t.shape().toArray(), order));
        return work(text, t.shape().elements(), List.of(block), List.of(from), into);
    }

    /** The value of the operand in another layout or with stretched axes. */
    Work stretch(String text, Tensor t) {
        Tensor a = t.input();
        return read(text, t, 0, Loops.stretched(Loops.strides(layout, a), a.shape(), t.shape()));
    }

    Work transpose(String text, Tensor t, List<Integer> axes) {
        int[] strides = Loops.strides(layout, t.input());
        return read(text, t, 0, axes.stream().mapToInt(axis -> strides[axis]).toArray());
    }

    Work slice(String text, Tensor t, int axis, int from) {
        int[] strides = Loops.strides(layout, t.input());
        return read(text, t, from * strides[axis], strides);
    }

    /** A reshape between a tensor with a batch axis and one without. */
    Work reshape(String text, Tensor t) {
        if (!layout.batch(t.input())) {
            return read(text, t, 0, t.shape().strides());
        }
        return write(text, t, t.input().shape(), t.input().shape().strides());
    }

    /** Elements of the operand, as a tensor of {@code shape}, to these strides of {@code t}, which has no batch axis. */
    private Work write(String text, Tensor t, Shape shape, int[] strides) {
        Buffer from = memory.of(t.input());
        Buffer into = memory.of(t);
        int[] order = Loops.order(layout, t.input());
        Block block = block(
                into,
                0,
                Loops.pick(strides, order),
                from,
                0,
                Loops.pick(Loops.strides(layout, t.input()), order),
                Loops.pick(shape.toArray(), order));
        return work(text, shape.elements(), List.of(block), List.of(from), into);
    }

    Work pad(String text, Tensor t, int axis, int before, double value) {
        Tensor a = t.input();
        Buffer from = memory.of(a);
        Buffer into = memory.of(t);
        int[] order = Loops.order(layout, t);
        int[] strides = Loops.strides(layout, a);
        int[] marked = new int[t.shape().rank()];
        marked[axis] = 1;
        Loops loops = new Loops(
                Loops.pick(t.shape().toArray(), order),
                Loops.pick(Loops.strides(layout, t), order),
                Loops.pick(strides, order),
                Loops.pick(marked, order));
        int bits = t.dtype() == DType.INT32 ? (int) value : Float.floatToRawIntBits((float) value);
        Block block = new Block()
                .with(t.shape().elements())
                .with(into)
                .with(from)
                .with(0, -before * strides[axis], before, before + a.shape().size(axis), bits)
                .with(loops);
        return work(text, t.shape().elements(), List.of(block), List.of(from), into);
    }

    Work concat(String text, Tensor t, int axis) {
        Buffer into = memory.of(t);
        int[] strides = Loops.strides(layout, t);
        List<Block> blocks = new ArrayList<>();
        List<Buffer> reads = new ArrayList<>();
        int most = 0;
        int first = 0;
        for (Tensor part : t.inputs()) {
            int[] order = Loops.order(layout, part);
            Buffer from = memory.of(part);
            blocks.add(block(
                    into,
                    first * strides[axis],
                    Loops.pick(strides, order),
                    from,
                    0,
                    Loops.pick(Loops.strides(layout, part), order),
                    Loops.pick(part.shape().toArray(), order)));
            reads.add(from);
            first += part.shape().size(axis);
            most = Math.max(most, part.shape().elements());
        }
        return work(text, most, blocks, reads, into);
    }

    /** A stored value as row-major elements elsewhere. */
    Work rowMajor(String text, Tensor from, Buffer source, Buffer into) {
        int[] order = Loops.order(layout, from);
        Block block = block(
                into,
                0,
                Loops.pick(from.shape().strides(), order),
                source,
                0,
                Loops.pick(Loops.strides(layout, from), order),
                Loops.pick(from.shape().toArray(), order));
        return work(text, from.shape().elements(), List.of(block), List.of(source), into);
    }

    /** Row-major elements in the order in which a tensor lies. */
    Work placed(String text, Tensor to, Buffer rows, Buffer into) {
        int[] order = Loops.order(layout, to);
        Block block = block(
                into,
                0,
                Loops.pick(Loops.strides(layout, to), order),
                rows,
                0,
                Loops.pick(to.shape().strides(), order),
                Loops.pick(to.shape().toArray(), order));
        return work(text, to.shape().elements(), List.of(block), List.of(rows), into);
    }

    /** A buffer's first elements elsewhere, in the same order. */
    static Work copy(String text, int elements, Buffer from, Buffer into) {
        int[] one = IntStream.of(1).toArray();
        Block block = block(into, 0, one, from, 0, one, new int[] {elements});
        return work(text, elements, List.of(block), List.of(from), into);
    }
}
