package thimble.datasets.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Feature;
import thimble.data.Targets;
import thimble.datasets.Catalogue;
import thimble.datasets.StoredData;
import thimble.tensor.Shape;

class TablesTest {
    @ParameterizedTest
    @CsvSource({
        "iris, 150, 4, 50 50 50",
        "wine, 178, 13, 59 71 48",
        "breast-cancer, 569, 30, 357 212",
        "breast-cancer-ljubljana, 286, 39, 201 85",
        "german, 1000, 61, 300 700",
        "adult, 32561, 105, 24720 7841",
        "mushroom, 8124, 116, 4208 3916",
        "penguins, 344, 13, 152 68 124",
        "sonar, 208, 60, 111 97",
        "ionosphere, 351, 34, 126 225",
        "glass, 214, 9, 13 70 29 76 9 17",
        "banknote, 1372, 4, 610 762",
        "digits, 1797, 64, 178 182 177 183 181 182 181 179 174 180",
        "ecg5000, 500, 140, 177 292 19 2 10",
    })
    void sizesAndClasses(String name, int size, int elements, String counts) {
        DatasetSource.Parts parts = StoredData.load(name);
        Dataset data = parts.train();
        assertThat(data.name()).isEqualTo(name);
        assertThat(data.size()).isEqualTo(size);
        assertThat(data.example().elements()).isEqualTo(elements);
        assertThat(counts(data))
                .containsExactly(Arrays.stream(counts.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
        DatasetSource.Info info = Catalogue.installed().source(name).info();
        assertThat(info.train()).isEqualTo(size);
        assertThat(info.classes()).isEqualTo(data.classes());
        assertThat(info.test()).isEqualTo(parts.test().map(Dataset::size).orElse(0));
    }

    @Test
    void numbersAndClassesOfIris() {
        Dataset iris = StoredData.load("iris").train();
        float[] x = new float[4];
        iris.read(0, 0, x, 0);
        assertThat(x).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
        assertThat(iris.targets()).isEqualTo(new Targets.Classes(List.of("setosa", "versicolor", "virginica")));
        assertThat(iris.features())
                .extracting(Feature::name)
                .containsExactly("sepal length", "sepal width", "petal length", "petal width");
    }

    @Test
    void adultHasATestSetOfTheSameForm() {
        DatasetSource.Parts adult = StoredData.load("adult");
        Dataset test = adult.test().orElseThrow();
        assertThat(counts(test)).containsExactly(12435, 3846);
        assertThat(test.features()).isEqualTo(adult.train().features());
        assertThat(adult.train().features()).filteredOn(Feature::categorical).hasSize(8);
    }

    @Test
    void diabetesIsANumber() {
        Dataset data = StoredData.load("diabetes").train();
        assertThat(data.size()).isEqualTo(442);
        assertThat(data.targets()).isInstanceOf(Targets.Numbers.class);
        float[] y = new float[1];
        data.target(0, 0, y, 0);
        assertThat(y).containsExactly(151);
        float[] x = new float[10];
        data.read(0, 0, x, 0);
        assertThat(x).containsExactly(59, 2, 32.1f, 101, 157, 93.2f, 38, 4, 4.8598f, 87);
    }

    @Test
    void digitsArePicturesAndHeartbeatsSequences() {
        assertThat(StoredData.load("digits").train().example()).isEqualTo(Shape.of(1, 8, 8));
        assertThat(StoredData.load("ecg5000").train().example()).isEqualTo(Shape.of(140, 1));
    }

    private static int[] counts(Dataset data) {
        int[] counts = new int[data.classes()];
        Arrays.stream(data.labels()).forEach(label -> counts[label]++);
        return counts;
    }
}
