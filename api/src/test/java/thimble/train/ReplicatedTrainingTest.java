package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.Backend;
import thimble.backend.ReferenceBackend;
import thimble.data.Dataset;

class ReplicatedTrainingTest {
    private final Backend backend = new ReferenceBackend();

    private ReplicatedTraining.Replica replica(Trainer trainer, long seed) {
        return new ReplicatedTraining.Replica(
                trainer, Blobs.points(30, seed), new LearnContext(trainer.backend(), seed));
    }

    private static TrainedModel trained(ReplicatedTraining.Result result) {
        return switch (result) {
            case ReplicatedTraining.Result.Trained(var model) -> model;
            case ReplicatedTraining.Result.Diverged(var cause) -> throw cause;
            case ReplicatedTraining.Result.Apart _ -> throw new AssertionError("expected a training with others");
        };
    }

    @Test
    void eachReplicaLearnsWhatItWouldLearnAlone() {
        Trainer trainer = Blobs.trainer(backend);
        List<ReplicatedTraining.Replica> replicas =
                IntStream.range(0, 3).mapToObj(k -> replica(trainer, 40 + k)).toList();
        List<ReplicatedTraining.Result> results = ReplicatedTraining.fit(replicas);
        for (int k = 0; k < 3; k++) {
            ReplicatedTraining.Replica one = replicas.get(k);
            try (TrainedModel together = trained(results.get(k));
                    TrainedModel alone = one.trainer().fit(one.train(), one.context())) {
                assertThat(together.weights()).usingRecursiveComparison().isEqualTo(alone.weights());
                assertThat(together.provenance()).isEqualTo(alone.provenance());
            }
        }
    }

    @Test
    void ratesDifferWithoutAnotherProgram() {
        WatchedBackend watched = new WatchedBackend(0);
        List<ReplicatedTraining.Replica> replicas = new ArrayList<>();
        for (double rate : new double[] {0.01, 0.05}) {
            replicas.add(replica(
                    new Trainer(watched, Blobs.mlp(), new CrossEntropy(), List.of(), new Adam(rate), 10, 4, 7), 3));
        }
        List<ReplicatedTraining.Result> results = ReplicatedTraining.fit(replicas);
        assertThat(watched.compiled()).isEqualTo(1);
        float[] slow = trained(results.get(0)).weights().entries().getFirst().values();
        float[] fast = trained(results.get(1)).weights().entries().getFirst().values();
        assertThat(slow).isNotEqualTo(fast);
        results.forEach(result -> trained(result).close());
        assertThat(watched.open()).isZero();
    }

    @Test
    void aDivergedReplicaIsToldAndTheOthersGoOn() {
        Trainer sound = new Trainer(backend, Blobs.mlp(), new CrossEntropy(), List.of(), new Sgd(0.1), 10, 8, 7);
        Trainer wild = new Trainer(backend, Blobs.mlp(), new CrossEntropy(), List.of(), new Sgd(1e30), 10, 8, 7);
        List<ReplicatedTraining.Replica> replicas = List.of(replica(wild, 1), replica(sound, 2));
        List<ReplicatedTraining.Result> results = ReplicatedTraining.fit(replicas);
        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        ReplicatedTraining.Result.Diverged.class,
                        diverged -> assertThat(diverged.cause()).hasMessageContaining("diverged at step"));
        try (TrainedModel together = trained(results.get(1));
                TrainedModel alone =
                        sound.fit(replicas.get(1).train(), replicas.get(1).context())) {
            assertThat(together.weights()).usingRecursiveComparison().isEqualTo(alone.weights());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16})
    void lossesReadLateChangeNothing(int kept) {
        KeepingBackend device = new KeepingBackend(kept);
        List<ReplicatedTraining.Replica> replicas = new ArrayList<>();
        for (double rate : new double[] {0.1, 1e30, 0.2}) {
            Trainer trainer =
                    new Trainer(device, Blobs.mlp(), new CrossEntropy(), List.of(), new Sgd(rate), 10, 1, 7).steps(40);
            replicas.add(new ReplicatedTraining.Replica(trainer, Blobs.points(30, 1), new LearnContext(device, 3)));
        }
        List<ReplicatedTraining.Result> results = ReplicatedTraining.fit(replicas);
        List<String> together = device.events().stream()
                .filter(event -> event.matches("input|run .*|fetch"))
                .toList();
        assertThat(together).startsWith("input", "run 0", "input");
        assertThat(together.indexOf("fetch")).isEqualTo(2 * kept + 1);
        assertThat(results.get(1)).isInstanceOf(ReplicatedTraining.Result.Diverged.class);
        for (int k : new int[] {0, 2}) {
            try (TrainedModel model = trained(results.get(k));
                    TrainedModel alone =
                            replicas.get(k).trainer().fit(replicas.get(k).train(), new LearnContext(backend, 3))) {
                assertThat(model.weights()).usingRecursiveComparison().isEqualTo(alone.weights());
            }
        }
    }

    @Test
    void eachStructureIsOneProgramAndWhatIsAloneInItsStaysApart() {
        WatchedBackend watched = new WatchedBackend(0);
        Trainer trainer = Blobs.trainer(watched);
        LearnContext context = new LearnContext(watched, 5);
        ReplicatedTraining.Replica more = new ReplicatedTraining.Replica(trainer, Blobs.points(60, 5), context);
        ReplicatedTraining.Replica less =
                new ReplicatedTraining.Replica(trainer.steps(3), Blobs.points(30, 5), context);
        ReplicatedTraining.Replica least =
                new ReplicatedTraining.Replica(trainer.steps(2), Blobs.points(30, 6), context);
        List<ReplicatedTraining.Result> results =
                ReplicatedTraining.fit(List.of(replica(trainer, 4), more, less, replica(trainer, 6), least, less));
        assertThat(results.get(1)).isEqualTo(new ReplicatedTraining.Result.Apart());
        assertThat(results.get(4)).isEqualTo(new ReplicatedTraining.Result.Apart());
        for (int k : new int[] {0, 2, 3, 5}) {
            trained(results.get(k)).close();
        }
        assertThat(watched.compiled()).isEqualTo(2);
        assertThat(watched.open()).isZero();
    }

    @Test
    void whatStopsEarlyHasNoReplicas() {
        Dataset held = Blobs.points(10, 9);
        Trainer trainer = Blobs.trainer(backend).stopping(new Stopping(held, 2, 2));
        assertThat(ReplicatedTraining.fit(List.of(replica(trainer, 1), replica(trainer, 2))))
                .containsOnly(new ReplicatedTraining.Result.Apart());
    }

    @Test
    void cancellingEndsAll() {
        Trainer trainer = Blobs.trainer(backend);
        Dataset data = Blobs.points(30, 1);
        ReplicatedTraining.Replica cancelled = new ReplicatedTraining.Replica(
                trainer, data, new LearnContext(backend, 1, TrainingListener.NONE, () -> true));
        assertThatThrownBy(() -> ReplicatedTraining.fit(List.of(replica(trainer, 2), cancelled)))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> ReplicatedTraining.fit(List.of()))
                .hasMessage("[replicas] expected at least one but received none");
    }
}
