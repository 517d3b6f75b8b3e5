package thimble.backend.gpu;

import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * Uniform numbers, bit for bit those of {@link thimble.tensor.Philox}: one work-item makes the four words of a block and puts them where
 * their logical elements lie.
 *
 * <p>John Salmon, Mark Moraes, Ron Dror, David Shaw: Parallel Random Numbers: As Easy as 1, 2, 3. SC 2011, section 3.3.
 */
final class RandomNumbers {
    private static final Kernel RANDOM = new Kernel("thimble_random", """
        KERNEL(thimble_random) {
            BLOCK;
            int i = get_global_id(0);
            if (4 * i >= p[0]) return;
            __global const int* key = INTS(p[2]);
            uint low = (uint) key[0], high = (uint) key[1];
            uint words[4] = {(uint) i, (uint) key[2], (uint) p[3], (uint) p[4]};
            for (int round = 0; round < 10; round++) {
                uint first = mul_hi(words[0], 0xD2511F53u), second = mul_hi(words[2], 0xCD9E8D57u);
                uint a = words[0] * 0xD2511F53u, b = words[2] * 0xCD9E8D57u;
                words[0] = second ^ words[1] ^ low;
                words[2] = first ^ words[3] ^ high;
                words[1] = b;
                words[3] = a;
                low += 0x9E3779B9u;
                high += 0xBB67AE85u;
            }
            __global float* out = FLOATS(p[1]);
            for (int w = 0; w < 4; w++) {
                int element = 4 * i + w;
                if (element < p[0]) {
                    int to = 0, left = element;
                    for (int d = p[5] - 1; d >= 0; d--) {
                        __global const int* loop = p + 6 + 2 * d;
                        to += left % loop[0] * loop[1];
                        left /= loop[0];
                    }
                    out[to] = (float) (words[w] >> 8) * 0x1p-24f;
                }
            }
        }
        """);

    private final Memory memory;
    private final LayoutPlan layout;

    RandomNumbers(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    Work uniform(String text, Tensor t, Op.Random random) {
        Buffer key = memory.of(t.input());
        Buffer into = memory.of(t);
        int elements = t.shape().elements();
        Loops loops = new Loops(t.shape().toArray(), Loops.strides(layout, t));
        Block block = new Block()
                .with(elements)
                .with(into)
                .with(key)
                .with((int) random.stream(), (int) (random.stream() >>> 32))
                .with(loops);
        return Work.items(text, RANDOM, Math.ceilDiv(elements, 4), block, List.of(key), List.of(into));
    }
}
