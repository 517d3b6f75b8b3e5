package thimble.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Split;
import thimble.data.Targets;
import thimble.datasets.format.FileBytes;
import thimble.datasets.format.ImageOptions;
import thimble.datasets.format.Pictures;
import thimble.datasets.format.Schema;
import thimble.datasets.format.Size;
import thimble.tensor.Shape;

class DataPathTest {
    private static final int GREY = BufferedImage.TYPE_BYTE_GRAY;
    private static final int RGB = BufferedImage.TYPE_INT_RGB;

    @TempDir
    private Path folder;

    @Test
    void hundredAndFiftyPicturesInThreeFolders() throws IOException {
        String[] endings = {"png", "jpg", "gif", "bmp"};
        for (String kind : List.of("cats", "dogs", "birds")) {
            for (int i = 0; i < 50; i++) {
                Pictures.write(folder.resolve(kind).resolve("p" + i + "." + endings[i % 4]), RGB, 300 + i, 200, i);
            }
        }
        Files.writeString(folder.resolve("cats").resolve(".DS_Store"), "x");
        Files.writeString(folder.resolve("notes.txt"), "x");
        DataPath read = DataPath.read(folder, DataOptions.AUTO);
        Dataset data = read.parts().train();
        assertThat(data.size()).isEqualTo(150);
        assertThat(data.example()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(data.targets()).isEqualTo(new Targets.Classes(List.of("birds", "cats", "dogs")));
        assertThat(data.origin(0)).isEqualTo("birds/p0.png");
        assertThat(read.unreadable()).isEmpty();
        assertThat(read.parts().test()).isEmpty();
        assertThat(Split.folds(data, 5, 1)).hasSize(5);
    }

    @Test
    void sizeAndChannelsAreThoseOfThePictures() throws IOException {
        greyFolder(folder);
        assertThat(DataPath.read(folder, DataOptions.AUTO).parts().train().example())
                .isEqualTo(Shape.of(1, 9, 12));
        Pictures.write(folder.resolve("b/colour.png"), RGB, 12, 9, 3);
        assertThat(DataPath.read(folder, DataOptions.AUTO).parts().train().example())
                .isEqualTo(Shape.of(3, 9, 12));
        DataOptions grey = DataOptions.AUTO.withImages(
                ImageOptions.AUTO.withChannels(ImageOptions.Channels.GREY).withSize(Size.of(5, 6)));
        assertThat(DataPath.read(folder, grey).parts().train().example()).isEqualTo(Shape.of(1, 5, 6));
    }

    @Test
    void unreadablePicturesAreNamedAndLeftOut() throws IOException {
        greyFolder(folder);
        Path broken = Files.writeString(folder.resolve("a/broken.png"), "x");
        DataPath read = DataPath.read(folder, DataOptions.AUTO);
        assertThat(read.parts().train().size()).isEqualTo(5);
        assertThat(read.unreadable()).singleElement().satisfies(file -> {
            assertThat(file.path()).isEqualTo(broken);
            assertThat(file.reason()).contains("expected a PNG");
        });
        Files.createDirectories(folder.resolve("c"));
        Files.writeString(folder.resolve("c/only.png"), "x");
        assertThatThrownBy(() -> DataPath.read(folder, DataOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a readable picture in class folder 'c'");
    }

    @Test
    void trainAndTestFolders() throws IOException {
        greyFolder(folder.resolve("train"));
        Pictures.write(folder.resolve("test/b/x.png"), RGB, 40, 40, 3);
        DataPath read = DataPath.read(folder, DataOptions.AUTO);
        Dataset test = read.parts().test().orElseThrow();
        assertThat(test.example()).isEqualTo(Shape.of(1, 9, 12));
        assertThat(test.labels()).containsExactly(1);
        Pictures.write(folder.resolve("test/zebra/x.png"), GREY, 40, 40, 3);
        assertThatThrownBy(() -> DataPath.read(folder, DataOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unknown class folder 'zebra'");
    }

    @Test
    void aTestSetLikeTheTrainingSet() throws IOException {
        greyFolder(folder.resolve("mine"));
        Pictures.write(folder.resolve("other/b/x.png"), RGB, 40, 40, 3);
        Dataset train =
                DataPath.read(folder.resolve("mine"), DataOptions.AUTO).parts().train();
        Dataset test = DataPath.read(folder.resolve("other"), DataOptions.AUTO.withLike(Schema.of(train)))
                .parts()
                .train();
        assertThat(test.example()).isEqualTo(train.example());
        assertThat(test.targets()).isEqualTo(train.targets());
    }

    @Test
    void foldersWithoutClassesAreErrors() throws IOException {
        assertThatThrownBy(() -> DataPath.read(folder, DataOptions.AUTO))
                .hasMessageContaining("one sub-folder per class")
                .hasMessageContaining("no sub-folders");
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> DataPath.read(folder, DataOptions.AUTO))
                .hasMessageContaining("no pictures in [empty]");
        assertThatThrownBy(() -> DataPath.read(folder.resolve("absent"), DataOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nothing of this name");
    }

    @Test
    void zipFiles() throws IOException {
        greyFolder(folder.resolve("mine"));
        Path zip = folder.resolve("mine.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (String name : List.of("a/1.png", "a/2.png", "b/1.png")) {
                out.putNextEntry(new ZipEntry("pictures/" + name));
                out.write(Files.readAllBytes(folder.resolve("mine").resolve(name)));
            }
        }
        Dataset data = DataPath.read(zip, DataOptions.AUTO).parts().train();
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.origin(2)).isEqualTo("b/1.png");
        Path broken = Files.writeString(folder.resolve("broken.zip"), "x");
        assertThatThrownBy(() -> DataPath.read(broken, DataOptions.AUTO)).isInstanceOf(DataException.class);
    }

    @Test
    void idxFolders() throws IOException {
        FileBytes.write(folder, "train-images-idx3-ubyte", FileBytes.idx(new byte[3 * 4], 3, 2, 2));
        assertThatThrownBy(() -> DataPath.read(folder, DataOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a file train-labels-idx1-ubyte or .gz");
        FileBytes.write(folder, "train-labels-idx1-ubyte.gz", FileBytes.gzip(FileBytes.idx(new byte[] {0, 2, 1}, 3)));
        DataPath read = DataPath.read(folder, DataOptions.AUTO);
        assertThat(read.parts().train().classes()).isEqualTo(3);
        assertThat(read.parts().test()).isEmpty();
        FileBytes.write(folder, "t10k-images-idx3-ubyte", FileBytes.idx(new byte[4], 1, 2, 2));
        FileBytes.write(folder, "t10k-labels-idx1-ubyte", FileBytes.idx(new byte[] {2}, 1));
        assertThat(DataPath.read(folder.resolve("train-images-idx3-ubyte"), DataOptions.AUTO)
                        .parts()
                        .test())
                .isPresent();
    }

    @Test
    void tables() throws IOException {
        Path path = FileBytes.write(folder, "flowers.csv", "length,kind\n1,a\n2,b\n");
        Dataset data = DataPath.read(path, DataOptions.AUTO).parts().train();
        assertThat(data.name()).isEqualTo("flowers.csv");
        assertThat(IntStream.range(0, 2).map(data::label)).containsExactly(0, 1);
    }

    private static void greyFolder(Path root) throws IOException {
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Pictures.write(root.resolve(name), GREY, 12, 9, name.hashCode());
        }
        Pictures.write(root.resolve("b/odd.png"), GREY, 30, 9, 5);
    }
}
