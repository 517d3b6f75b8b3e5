package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.Calibration;
import thimble.train.CrossEntropy;
import thimble.train.DecayBalance;
import thimble.train.LearnContext;
import thimble.train.Provenance;
import thimble.train.Regularizer;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;
import thimble.train.Weights;

/** The balance of decay and loss of real networks, at the start and during training. */
class DecayBalanceTest {
    private static final int EXAMPLES = 12;

    private static Dataset data() {
        SplittableRandom random = new SplittableRandom(3);
        float[][] examples = new float[EXAMPLES][8];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = i % 3;
            for (int e = 0; e < 8; e++) {
                examples[i][e] = (float) (random.nextDouble() + (e == labels[i] ? 1 : 0));
            }
        }
        return ArrayDataset.of("bumps", Shape.of(8), examples, labels, List.of("a", "b", "c"));
    }

    /** What a training was like every other step. */
    private static final class Measured implements TrainingListener {
        private final Map<Long, DecayBalance> even = new LinkedHashMap<>();
        private final Map<Long, DecayBalance> layerwise = new LinkedHashMap<>();
        private double[] strengths = {};

        @Override
        public int measureEvery() {
            return 2;
        }

        @Override
        public void measure(long step, Calibration now) {
            if (step == 0) {
                strengths = ((LayerwiseDecay)
                                new LayerwiseDecay(0.01, LayerwiseDecay.Mode.EMPIRICAL, EXAMPLES, "").calibrate(now))
                        .strengths();
            }
            even.put(step, DecayBalance.of(now, EXAMPLES, 0.01));
            layerwise.put(step, DecayBalance.of(now, EXAMPLES, strengths));
        }
    }

    private static Measured train(String model, Regularizer... methods) {
        Measured measured = new Measured();
        ReferenceBackend backend = new ReferenceBackend();
        Dataset data = data();
        new Trainer(backend, Models.parse(model, data), new CrossEntropy(), List.of(methods), new Sgd(0.05), 6, 2, 1)
                .fit(data, new LearnContext(backend, 1, measured, () -> false))
                .close();
        return measured;
    }

    @Test
    void layerwiseStrengthsAreBalancedWhereTheyWereMeasuredAndOneStrengthIsNot() {
        for (String model : List.of("mlp:hidden=20x5,init=he", "mlp:hidden=6-4,norm=batch")) {
            Measured measured = train(model, new L2(0.01));
            assertThat(measured.layerwise.get(0L).spread()).isCloseTo(1, within(1e-6));
            assertThat(measured.even.get(0L).spread()).isGreaterThan(1.5);
            assertThat(measured.even.keySet()).containsExactly(0L, 2L, 4L);
            assertThat(measured.layerwise.get(4L).spread()).isGreaterThan(1.0001);
        }
    }

    @Test
    void ratiosAreStrengthTimesWeightOverGradient() {
        DecayBalance balance = train("mlp:hidden=4").even.get(0L);
        assertThat(balance.layers()).extracting(DecayBalance.Layer::kernel).containsExactly("fc1.kernel", "out.kernel");
        assertThat(balance.layers())
                .allSatisfy(layer -> assertThat(layer.ratio()).isEqualTo(0.01 * layer.weight() / layer.gradient()));
    }

    /** W₁ · s and W₂ / s leave the function of a network with relu as it is; the ratio of their strengths is multiplied by s⁻⁴. */
    @Test
    void rescaledNeighboursHaveTheSameFunctionAndTheRatioOfTheirStrengthsMovesByTheMinusFourthPower() {
        Dataset data = data();
        try (TrainedModel start = new Trainer(
                        new ReferenceBackend(),
                        Models.parse("mlp:hidden=6-4,init=he", data),
                        new CrossEntropy(),
                        List.of(),
                        new Sgd(1e-30), // which moves nothing
                        6,
                        1,
                        1)
                .fit(data)) {
            Weights first = start.weights();
            double s = 2; // a power of two, so that float32 rounds alike
            List<Weights.Entry> scaled = first.entries().stream()
                    .map(entry -> switch (entry.name()) {
                        case "fc1.kernel", "fc1.bias" -> times(entry, s);
                        case "fc2.kernel" -> times(entry, 1 / s);
                        default -> entry;
                    })
                    .toList();
            double[] before = strengths(first);
            double[] after = strengths(new Weights(scaled));
            assertThat(after[0] / after[1]).isCloseTo(before[0] / before[1] / 16, within(1e-9 * before[0] / before[1]));
            assertThat(before[2]).isEqualTo(0.5);
            assertThat(after[2]).isEqualTo(0.5);
        }
    }

    private static Weights.Entry times(Weights.Entry entry, double factor) {
        float[] values = entry.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
        return new Weights.Entry(entry.name(), entry.shape(), values);
    }

    /** λ of each kernel as a training measured it before its first step. */
    private static double[] strengths(Weights initial) {
        Dataset data = data();
        try (TrainedModel model = new Trainer(
                        new ReferenceBackend(),
                        Models.parse("mlp:hidden=6-4,init=he", data),
                        new CrossEntropy(),
                        List.of(new LayerwiseDecay(0.5)),
                        new Sgd(0.05),
                        6,
                        1,
                        1)
                .initial(initial)
                .fit(data)) {
            String numbers = Objects.requireNonNull(model.provenance().get(Provenance.NUMBERS));
            return Arrays.stream(numbers.split(" "))
                    .mapToDouble(number -> Double.parseDouble(number.substring(number.indexOf('=') + 1)))
                    .toArray();
        }
    }

    @Test
    void whatWasMeasuredIsWrittenIntoTheModel() {
        Dataset data = data();
        try (TrainedModel model = new Trainer(
                        new ReferenceBackend(),
                        Models.parse("mlp:hidden=4,init=he", data),
                        new CrossEntropy(),
                        List.of(new LayerwiseDecay(0.5)),
                        new Sgd(0.05),
                        6,
                        1,
                        1)
                .fit(data)) {
            assertThat(model.provenance().get(Provenance.CALIBRATED)).startsWith("layerwise-decay:lambda=0.5,ratios=");
            assertThat(model.provenance().get(Provenance.NUMBERS))
                    .matches("layerwise-decay\\.lambda\\.fc1\\.kernel=\\S+"
                            + " layerwise-decay\\.lambda\\.out\\.kernel=0\\.5");
            assertThat(model.provenance().get(Provenance.INITIALIZERS)).isEqualTo("HeNormal: fc1 out");
        }
    }
}
