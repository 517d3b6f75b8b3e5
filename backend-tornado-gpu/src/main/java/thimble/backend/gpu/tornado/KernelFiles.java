package thimble.backend.gpu.tornado;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.Kernel;
import thimble.backend.gpu.device.Prelude;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Texts of kernels in files, as TornadoVM reads them: each with what stands in front of it, named by its content. */
final class KernelFiles {
    /** What TornadoVM puts before a kernel's own parameters. */
    static final String LEADING = "__global long* kernel_context, __constant uchar* constant_region,"
            + " __local uchar* local_region, __global int* atomics,";

    private final Path folder;
    private final Map<String, Path> files = new HashMap<>();

    KernelFiles(Path folder) {
        this.folder = folder;
    }

    /** Bytes between an array's start and its first element. */
    static int header() {
        return Math.toIntExact(TornadoNativeArray.ARRAY_HEADER);
    }

    /** The file of a kernel; written once. */
    synchronized Path of(Kernel kernel) {
        return files.computeIfAbsent(
                kernel.text(), text -> write(kernel.name(), Prelude.text(LEADING, header()) + text));
    }

    private Path write(String name, String text) {
        UUID content = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve(name + "-" + content + ".cl");
        try {
            if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
                Files.createDirectories(folder);
                Path part = Files.createTempFile(folder, "part", ".tmp");
                Files.writeString(part, text);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw new BackendException(
                    "[tornado] cannot write " + file + ", from which TornadoVM reads a kernel: " + e.getMessage()
                            + "; make the folder writable, or name another in XDG_CACHE_HOME",
                    e);
        }
    }
}
