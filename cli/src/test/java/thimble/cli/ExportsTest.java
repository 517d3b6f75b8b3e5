package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module promises to other modules: a change of it is seen in a golden file. */
class ExportsTest {
    static Stream<String> folders() {
        return ArchitectureTest.FOLDERS.stream();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void exportedSignatures(String folder) throws IOException {
        ModuleReference module = ModuleFinder.of(Path.of("..", folder, "target", "classes")).findAll().stream()
                .findFirst()
                .orElseThrow();
        String text = Signatures.of(module);
        assertThat(text).doesNotContain("private ", "$$Lambda", "lambda$");
        Golden.check("api/" + module.descriptor().name() + ".txt", text);
    }
}
