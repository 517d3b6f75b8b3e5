package thimble.backend.gpu.device;

/** What stands in front of every kernel's text. The two gaps between runtimes are filled here, so one text serves all of them. */
public final class Prelude {
    private Prelude() {}

    /**
     * The text.
     *
     * @param leading parameters that a runtime puts before the kernel's own, each followed by a comma; empty if there are none
     * @param header bytes between a buffer's start and its first element
     */
    public static String text(String leading, int header) {
        return """
            #pragma OPENCL FP_CONTRACT OFF
            #define KERNEL(name) __kernel __attribute__((reqd_work_group_size(%1$d, 1, 1))) void name(%2$s \\
                __global uchar* memory, __global uchar* variables, __global const int* numbers, int at, int stride)
            #define BLOCK __global uchar* arena = memory + %3$d; __global uchar* state = variables + %3$d; \\
                __global const int* p = (__global const int*) ((__global const uchar*) numbers + %3$d) \\
                + at + (int) get_global_id(1) * stride
            #define PLACE(x) ((x) < 0 ? state + 64L * ~(x) : arena + 64L * (x))
            #define FLOATS(x) ((__global float*) PLACE(x))
            #define INTS(x) ((__global int*) PLACE(x))
            #define BYTES(x) ((__global uchar*) PLACE(x))
            #define TABLE(x) (p - at - (int) get_global_id(1) * stride + (x))
            """.formatted(Kernel.GROUP, leading, header);
    }
}
