package thimble.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource.Parts;
import thimble.datasets.DataOptions;
import thimble.datasets.DataPath;
import thimble.datasets.format.Pictures;
import thimble.tensor.Shape;

class InspectionTest {
    @TempDir
    private Path folder;

    @Test
    void duplicatesLeaksAndConflictsOfExamples() {
        Dataset train =
                ArrayDataset.of("t", new float[][] {{1, 2}, {3, 4}, {1, 2}, {Float.NaN, 0}}, new int[] {0, 1, 1, 0});
        Dataset test = ArrayDataset.of("u", new float[][] {{3, 4}, {Float.NaN, 0}, {5, 6}}, new int[] {1, 0, 1});
        Inspection inspection = Inspection.of(new Parts(train, Optional.of(test), Optional.empty()));
        assertThat(List.copyOf(inspection.examples().entrySet()))
                .containsExactly(Map.entry("train", 4), Map.entry("test", 3));
        assertThat(inspection.duplicates()).hasSize(3);
        assertThat(inspection.leaks()).hasSize(2);
        assertThat(inspection.conflicts())
                .singleElement()
                .satisfies(group -> assertThat(group.items())
                        .containsExactly(new Item("train", "t[0]", "0"), new Item("train", "t[2]", "1")));
        assertThat(inspection.balance().get("train").counts()).containsExactly(2, 2);
        assertThat(inspection.balance().get("test").smallest()).isEqualTo(1);
        assertThat(inspection.balance().get("test").largest()).isEqualTo(2);
    }

    @Test
    void plantedDuplicatesAreAllFoundAndNothingElse() {
        int size = 5000;
        float[][] examples = new float[size][8];
        SplittableRandom random = new SplittableRandom(3);
        for (float[] example : examples) {
            for (int e = 0; e < example.length; e++) {
                example[e] = random.nextInt(1 << 20);
            }
        }
        for (int i = 0; i < 100; i++) {
            examples[size - 1 - i] = examples[i].clone();
        }
        Dataset data = ArrayDataset.of("planted", examples, new int[size]);
        List<DuplicateGroup> groups = ExampleDuplicates.of(Map.of("train", data));
        assertThat(groups).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(groups.get(i).items())
                    .extracting(Item::origin)
                    .containsExactly("planted[" + i + "]", "planted[" + (size - 1 - i) + "]");
        }
    }

    @Test
    void numbersHaveNoBalance() {
        Dataset data = ArrayDataset.of("n", new float[][] {{1}, {1}}, new float[] {2, 3});
        Inspection inspection = Inspection.of(new Parts(data, Optional.empty(), Optional.empty()));
        assertThat(inspection.balance()).isEmpty();
        assertThat(inspection.conflicts()).hasSize(1);
    }

    @Test
    void blankAndUnreadablePicturesOfAFolder() throws IOException {
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png")) {
            Pictures.write(folder.resolve(name), BufferedImage.TYPE_BYTE_GRAY, 6, 6, name.hashCode());
        }
        Files.copy(folder.resolve("a/1.png"), folder.resolve("b/copy.png"));
        ImageIO.write(
                new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                folder.resolve("b/empty.png").toFile());
        Files.writeString(folder.resolve("b/broken.png"), "x");
        DataPath read = DataPath.read(folder, DataOptions.AUTO);
        Inspection inspection = Inspection.of(read.parts(), folder, read.unreadable());
        assertThat(inspection.blank()).containsExactly(new Item("train", "b/empty.png", "b"));
        assertThat(inspection.unreadable()).hasSize(1);
        assertThat(inspection.conflicts())
                .singleElement()
                .satisfies(group -> assertThat(group.sameness()).isEqualTo(DuplicateGroup.Sameness.BYTES));
        assertThat(inspection.leaks()).isEmpty();
    }

    @Test
    void rankingPutsTheGreatestLossFirst() {
        Dataset data = ArrayDataset.of(
                "r", Shape.of(1), new float[][] {{0}, {1}, {2}, {3}}, new int[] {0, 0, 1, 1}, List.of("no", "yes"));
        float[][] probabilities = {{0.9f, 0.1f}, {0.2f, 0.8f}, {0.5f, 0.5f}, {1, 0}};
        List<Suspect> ranking = LossRanking.of("train", data, probabilities);
        assertThat(ranking).extracting(Suspect::index).containsExactly(3, 1, 2, 0);
        assertThat(ranking.get(1).loss()).isCloseTo(-Math.log(0.2), within(1e-6));
        assertThat(ranking.get(1).likely()).isEqualTo("yes");
        assertThat(ranking.get(1).disagrees()).isTrue();
        assertThat(ranking.get(0).loss()).isCloseTo(-Math.log(1e-12), within(1e-9));
        assertThat(ranking.get(3).disagrees()).isFalse();
    }

    @Test
    void tiesStayInTheOrderOfTheData() {
        Dataset data = ArrayDataset.of("r", new float[][] {{0}, {1}, {2}}, new int[] {0, 1, 0});
        float[][] probabilities = {{0.5f, 0.5f}, {0.5f, 0.5f}, {0.5f, 0.5f}};
        assertThat(LossRanking.of("train", data, probabilities))
                .extracting(Suspect::index)
                .containsExactly(0, 1, 2);
    }

    @Test
    void probabilitiesThatDoNotFitAreErrors() {
        Dataset data = ArrayDataset.of("r", new float[][] {{0}, {1}}, new int[] {0, 1});
        assertThatThrownBy(() -> LossRanking.of("train", data, new float[][] {{1, 0}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[ranking] expected probabilities of 2 examples but received 1");
        for (float[] bad : new float[][] {{1}, {0.5f, 0.6f}, {-1, 2}, {Float.NaN, 1}}) {
            assertThatThrownBy(() -> LossRanking.of("train", data, new float[][] {{1, 0}, bad}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at example 1");
        }
        Dataset numbers = ArrayDataset.of("n", new float[][] {{1}}, new float[] {2});
        assertThatThrownBy(() -> LossRanking.of("train", numbers, new float[][] {{1}}))
                .hasMessageContaining("expected classes as targets");
    }
}
