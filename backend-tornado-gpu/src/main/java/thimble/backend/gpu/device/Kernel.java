package thimble.backend.gpu.device;

/**
 * A kernel's text. Every kernel has the parameters {@code (uchar* arena, uchar* state, const int* parameters, int at, int stride)} and reads
 * its own numbers from {@code p[0], p[1], …}.
 *
 * @param name its name in the text, with the prefix {@code thimble_}, so that no built-in function is hit
 * @param text its OpenCL C
 */
public record Kernel(String name, String text) {
    /** Work-items of one work-group. */
    public static final int GROUP = 64;

    /** Checks the prefix. */
    public Kernel {
        if (!name.startsWith("thimble_") || !text.contains(name)) {
            throw new IllegalArgumentException("[kernel] expected a text with the name thimble_… but received " + name);
        }
    }
}
