package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.nn.Models;
import thimble.nn.Network;

class TrainedModelTest {
    @TempDir
    Path folder;

    private static TrainedModel blobs(ReferenceBackend backend) {
        return Blobs.trainer(backend).fit(Blobs.points(60, 3));
    }

    @Test
    void itLearnsAndItsLossIsThatOfItsProbabilities() {
        try (TrainedModel model = blobs(new ReferenceBackend())) {
            Dataset test = Blobs.points(150, 4);
            Evaluation result = Evaluation.of(model, test);
            assertThat(result.accuracy()).isGreaterThan(0.95);
            assertThat(result.metric("loss")).isCloseTo(result.metric("log-loss"), within(1e-5));
        }
    }

    @Test
    void oneByOneInPartsAndAtOnceIsTheSame() {
        try (TrainedModel model = blobs(new ReferenceBackend())) {
            Dataset test = Blobs.points(130, 4);
            float[][] all = model.predict(test);
            float[] row = new float[2];
            for (int i = 0; i < test.size(); i++) {
                test.read(i, 0, row, 0);
                assertThat(model.predict(row)).containsExactly(all[i]);
            }
            assertThat(model.meanLoss(test.select(new int[] {0})))
                    .isCloseTo(-Math.log(all[0][test.label(0)]), within(1e-5));
        }
    }

    @Test
    void manyThreadsPredictTheSame() throws Exception {
        try (TrainedModel model = blobs(new ReferenceBackend());
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            float[][] alone = model.predict(Blobs.points(30, 4));
            List<Callable<float[][]>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                calls.add(() -> model.predict(Blobs.points(30, 4)));
            }
            for (Future<float[][]> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isDeepEqualTo(alone);
            }
        }
    }

    @Test
    void numbersComeBackInTheirUnits() {
        float[][] x = new float[40][1];
        float[] y = new float[40];
        for (int i = 0; i < 40; i++) {
            x[i][0] = 100 + i;
            y[i] = 5000 + 30 * i;
        }
        Dataset line = ArrayDataset.of("line", x, y);
        Network layers = Models.parse("linear", line);
        Trainer trainer =
                new Trainer(new ReferenceBackend(), layers, new MeanSquaredError(), List.of(), new Sgd(0.3), 40, 60, 1);
        Path file = folder.resolve("line.model");
        try (TrainedModel model = trainer.fit(line)) {
            assertThat(model.predict(new float[] {110})[0]).isCloseTo(5300, within(1f));
            assertThat(Evaluation.of(model, line).metric("rmse")).isLessThan(1);
            model.save(file);
        }
        try (TrainedModel back = TrainedModel.load(file, new ReferenceBackend())) {
            assertThat(back.predict(new float[] {110})[0]).isCloseTo(5300, within(1f));
        }
    }

    @Test
    void aSavedModelIsWholeInOneFile() {
        ReferenceBackend backend = new ReferenceBackend();
        Dataset data = Blobs.points(30, 3);
        Trainer trainer = new Trainer(
                backend,
                Models.parse("mlp:hidden=4,norm=batch", data),
                new CrossEntropy(),
                List.of(),
                new Adam(),
                10,
                2,
                7);
        Path file = folder.resolve("blobs.model");
        try (TrainedModel model = trainer.fit(data)) {
            model.save(file);
            try (TrainedModel back = TrainedModel.load(file, backend)) {
                assertThat(back.layers()).isEqualTo(model.layers());
                assertThat(back.targets()).isEqualTo(model.targets());
                assertThat(back.provenance())
                        .containsExactlyEntriesOf(model.provenance())
                        .containsEntry("steps", "6");
                assertThat(back.preprocessing()).isEqualTo(model.preprocessing());
                assertThat(back.parameterCount()).isEqualTo(31);
                assertThat(back.predict(data)).isDeepEqualTo(model.predict(data));
            }
            try (TrainedModel given = TrainedModel.load(
                    file, backend, Models.parse("mlp:hidden=4,norm=batch", data).layers())) {
                assertThat(given.predict(data)).isDeepEqualTo(model.predict(data));
            }
        }
    }

    @Test
    void layersWithoutASpecMustBeGiven() {
        Path file = folder.resolve("own.model");
        try (TrainedModel model = blobs(new ReferenceBackend())) {
            model.save(file);
            assertThatThrownBy(() -> TrainedModel.load(file, new ReferenceBackend()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("load it with these layers");
            try (TrainedModel back = TrainedModel.load(file, new ReferenceBackend(), Blobs.mlp())) {
                assertThat(back.predict(new float[] {0, 0})).containsExactly(model.predict(new float[] {0, 0}));
            }
            assertThatThrownBy(() ->
                            TrainedModel.load(file, new ReferenceBackend(), Models.parse("linear", Blobs.points(3, 1))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("[out.kernel] expected shape [3,2] but received [3,8]");
        }
    }

    @Test
    void anotherKindOfFileIsRefused() {
        Path file = folder.resolve("weights");
        try (TrainedModel model = blobs(new ReferenceBackend())) {
            model.weights().save(file);
        }
        assertThatThrownBy(() -> TrainedModel.load(file, new ReferenceBackend()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a model of version 2 but received another kind of file");
    }

    @Test
    void wrongExamplesAndClosedModelsAreRefused() {
        TrainedModel model = blobs(new ReferenceBackend());
        assertThatThrownBy(() -> model.predict(new float[3]))
                .hasMessage("[predict] expected 2 numbers for [2] but received 3");
        Dataset other = ArrayDataset.of("other", new float[2][5], new int[] {0, 1});
        assertThatThrownBy(() -> model.predict(other))
                .hasMessageContaining("expected examples [2] with 3 targets but 'other' has 2 examples [5]");
        model.close();
        model.close();
        assertThatThrownBy(() -> model.predict(new float[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[predict] expected an open model but it was closed");
    }
}
