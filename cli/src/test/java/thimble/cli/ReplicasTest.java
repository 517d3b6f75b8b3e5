package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.data.Dataset;
import thimble.datasets.Catalogue;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.LearnContext;
import thimble.train.Regularizer;
import thimble.train.ReplicatedTraining;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

/** Convolutions, dropping and a penalty of second order, with seeds, examples and strengths of their own in one program. */
class ReplicasTest {
    @Test
    void replicasOnThisMachineLearnWhatTheyWouldLearnAlone() {
        Backend cpu = Backends.choose("cpu:threads=1").backend();
        Dataset glyphs = Catalogue.installed().source("glyphs").load(List.of()).train();
        List<ReplicatedTraining.Replica> replicas = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            int from = 40 * k;
            Dataset own = glyphs.select(IntStream.range(from, from + 40).toArray());
            List<Regularizer> methods = List.of(
                    Methods.parse(Regularizer.class, "dropout:rate=0.5"),
                    Methods.parse(Regularizer.class, "spectreg:lambda=" + Math.pow(10, k - 4)));
            Trainer trainer = new Trainer(
                            cpu, Models.parse("lenet5", own), new CrossEntropy(), methods, new Adam(1e-3), 10, 1, k)
                    .steps(15);
            replicas.add(new ReplicatedTraining.Replica(trainer, own, new LearnContext(cpu, 70 + k)));
        }
        List<ReplicatedTraining.Result> results = ReplicatedTraining.fit(replicas);
        for (int k = 0; k < 3; k++) {
            ReplicatedTraining.Replica one = replicas.get(k);
            try (TrainedModel together = ((ReplicatedTraining.Result.Trained) results.get(k)).model();
                    TrainedModel alone = one.trainer().fit(one.train(), one.context())) {
                for (Weights.Entry expected : alone.weights().entries()) {
                    float[] received = together.weights()
                            .find(expected.name())
                            .orElseThrow()
                            .values();
                    for (int i = 0; i < received.length; i++) {
                        assertThat(received[i]).as(expected.name()).isCloseTo(expected.values()[i], within(2e-4f));
                    }
                }
            }
        }
    }
}
