package thimble.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.datasets.StoredData;
import thimble.datasets.format.FileBytes;
import thimble.datasets.format.Pictures;

class FileDuplicatesTest {
    private static final int RGB = BufferedImage.TYPE_INT_RGB;

    @TempDir
    private Path folder;

    @Test
    void equalBytesAndEqualPixelsInOtherFormats() throws IOException {
        Path first = Pictures.write(folder.resolve("train/cat/1.png"), RGB, 20, 10, 1);
        Files.createDirectories(folder.resolve("test/dog"));
        Files.copy(first, folder.resolve("test/dog/copy.png"));
        Pictures.write(folder.resolve("train/cat/1.bmp"), RGB, 20, 10, 1);
        Pictures.write(folder.resolve("train/dog/2.png"), RGB, 20, 10, 2);
        FileDuplicates found = FileDuplicates.of(PictureFile.list(folder));
        assertThat(found.unreadable()).isEmpty();
        assertThat(found.groups()).hasSize(2);
        DuplicateGroup bytes = found.groups().get(0);
        assertThat(bytes.sameness()).isEqualTo(DuplicateGroup.Sameness.BYTES);
        assertThat(bytes.items())
                .containsExactlyInAnyOrder(
                        new Item("test", "test/dog/copy.png", "dog"), new Item("train", "train/cat/1.png", "cat"));
        assertThat(bytes.leak()).isTrue();
        assertThat(bytes.conflict()).isTrue();
        DuplicateGroup pixels = found.groups().get(1);
        assertThat(pixels.sameness()).isEqualTo(DuplicateGroup.Sameness.PIXELS);
        assertThat(pixels.items()).extracting(Item::origin).contains("train/cat/1.bmp");
    }

    @Test
    void laterStagesTellApartWhatEarlierOnesCannot() throws IOException {
        byte[] one = new byte[10_000];
        byte[] two = one.clone();
        two[9_999] = 1;
        byte[] other = one.clone();
        other[0] = 1;
        Files.createDirectories(folder.resolve("a"));
        FileBytes.write(folder, "a/one.png", one);
        FileBytes.write(folder, "a/two.png", two);
        FileBytes.write(folder, "a/other.png", other);
        FileBytes.write(folder, "a/same.png", one);
        FileDuplicates found = FileDuplicates.of(PictureFile.list(folder));
        assertThat(found.groups()).singleElement().satisfies(group -> {
            assertThat(group.items()).extracting(Item::origin).containsExactly("a/one.png", "a/same.png");
            assertThat(group.leak()).isFalse();
            assertThat(group.conflict()).isFalse();
        });
        assertThat(found.unreadable())
                .hasSize(3)
                .allSatisfy(file -> assertThat(file.reason()).contains("expected a PNG"));
    }

    @Test
    void romanNumeralsHaveExactlyTheListedPairs() throws IOException {
        Path roman = StoredData.folder().resolve("roman-mnist");
        Path list = roman.resolve("exact-duplicates.csv");
        Assumptions.assumeTrue(
                Files.exists(list),
                "put roman-mnist/exact-duplicates.csv and roman-mnist.zip under THIMBLE_DATA to run this test");
        Map<String, List<String>> expected = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(list);
        for (String line : lines.subList(1, lines.size())) {
            int comma = line.indexOf(',');
            expected.computeIfAbsent(line.substring(0, comma), _ -> new ArrayList<>())
                    .add(line.substring(comma + 1));
        }
        try (FileSystem inside = FileSystems.newFileSystem(roman.resolve("roman-mnist.zip"))) {
            List<PictureFile> files = PictureFile.list(inside.getPath("/"));
            assertThat(files).hasSize(5352);
            FileDuplicates found = FileDuplicates.of(files);
            assertThat(found.unreadable()).isEmpty();
            assertThat(found.groups().stream()
                            .map(group -> group.items().stream()
                                    .map(Item::origin)
                                    .sorted()
                                    .toList()))
                    .containsExactlyInAnyOrderElementsOf(expected.values().stream()
                            .map(pair -> pair.stream().sorted().toList())
                            .toList());
            assertThat(found.groups())
                    .hasSize(251)
                    .allMatch(DuplicateGroup::leak)
                    .noneMatch(DuplicateGroup::conflict);
        }
    }
}
