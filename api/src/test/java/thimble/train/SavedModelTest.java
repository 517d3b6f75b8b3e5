package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.ReferenceBackend;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.nn.Models;

class SavedModelTest {
    private final ReferenceBackend backend = new ReferenceBackend();
    private final Dataset data = Blobs.points(30, 3);

    @TempDir
    private Path folder = Path.of("");

    private TrainedModel network(long seed) {
        return new Trainer(
                        backend,
                        Models.parse("mlp:hidden=4", data),
                        new CrossEntropy(),
                        List.of(),
                        new Adam(),
                        10,
                        1,
                        seed)
                .fit(data);
    }

    private SavedModel two() {
        Model model = new EnsembleModel(List.of(network(1), network(2)), true, OptionalDouble.of(0.25));
        return new SavedModel(model, Signature.of(data), new LinkedHashMap<>(Map.of("methods", "two")));
    }

    /** Writes what a file holds with a change. */
    private Path changed(Stored stored) {
        Path file = folder.resolve("changed.model");
        ModelFile.save(stored, file);
        return file;
    }

    @Test
    void severalNetworksAreOneFile() {
        Path file = folder.resolve("two.model");
        try (SavedModel model = two()) {
            model.save(file);
            try (SavedModel back = SavedModel.load(file, backend)) {
                assertThat(back.kind()).isEqualTo("ensemble");
                assertThat(back.signature()).isEqualTo(model.signature());
                assertThat(back.provenance()).containsExactlyEntriesOf(model.provenance());
                EnsembleModel inside = (EnsembleModel) back.model();
                assertThat(inside.vote()).isTrue();
                assertThat(inside.outOfBag()).hasValue(0.25);
                assertThat(back.predict(data)).isDeepEqualTo(model.predict(data));
                assertThat(back.examples()).isZero();
            }
        }
        assertThatThrownBy(() -> TrainedModel.load(file, backend))
                .isInstanceOf(DataException.class)
                .hasMessage("[" + file + "] expected a network but the file holds a model of kind ensemble, which"
                        + " SavedModel.load reads");
    }

    @Test
    void aNetworkIsTheSameFileEitherWay() {
        Path file = folder.resolve("one.model");
        Path same = folder.resolve("same.model");
        try (TrainedModel model = network(1)) {
            model.save(file);
            SavedModel.of(model).save(same);
            assertThat(same).hasSameBinaryContentAs(file);
        }
        try (SavedModel back = SavedModel.load(file, backend)) {
            assertThat(back.model()).isInstanceOf(TrainedModel.class);
            assertThat(Evaluation.of(back, data).metrics()).containsKey(Evaluation.LOSS);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (SavedModel model = two()) {
            Stored stored = model.stored();
            refused(
                    stored.with("members", 3),
                    "[ensemble, members] expected a whole number from 1 to 2 but received 3");
            refused(stored.with("vote", "perhaps"), "[ensemble, vote] expected true or false but received perhaps");
            refused(stored.with("target.count", 4), "[ensemble, target.3] expected a text but received none");
            refused(
                    stored.with("example", "2,x"),
                    "[ensemble, example] expected sizes as in 3,32,32 but received '2,x'");
            refused(
                    stored.with("member-1", Stored.of("oracle")),
                    "unknown kind of model 'oracle'; There are: ensemble, features, network; the module that it came"
                            + " from must be there");
            refused(
                    stored.with("member-1", Stored.of("network")),
                    "[network, model] expected a text but received none");
            refused(Stored.of("features"), "[features, extractor] expected a part but received none");
            Stored deep = Stored.of("features");
            for (int i = 0; i < 8; i++) {
                deep = Stored.of("features").with("model", deep);
            }
            refused(deep, "expected at most 8 parts inside each other");
        }
    }

    private void refused(Stored stored, String message) {
        Path file = changed(stored);
        assertThatThrownBy(() -> SavedModel.load(file, backend))
                .isInstanceOf(DataException.class)
                .hasMessage("[" + file + "] " + message);
    }

    @Test
    void newerAndChangedFilesAreRefused() {
        Path file = changed(Stored.of("network"));
        SequencedMap<String, String> metadata =
                new LinkedHashMap<>(SafeTensors.read(file).metadata());
        metadata.put("more", "text");
        SafeTensors.write(file, new SafeTensors.Content(metadata, new LinkedHashMap<>()));
        assertThatThrownBy(() -> SavedModel.load(file, backend))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("\\[.*] expected checksum [0-9a-f]+ but received [0-9a-f]+; the file is damaged");
        metadata.put("thimble.model", "3");
        SafeTensors.write(file, new SafeTensors.Content(metadata, new LinkedHashMap<>()));
        assertThatThrownBy(() -> SavedModel.load(file, backend))
                .hasMessage("[" + file + "] expected a model of version 2 but received version 3");
    }

    @Test
    void aModelThatHasNoFormSaysSo() {
        Model own = new Model() {
            @Override
            public float[] predict(float[] example) {
                return new float[2];
            }

            @Override
            public float[][] predict(Dataset examples) {
                return new float[examples.size()][2];
            }
        };
        SavedModel model = new SavedModel(own, Signature.of(data), new LinkedHashMap<>());
        assertThatThrownBy(() -> model.save(folder.resolve("own.model")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[save] expected a model that can be saved but received");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> model.predict(new float[3]))
                .hasMessage("[predict] expected 2 numbers for [2] but received 3");
        assertThatThrownBy(() -> model.predict(new float[2]))
                .hasMessage("[predict] expected 3 scores but the model gave 2");
        assertThatThrownBy(() -> model.predict(Blobs.points(3, 1, thimble.tensor.Shape.of(4))))
                .hasMessage("[predict] expected examples [2] but 'blobs' has examples [4]");
    }
}
