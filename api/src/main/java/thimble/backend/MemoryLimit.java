package thimble.backend;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import thimble.tensor.Tensor;

/** Refuses what cannot fit into memory, before any of it is allocated. */
public final class MemoryLimit {
    private MemoryLimit() {}

    /**
     * Checks that no tensor alone is too large for the heap of this JVM. Values live only as long as they are needed, so their sum says nothing.
     *
     * @param backend name for the text
     * @param tensors what will be held
     * @param element bytes of one element
     * @throws BackendException naming the primitive of the largest tensor and the bytes wanted
     */
    public static void heap(String backend, Collection<Tensor> tensors, int element) {
        long most = Runtime.getRuntime().maxMemory();
        largest(tensors).ifPresent(tensor -> {
            long wanted = (long) tensor.shape().elements() * element;
            if (wanted > most) {
                throw new BackendException(
                        "[%s] expected at most %s bytes of memory but %s wants %s; make it smaller or raise -Xmx"
                                .formatted(backend, grouped(most), tensor, grouped(wanted)));
            }
        });
    }

    /** What a shortage of memory is about: the bytes wanted, and the largest tensor among them. */
    public static String wanted(long bytes, Collection<Tensor> tensors) {
        return grouped(bytes) + " bytes"
                + largest(tensors)
                        .map(tensor -> ", the largest part for " + tensor)
                        .orElse("");
    }

    private static Optional<Tensor> largest(Collection<Tensor> tensors) {
        return tensors.stream()
                .max(Comparator.comparingInt(tensor -> tensor.shape().elements()));
    }

    private static String grouped(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }
}
