package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import thimble.backend.gpu.RecordingDevice.Event;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.LearnContext;
import thimble.train.Optimizer;
import thimble.train.ReplicatedTraining;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;

/** While a step runs the next batch is on its way, losses are waited for many at once, and results are those of waiting for each. */
class PrefetchTest {
    private static final int BATCH = 10;
    private static final int STEPS = 40;
    private static final Shape IMAGE = Shape.of(1, 7, 7);
    private static final long INPUT = 4L * BATCH * IMAGE.elements();

    private static Dataset data() {
        float[][] examples = new float[30][IMAGE.elements()];
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = i % 3;
            for (int e = 0; e < IMAGE.elements(); e++) {
                examples[i][e] = (i * 31 + e * 17) % 13 / 13f + (e % 3 == labels[i] ? 1 : 0);
            }
        }
        return ArrayDataset.of("stripes", IMAGE, examples, labels, List.of("one", "two", "three"));
    }

    private static Trainer trainer(TiledBackend backend, Optimizer optimizer) {
        Sequential layers = Sequential.of()
                .then("conv", new Conv2d(4, 3, Activation.RELU))
                .then("flat", new Flatten())
                .then("out", new Linear(3));
        return new Trainer(backend, layers, new CrossEntropy(), List.of(), optimizer, BATCH, 1, 7).steps(STEPS);
    }

    private static TrainedModel fit(ComputeDevice device, boolean keeps, TrainingListener listener) {
        TiledBackend backend = new TiledBackend(device, keeps);
        return trainer(backend, new Adam(0.01)).fit(data(), new LearnContext(backend, 1, listener, () -> false));
    }

    private static boolean isStep(Event event) {
        return event instanceof Event.Send(var kernels) && kernels.contains("thimble_conv2d_kernel");
    }

    @Test
    void theNextBatchIsUploadedBeforeTheStepIsWaitedFor() {
        RecordingDevice device = new RecordingDevice();
        fit(device, true, TrainingListener.NONE).close();
        List<Event> events = device.events();
        int steps = 0;
        int waits = 0;
        for (int i = 0; i < events.size(); i++) {
            if (!isStep(events.get(i)) || ++steps == STEPS) {
                continue;
            }
            boolean uploaded = false;
            for (int next = i + 1; !isStep(events.get(next)); next++) {
                uploaded |= events.get(next).equals(new Event.Write(INPUT));
                if (events.get(next) instanceof Event.Read) {
                    assertThat(uploaded).as("batch " + steps + " is on its way").isTrue();
                    waits++;
                }
            }
            assertThat(uploaded).isTrue();
        }
        assertThat(steps).isEqualTo(STEPS);
        assertThat(waits).isEqualTo((STEPS - 1) / 16);
    }

    @Test
    void withoutKeptOutputsEachStepIsWaitedFor() {
        RecordingDevice device = new RecordingDevice();
        fit(device, false, TrainingListener.NONE).close();
        long waits = device.events().stream()
                .filter(event -> event.equals(new Event.Read(4)))
                .count();
        assertThat(waits).isEqualTo(STEPS);
    }

    @Test
    void lossesAndWeightsHaveTheBitsOfWaitingForEachStep() {
        ComputeDevice device = Gpu.backend().session().device();
        List<List<Double>> losses = new ArrayList<>();
        List<float[]> weights = new ArrayList<>();
        for (boolean keeps : new boolean[] {true, false}) {
            List<Double> told = new ArrayList<>();
            losses.add(told);
            TrainingListener listener = new TrainingListener() {
                @Override
                public int every() {
                    return 7;
                }

                @Override
                public void step(long step, long steps, double loss) {
                    told.add(loss);
                }
            };
            try (TrainedModel model = fit(device, keeps, listener)) {
                weights.add(model.weights().find("conv.kernel").orElseThrow().values());
                weights.add(model.weights().find("out.kernel").orElseThrow().values());
            }
        }
        assertThat(losses.get(0)).isEqualTo(losses.get(1)).hasSize(6).doesNotHaveDuplicates();
        assertThat(weights.get(0)).containsExactly(weights.get(2));
        assertThat(weights.get(1)).containsExactly(weights.get(3));
    }

    @Test
    void replicasAreNotWaitedForAndADivergedOneTakesNoOtherWithIt() {
        ComputeDevice device = Gpu.backend().session().device();
        List<List<ReplicatedTraining.Result>> results = new ArrayList<>();
        for (boolean keeps : new boolean[] {true, false}) {
            TiledBackend backend = new TiledBackend(device, keeps);
            results.add(ReplicatedTraining.fit(Stream.of(0.1, 1e30, 0.2)
                    .map(rate -> new ReplicatedTraining.Replica(
                            trainer(backend, new Sgd(rate)), data(), new LearnContext(backend, 1)))
                    .toList()));
        }
        assertThat(results)
                .allSatisfy(run -> assertThat(run.get(1)).isInstanceOf(ReplicatedTraining.Result.Diverged.class));
        for (int k : new int[] {0, 2}) {
            List<float[]> weights =
                    results.stream().map(run -> kernel(run.get(k))).toList();
            assertThat(weights.get(0)).containsExactly(weights.get(1)).doesNotContain(Float.NaN);
        }
    }

    private static float[] kernel(ReplicatedTraining.Result result) {
        try (TrainedModel model = ((ReplicatedTraining.Result.Trained) result).model()) {
            return model.weights().find("conv.kernel").orElseThrow().values();
        }
    }
}
