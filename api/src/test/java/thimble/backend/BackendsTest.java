package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    private static final Backends.Found REFERENCE = new Backends.Found.Usable(new ReferenceBackend());
    private static final Backends.Found GPU = new Backends.Found.Unusable("gpu", "no OpenCL device");

    @Test
    void autoTakesTheFirstUsableAndTellsWhyNotTheOthers() {
        Backends.Choice choice = Backends.choose("auto", List.of(REFERENCE, GPU));
        assertThat(choice.backend().name()).isEqualTo("reference");
        assertThat(choice.reason()).isEqualTo("reference: float64, 1 thread (the only one); not gpu: no OpenCL device");
    }

    @Test
    void aNameIsTakenAsAsked() {
        assertThat(Backends.choose("reference").backend()).isInstanceOf(ReferenceBackend.class);
        assertThat(Backends.choose("reference").reason()).isEqualTo("reference: float64, 1 thread (asked for)");
    }

    @Test
    void whatIsUnknownOrDoesNotWorkIsSaid() {
        assertThatThrownBy(() -> Backends.choose("referense", List.of(REFERENCE, GPU)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[backend] unknown backend 'referense'; did you mean 'reference'? There are: auto, gpu,"
                        + " reference");
        assertThatThrownBy(() -> Backends.choose("gpu:device=1", List.of(REFERENCE, GPU)))
                .isInstanceOf(BackendException.class)
                .hasMessage("[backend] gpu:device=1 does not work here: no OpenCL device");
        assertThatThrownBy(() -> Backends.choose("reference:threads=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[reference] has no parameters but received 'threads'");
        assertThatThrownBy(() -> Backends.choose("auto", List.of(GPU)))
                .isInstanceOf(BackendException.class)
                .hasMessage("no backend works here; not gpu: no OpenCL device");
    }

    @Test
    void aProviderThatCannotBeLoadedHidesNoOther(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Backend.class.getName()), "no.such.Provider\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            assertThat(Backends.found()).anySatisfy(found -> {
                assertThat(found.name()).isEqualTo("reference");
                assertThat(found).isInstanceOf(Backends.Found.Usable.class);
            });
            assertThat(Backends.found()).anySatisfy(found -> {
                assertThat(found).isInstanceOf(Backends.Found.Unusable.class);
                assertThat(found.toString()).contains("no.such.Provider");
            });
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
