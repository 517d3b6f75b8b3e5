package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.ReferenceBackend;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.nn.Models;

class ClassEmbeddingsTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("classes.csv"), text);
    }

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k < a.length; k++) {
            dot += a[k] * b[k];
            first += a[k] * a[k];
            second += b[k] * b[k];
        }
        return dot / Math.sqrt(first * second);
    }

    @Test
    void turnedRowsKeepTheirAnglesWhateverTheirWidth() throws IOException {
        double[][] wide = {{1, 2, 3, 4, 5}, {0, -1, 2, 0, 1}, {2, 4, 6, 8, 10}};
        float[] turned = new float[9];
        EmbeddingFile.read(file("1,2,3,4,5\n0,-1,2,0,1\n2,4,6,8,10\n"), 3, turned);
        double[][] rows = new double[3][3];
        for (int i = 0; i < 9; i++) {
            rows[i / 3][i % 3] = turned[i];
        }
        for (int i = 0; i < 3; i++) {
            assertThat(rows[i][0] * rows[i][0] + rows[i][1] * rows[i][1] + rows[i][2] * rows[i][2])
                    .isCloseTo(1, within(1e-6));
            for (int j = 0; j < i; j++) {
                assertThat(cosine(rows[i], rows[j])).isCloseTo(cosine(wide[i], wide[j]), within(1e-6));
            }
        }
        EmbeddingFile.read(file("1\n-2\n3\n"), 3, turned);
        assertThat(turned).containsExactly(1, 0, 0, -1, 0, 0, 1, 0, 0);
    }

    @Test
    void theUnitVectorsAreThePlainCosineLoss() throws IOException {
        Path file = file("1,0,0\n0,1,0\n0,0,1\n");
        Dataset train = Blobs.points(60, 3);
        try (Model plain = trainer("cosine", train).fit(train);
                Model towards = trainer("cosine:embeddings=" + file, train).fit(train)) {
            float[] expected = plain.predict(train)[7];
            assertThat(towards.predict(train)[7]).containsExactly(expected, within(1e-5f));
        }
    }

    private static Trainer trainer(String loss, Dataset train) {
        return new Trainer(
                new ReferenceBackend(),
                Models.parse("mlp:hidden=8", train),
                Methods.parse(Loss.class, loss),
                java.util.List.of(),
                new Adam(0.05),
                16,
                40,
                1);
    }

    @Test
    void aSavedModelNeedsTheFileNoLonger() throws IOException {
        Path file = file("1,0.5\n-1,0.5\n0,-2\n");
        Dataset train = Blobs.points(60, 3);
        Path saved = folder.resolve("model.safetensors");
        float[][] before;
        try (TrainedModel model = trainer("cosine:embeddings=" + file, train).fit(train)) {
            before = model.predict(train);
            assertThat(Evaluation.of(model, Blobs.points(150, 4)).accuracy()).isGreaterThan(0.9);
            model.save(saved);
        }
        Files.delete(file);
        try (TrainedModel model = TrainedModel.load(saved, new ReferenceBackend())) {
            assertThat(model.predict(train)).isDeepEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,0|0,1; expected one row for each of 3 classes but received 2",
                "1,0|0,1|1; row 3] expected 2 numbers as in the first row but received 1",
                "1,0|0,x|1,1; row 2] expected numbers separated by commas but received '0,x'",
                "1,0|0,0|1,1; row 2] expected a vector with a direction but received one of length 0.0",
                "1,0|0,NaN|1,1; row 2] expected a vector with a direction but received one of length NaN"
            })
    void damagedFilesAreRefused(String text, String message) throws IOException {
        Path file = file(text.replace('|', '\n'));
        assertThatThrownBy(() -> EmbeddingFile.read(file, 3, new float[9]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("classes.csv");
    }

    @Test
    void aMissingFileIsRefusedBeforeTraining() {
        Dataset train = Blobs.points(60, 3);
        Path nowhere = folder.resolve("none.csv");
        assertThatThrownBy(() -> trainer("cosine:embeddings=" + nowhere, train).fit(train))
                .isInstanceOf(DataException.class)
                .hasMessage("[" + nowhere + "] expected a file with one row per class but it cannot be read");
        assertThatThrownBy(() -> new CosineLoss(0, nowhere.toString()).check(train.targets()))
                .isInstanceOf(DataException.class);
    }
}
