package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thimble.backend.gpu.device.Kernel;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * An array that goes to the device and back each time its graph runs, and the kernel that copies between it and the memory that stays there.
 * Coming back it ends the wait for both, so the array may be used again.
 */
final class Exchange {
    /** The kernel: four numbers say which memory, from which word, how many words, and whether to the host. */
    static final Kernel KERNEL =
            new Kernel("thimble_exchange", """
                __kernel __attribute__((reqd_work_group_size(%1$d, 1, 1))) void thimble_exchange(%2$s
                    __global uchar* memory, __global uchar* variables, __global uchar* numbers, __global uchar* carried) {
                    __global int* head = (__global int*) (carried + %3$d);
                    __global int* words = head + %4$d;
                    __global int* there = (__global int*) ((head[0] == 0 ? memory : head[0] == 1 ? variables : numbers) + %3$d)
                        + head[1];
                    int i = get_global_id(0);
                    if (i < head[2]) {
                        if (head[3]) words[i] = there[i]; else there[i] = words[i];
                    }
                }
                """.formatted(Kernel.GROUP, KernelFiles.LEADING, KernelFiles.header(), 16));

    private static final int HEAD = 16;

    private final IntArray array;
    private final int words;

    /**
     * @param words at most this many are copied at a time
     */
    Exchange(int words) {
        this.array = new IntArray(HEAD + words);
        this.words = words;
    }

    IntArray array() {
        return array;
    }

    int words() {
        return words;
    }

    /** Bytes that are copied at a time at most. */
    long bytes() {
        return 4L * words;
    }

    /** Asks for nothing. */
    void rest() {
        head(0, 0, 0, 0);
    }

    /** Asks for a copy to the device. */
    void toDevice(int memory, long offset, MemorySegment from) {
        head(memory, offset, from.byteSize(), 0);
        carried(from.byteSize()).copyFrom(from);
    }

    /** Asks for a copy from the device. */
    void toHost(int memory, long offset, long size) {
        head(memory, offset, size, 1);
    }

    /** What came from the device. */
    MemorySegment carried(long size) {
        return array.getSegment().asSlice(4L * HEAD, size);
    }

    private void head(int memory, long offset, long size, int toHost) {
        int[] head = {memory, Math.toIntExact(offset / 4), Math.toIntExact(size / 4), toHost};
        MemorySegment.copy(head, 0, array.getSegment(), ValueLayout.JAVA_INT, 0, head.length);
    }
}
