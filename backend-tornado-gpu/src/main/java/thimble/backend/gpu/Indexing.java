package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Tensor;

/**
 * Rows chosen by indices, and its adjoint, where each result looks for the rows that belong to it, so the order of its sum is that of the
 * indices. An index out of range reads and writes nothing; it leaves a mark that the run reports.
 */
final class Indexing {
    /** Bytes of one mark: whether there was a fault, and the index. */
    static final int MARK = 8;

    private static final String WALK = """
            int from = 0, row = 0, left = i;
            for (int d = p[7] - 1; d >= 0; d--) {
                __global const int* loop = p + 8 + 3 * d;
                int c = left % loop[0];
                left /= loop[0];
                from += c * loop[1];
                row += c * loop[2];
            }
        """;

    private static final Kernel GATHER = new Kernel("thimble_gather", """
        KERNEL(thimble_gather) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int index = INTS(p[3])[row];
            int value = 0;
            if (index >= 0 && index < p[5]) {
                value = INTS(p[2])[from + index * p[6]];
            } else {
                __global int* mark = INTS(p[4]);
                mark[0] = 1;
                mark[1] = index;
            }
            INTS(p[1])[i] = value;
        }
        """.formatted(WALK));

    private static final Kernel SCATTER = new Kernel("thimble_scatter", """
        KERNEL(thimble_scatter) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int count = p[8 + 3 * p[7]], size = p[9 + 3 * p[7]];
            __global const int* indices = INTS(p[3]);
            __global const float* in = FLOATS(p[2]) + from;
            float sum = 0.0f;
            for (int k = 0; k < count; k++) {
                int index = indices[k];
                if (index == row) sum += in[k * p[6]];
                if (i == 0 && (index < 0 || index >= size)) {
                    __global int* mark = INTS(p[4]);
                    mark[0] = 1;
                    mark[1] = index;
                }
            }
            FLOATS(p[1])[i] = sum;
        }
        """.formatted(WALK));

    private final Memory memory;
    private final LayoutPlan layout;
    private final List<Site> sites = new ArrayList<>();

    /**
     * A place where an index may be out of range.
     *
     * @param name the primitive
     * @param size indices are below this
     * @param mark where the mark is
     */
    record Site(String name, int size, Buffer mark) {}

    Indexing(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    /** All places where an index may be out of range. */
    List<Site> sites() {
        return sites;
    }

    private Buffer mark(String name, int size) {
        Buffer mark = memory.work(MARK);
        sites.add(new Site(name, size, mark));
        return mark;
    }

    private Block block(Tensor t, int axis, Buffer mark, int size) {
        Tensor a = t.input();
        int[] order = Loops.order(layout, t);
        int[] from = Loops.strides(layout, a);
        int step = from[axis];
        from[axis] = 0;
        int[] row = new int[t.shape().rank()];
        row[axis] = 1;
        Loops loops =
                new Loops(Loops.pick(t.shape().toArray(), order), Loops.pick(from, order), Loops.pick(row, order));
        return new Block()
                .with(t.shape().elements())
                .with(memory.of(t))
                .with(memory.of(a))
                .with(memory.of(t.inputs().get(1)))
                .with(mark)
                .with(size, step)
                .with(loops);
    }

    Work gather(String text, Tensor t, int axis) {
        int size = t.input().shape().size(axis);
        Buffer mark = mark("gather", size);
        return work(text, GATHER, t, block(t, axis, mark, size), mark);
    }

    Work scatter(String text, Tensor t, int axis, int size) {
        Buffer mark = mark("scatter", size);
        Block block = block(t, axis, mark, size).with(t.inputs().get(1).shape().elements(), size);
        return work(text, SCATTER, t, block, mark);
    }

    private Work work(String text, Kernel kernel, Tensor t, Block block, Buffer mark) {
        List<Buffer> reads = t.inputs().stream().map(memory::of).toList();
        return Work.items(text, kernel, t.shape().elements(), block, reads, List.of(memory.of(t), mark));
    }
}
