package thimble.backend.vector;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import thimble.backend.vector.fused.FusedKernel;

/** Generated classes by their code: groups of one structure share a class, so that it is compiled once and warm for all. */
public final class KernelClasses {
    private final ConcurrentHashMap<String, FusedKernel> kernels = new ConcurrentHashMap<>();

    /** No classes yet. */
    public KernelClasses() {}

    /** The kernel with this class file. */
    FusedKernel kernel(byte[] file) {
        return kernels.computeIfAbsent(new String(file, StandardCharsets.ISO_8859_1), _ -> FusedKernel.of(file));
    }

    /** Number of classes. */
    public int size() {
        return kernels.size();
    }
}
