package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.ReferenceBackend;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Initializers;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.tensor.Tensor;

class CheckpointTest {
    @TempDir
    Path folder;

    /** Keeps a variable of its own, draws random numbers, and changes what evaluation reads. */
    private static Regularizer average() {
        return new Methodlike("average") {
            @Override
            public void forward(ForwardHooks hooks) {
                hooks.input(x -> x.add(hooks.normal("average", x.shape()).mul(hooks.value("noise", 0.1))));
            }

            @Override
            public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
                updated.forEach((parameter, value) -> {
                    Tensor mean = step.variable(parameter.name(), value.shape(), parameter.initializer());
                    step.update(mean, mean.mul(0.9).add(value.mul(0.1)));
                });
                return new LinkedHashMap<>(updated);
            }

            @Override
            public java.util.Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
                return java.util.Optional.of(
                        step.variable(weight.name(), weight.tensor().shape(), Initializers.ZEROS));
            }
        };
    }

    private static Trainer trainer(ReferenceBackend backend, Dataset validation) {
        Sequential layers = Sequential.of()
                .then("fc1", new Linear(6, Norm.BATCH, Activation.RELU))
                .then("out", new Linear(3));
        return new Trainer(backend, layers, new CrossEntropy(), List.of(average()), new Adam(0.02), 8, 5, 3)
                .stopping(new Stopping(validation, 3, 50));
    }

    private static LearnContext cutAfter(ReferenceBackend backend, int steps) {
        AtomicInteger asked = new AtomicInteger();
        return new LearnContext(backend, 3, TrainingListener.NONE, () -> asked.incrementAndGet() > steps);
    }

    @Test
    void aTrainingThatWasCutAndGoesOnEndsWithTheSameBytes() throws IOException {
        ReferenceBackend backend = new ReferenceBackend();
        Dataset train = Blobs.points(36, 1);
        Dataset validation = Blobs.points(12, 2);
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        Path model = folder.resolve("model");
        try (TrainedModel uninterrupted =
                trainer(backend, validation).saving(new Saving(whole, 23)).fit(train)) {
            uninterrupted.weights().save(model);
        }
        Trainer resumed = trainer(backend, validation).saving(new Saving(cut, 23));
        for (int steps : new int[] {5, 1, 9}) {
            assertThatThrownBy(() -> resumed.fit(train, cutAfter(backend, steps)))
                    .isInstanceOf(CancellationException.class);
        }
        Path again = folder.resolve("again");
        try (TrainedModel finished = resumed.fit(train)) {
            finished.weights().save(again);
        }
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(model));
        assertThat(Files.readAllBytes(cut)).isEqualTo(Files.readAllBytes(whole));
    }

    @Test
    void anotherTrainingCannotGoOnFromIt() {
        ReferenceBackend backend = new ReferenceBackend();
        Dataset train = Blobs.points(36, 1);
        Dataset validation = Blobs.points(12, 2);
        Trainer saved = trainer(backend, validation).saving(new Saving(folder.resolve("one"), 5));
        saved.steps(5).fit(train).close();
        assertThatThrownBy(() -> saved.steps(6).fit(train))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a checkpoint of this training")
                .hasMessageContaining("steps 5");
        assertThatThrownBy(() -> saved.steps(5).fit(train, new LearnContext(backend, 4)))
                .hasMessageContaining("but received one of seed 3");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        ReferenceBackend backend = new ReferenceBackend();
        Path file = folder.resolve("checkpoint");
        Trainer saved = Blobs.trainer(backend).steps(5).saving(new Saving(file, 5));
        saved.fit(Blobs.points(36, 1)).close();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> saved.fit(Blobs.points(36, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected checksum")
                .hasMessageContaining(file.toString());
        Weights plain = new Weights(List.of());
        plain.save(file);
        assertThatThrownBy(() -> saved.fit(Blobs.points(36, 1)))
                .hasMessageContaining("expected a checkpoint of version 1 but received another kind of file");
    }
}
