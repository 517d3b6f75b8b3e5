package thimble.backend.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.Kernel;

class KernelFilesTest {
    @TempDir
    Path folder;

    @Test
    void aTextHasAFileOfItsOwn() throws IOException {
        KernelFiles files = new KernelFiles(folder.resolve("new"));
        Path add = files.of(Recorded.ADD);
        Path other = files.of(new Kernel(Recorded.ADD.name(), Recorded.ADD.text() + " "));
        assertThat(add).isNotEqualTo(other).content().endsWith(Recorded.ADD.text());
        assertThat(files.of(Recorded.ADD)).isEqualTo(add);
        Files.writeString(add, "half");
        assertThat(new KernelFiles(folder.resolve("new")).of(Recorded.ADD))
                .content()
                .endsWith(Recorded.ADD.text());
        try (var all = Files.list(folder.resolve("new"))) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        KernelFiles files =
                new KernelFiles(Files.writeString(folder.resolve("file"), "").resolve("below"));
        assertThatThrownBy(() -> files.of(Recorded.ADD))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("file" + java.io.File.separator + "below")
                .hasMessageContaining("XDG_CACHE_HOME");
    }
}
