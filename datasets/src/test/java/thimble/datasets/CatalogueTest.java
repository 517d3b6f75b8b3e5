package thimble.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.DatasetSource;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.installed();

    @Test
    void providersAreDeclaredBothWays() throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream("/META-INF/services/thimble.data.DatasetSource")) {
            List<String> lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(catalogue.sources().stream()
                            .map(source -> source.getClass().getName()))
                    .containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void everySourceIsDescribed() {
        assertThat(catalogue.sources()).isNotEmpty().allSatisfy(source -> {
            assertThat(source.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(source.info().title()).isNotBlank();
            assertThat(source.info().licence()).isNotBlank();
            assertThat(source.info().citation()).isNotBlank();
            assertThat(source.info().shape()).isNotBlank();
            assertThat(source.info().train()).isPositive();
            assertThat(source.downloads()).allSatisfy(download -> {
                assertThat(download.sha256()).matches("[0-9a-f]{64}");
                assertThat(download.bytes()).isPositive();
                assertThat(download.addresses()).isNotEmpty();
            });
        });
    }

    @Test
    void unknownNamesSayWhatExistsAndTheNearest() {
        assertThatThrownBy(() -> catalogue.source("mnits"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[datasets] unknown data set 'mnits'; did you mean 'mnist'? There are: ")
                .hasMessageContaining("glyphs");
    }

    @Test
    void twoSourcesOfOneNameAreAnError() {
        DatasetSource glyphs = catalogue.source("glyphs");
        assertThatThrownBy(() -> new Catalogue(List.of(glyphs, glyphs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'glyphs'");
    }

    @Test
    void absentDataSayTheCommandThatFetchesThem(@TempDir Path folder) {
        DatasetSource mnist = catalogue.source("mnist");
        assertThat(mnist.present(List.of(folder))).isFalse();
        assertThatThrownBy(() -> mnist.load(List.of(folder)))
                .isInstanceOf(DataException.class)
                .hasMessage("[mnist] expected MNIST handwritten digits on this machine but found no files in [" + folder
                        + "]; this fetches them: thimble datasets fetch mnist (11.6 MB to " + folder.resolve("mnist")
                        + ")");
        assertThatThrownBy(() -> catalogue.source("cifar-10").load(List.of(folder)))
                .hasMessageContaining("thimble datasets fetch cifar-10 (170.1 MB to ");
        assertThatThrownBy(() -> catalogue.source("roman-mnist").load(List.of(folder)))
                .hasMessageContaining("put them under " + folder.resolve("roman-mnist"));
    }

    @Test
    void everyAbsentSourceFailsWithItsName(@TempDir Path folder) {
        for (DatasetSource source : catalogue.sources()) {
            if (!source.info().embedded()) {
                assertThatThrownBy(() -> source.load(List.of(folder)))
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith("[" + source.name() + "] ");
            }
        }
    }

    @Test
    void foldersAreSearchedInOrder() {
        Path home = Path.of("home");
        assertThat(DataFolders.search(
                        Optional.of(Path.of("mine")), Map.of("THIMBLE_DATA", "data", "XDG_CACHE_HOME", "cache"), home))
                .containsExactly(Path.of("mine"), Path.of("data"), Path.of("cache", "thimble", "datasets"));
        assertThat(DataFolders.search(Optional.empty(), Map.of("THIMBLE_DATA", " "), home))
                .containsExactly(Path.of("home", ".cache", "thimble", "datasets"));
        assertThat(DataFolders.search(Optional.empty(), Map.of("LOCALAPPDATA", "local"), home))
                .containsExactly(Path.of("local", "thimble", "datasets"));
    }
}
