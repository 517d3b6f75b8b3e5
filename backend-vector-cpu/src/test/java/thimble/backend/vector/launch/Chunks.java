package thimble.backend.vector.launch;

/** All of a kernel on this thread. */
public final class Chunks {
    private Chunks() {}

    public static void run(Kernel kernel) {
        for (int chunk = 0; chunk < kernel.chunks(); chunk++) {
            kernel.run(chunk);
        }
    }
}
