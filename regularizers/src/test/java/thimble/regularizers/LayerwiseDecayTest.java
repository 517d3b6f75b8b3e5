package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import thimble.nn.Initializer;
import thimble.nn.Parameter;
import thimble.regularizers.LayerwiseDecay.Mode;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Calibration;

class LayerwiseDecayTest {
    private static final Initializer NONE = (_, _, _) -> {};

    /** A fully connected network with ReLU and without biases; norms of single examples' gradients are products ‖δ‖ ‖x‖. */
    private record Network(List<double[][]> layers) implements Calibration {
        static Network he(long seed, int... sizes) {
            RandomGenerator random = new SplittableRandom(seed);
            List<double[][]> layers = new ArrayList<>();
            for (int l = 1; l < sizes.length; l++) {
                double[][] w = new double[sizes[l]][sizes[l - 1]];
                for (double[] row : w) {
                    Arrays.setAll(row, _ -> random.nextGaussian() * Math.sqrt(2.0 / row.length));
                }
                layers.add(w);
            }
            return new Network(layers);
        }

        Network scaled(int layer, double factor) {
            List<double[][]> changed = new ArrayList<>(layers);
            double[][] w = Arrays.stream(layers.get(layer)).map(double[]::clone).toArray(double[][]::new);
            for (double[] row : w) {
                Arrays.setAll(row, i -> row[i] * factor);
            }
            changed.set(layer, w);
            return new Network(changed);
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> all = new ArrayList<>();
            for (int l = 0; l < layers.size(); l++) {
                double[][] w = layers.get(l);
                all.add(parameter("fc" + l + ".kernel", Parameter.Role.KERNEL, w.length, w[0].length));
                all.add(parameter("fc" + l + ".bias", Parameter.Role.BIAS, w.length));
            }
            return all;
        }

        private static Parameter parameter(String name, Parameter.Role role, int... sizes) {
            return new Parameter(name, Tensor.variable(name, Shape.of(sizes)), NONE, role);
        }

        @Override
        public double norm(Parameter parameter) {
            int l = Integer.parseInt(
                    parameter.name().substring(2, parameter.name().indexOf('.')));
            return Math.sqrt(
                    Arrays.stream(layers.get(l)).mapToDouble(Network::squares).sum());
        }

        @Override
        public double[] gradientNorms(int examples) {
            double[] sums = new double[2 * layers.size()];
            RandomGenerator random = new SplittableRandom(9);
            for (int i = 0; i < examples; i++) {
                double[] x = random.doubles(layers.getFirst()[0].length).toArray();
                add(x, random.nextInt(layers.getLast().length), sums);
            }
            return Arrays.stream(sums).map(sum -> sum / examples).toArray();
        }

        private void add(double[] x, int label, double[] sums) {
            List<double[]> values = new ArrayList<>(List.of(x));
            for (int l = 0; l < layers.size(); l++) {
                double[] in = values.getLast();
                boolean last = l == layers.size() - 1;
                values.add(Arrays.stream(layers.get(l))
                        .mapToDouble(row -> dot(row, in))
                        .map(z -> last ? z : Math.max(z, 0))
                        .toArray());
            }
            double[] z = values.getLast();
            double total = Arrays.stream(z).map(Math::exp).sum();
            double[] delta = new double[z.length];
            Arrays.setAll(delta, k -> Math.exp(z[k]) / total - (k == label ? 1 : 0));
            for (int l = layers.size() - 1; l >= 0; l--) {
                double[] in = values.get(l);
                sums[2 * l] += Math.sqrt(squares(delta) * squares(in));
                double[] above = delta;
                double[][] w = layers.get(l);
                double[] below = new double[in.length];
                for (int j = 0; j < in.length; j++) {
                    for (int k = 0; k < w.length && in[j] > 0; k++) {
                        below[j] += w[k][j] * above[k];
                    }
                }
                delta = below;
            }
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static double squares(double[] a) {
            return dot(a, a);
        }

        @Override
        public int examples() {
            return 200;
        }
    }

    private static double[] ratios(Calibration network, Mode mode) {
        return ratios((LayerwiseDecay) new LayerwiseDecay(1e-3, mode, 96, "").calibrate(network));
    }

    private static double[] ratios(LayerwiseDecay calibrated) {
        return Arrays.stream(calibrated.ratios().split("/"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void analyticAndMeasuredRatiosAgree() {
        int[] sizes = {784, 300, 100, 10};
        double[] mean = new double[3];
        double[] analytic = new double[3];
        for (int seed = 0; seed < 5; seed++) {
            Network network = Network.he(seed, sizes);
            double[] measured = ratios(network, Mode.EMPIRICAL);
            double[] propagated = ratios(network, Mode.ANALYTIC);
            for (int l = 0; l < 3; l++) {
                mean[l] += measured[l] / 5;
                analytic[l] += propagated[l] / 5;
            }
        }
        assertThat(analytic[0]).isCloseTo(0.51, within(0.02));
        assertThat(analytic[1]).isCloseTo(0.55, within(0.02));
        for (int l = 0; l < 3; l++) {
            assertThat(mean[l]).isCloseTo(analytic[l], within(0.1 * analytic[l]));
        }
    }

    @Test
    void theyAgreeInADeepNetworkToo() {
        double[] expected = {0.44, 0.22, 0.22, 0.22, 0.22, 1};
        double[] mean = new double[6];
        double[] analytic = new double[6];
        for (int seed = 0; seed < 5; seed++) {
            Network network = Network.he(seed, 784, 200, 200, 200, 200, 200, 10);
            double[] measured = ratios(network, Mode.EMPIRICAL);
            double[] propagated = ratios(network, Mode.ANALYTIC);
            for (int l = 0; l < 6; l++) {
                mean[l] += measured[l] / 5;
                analytic[l] += propagated[l] / 5;
            }
        }
        for (int l = 0; l < 6; l++) {
            assertThat(analytic[l]).isCloseTo(expected[l], within(0.02));
            assertThat(mean[l]).isCloseTo(analytic[l], within(0.1 * analytic[l]));
        }
    }

    @Test
    void aMultipleOfTheLossLeavesTheRatios() {
        Network network = Network.he(4, 12, 8, 6, 4);
        double[] before = ratios(network, Mode.EMPIRICAL);
        Calibration louder = new Louder(network, 7);
        assertThat(ratios(louder, Mode.EMPIRICAL)).containsExactly(before, within(1e-12));
    }

    /** The same network under a multiple of its loss. */
    private record Louder(Calibration network, double factor) implements Calibration {
        @Override
        public List<Parameter> parameters() {
            return network.parameters();
        }

        @Override
        public double norm(Parameter parameter) {
            return network.norm(parameter);
        }

        @Override
        public double[] gradientNorms(int examples) {
            return Arrays.stream(network.gradientNorms(examples))
                    .map(norm -> factor * norm)
                    .toArray();
        }

        @Override
        public int examples() {
            return network.examples();
        }
    }

    @Test
    void theBandLeavesOneStrengthWhereItIsBalancedEnough() {
        Network network = Network.he(1, 784, 200, 200, 200, 10);
        double[] exact = ratios(network, Mode.EMPIRICAL); // about 0.44, 0.22, 0.22, 1
        double[] narrow = banded(network, 1);
        double[] wide = banded(network, 3);
        assertThat(narrow).containsExactly(exact, within(1e-12));
        assertThat(banded(network, 100)).containsExactly(1, 1, 1, 1);
        assertThat(wide[0]).isEqualTo(1);
        assertThat(wide[1]).isCloseTo(3 * exact[1], within(1e-12));
        assertThat(wide[3]).isEqualTo(1);
    }

    private static double[] banded(Calibration network, double band) {
        return ratios((LayerwiseDecay) new LayerwiseDecay(1e-3, Mode.BAND, 96, band, 0.99, "").calibrate(network));
    }

    @Test
    void theAverageFollowsTheBalanceOfEachLayer() {
        double lambda = 0.3;
        double kept = 0.8;
        LayerwiseDecay method = new LayerwiseDecay(lambda, Mode.EMA, 96, 2, kept, "");
        assertThat(method.calibrate(Network.he(1, 5, 4, 3))).isSameAs(method);
        TracedStep step = new TracedStep(TracedStep.mlp(), method);
        TracedStep plain = new TracedStep(TracedStep.mlp());
        double[] sums = new double[2];
        double total = 0;
        double first = 0;
        for (int t = 0; t < 5; t++) {
            step.at(t);
            total = kept * total + 1 - kept;
            for (String name : List.of("out", "hidden")) {
                plain.set(name + ".kernel", step.parameter(name + ".kernel"));
                plain.set(name + ".bias", step.parameter(name + ".bias"));
            }
            for (int l = 1; l >= 0; l--) {
                String name = l == 1 ? "out.kernel" : "hidden.kernel";
                double[] w = step.parameter(name);
                double[] gradient = plain.gradients().get(name);
                double balance = Math.sqrt(squares(gradient) / squares(w));
                first = t == 0 && l == 1 ? balance : first;
                sums[l] = kept * sums[l] + (1 - kept) * balance;
                double strength = lambda * sums[l] / total / first;
                double[] expected = new double[w.length];
                Arrays.setAll(expected, i -> gradient[i] + strength * w[i]);
                assertThat(step.gradients().get(name)).containsExactly(expected, within(1e-9));
            }
            step.advance();
        }
    }

    @Test
    void theAverageIsOfTheSameGraphAtAnyStrengthAndNothingAtZero() {
        assertThat(new TracedStep(TracedStep.mlp(), new LayerwiseDecay(0, Mode.EMA, 96, "")).text())
                .isEqualTo(TracedStep.plain());
        assertThat(new TracedStep(TracedStep.mlp(), new LayerwiseDecay(1, Mode.EMA, 96, "")).text())
                .isEqualTo(new TracedStep(TracedStep.mlp(), new LayerwiseDecay(2, Mode.EMA, 96, 2, 0.5, "")).text());
    }

    @Test
    void rescalingNeighboursMultipliesTheirRatioByTheMinusFourthPower() {
        Network network = Network.he(1, 12, 8, 6, 4);
        double s = 1.5;
        Network rescaled = network.scaled(0, s).scaled(1, 1 / s); // the function of a ReLU network stays
        for (Mode mode : List.of(Mode.EMPIRICAL, Mode.ANALYTIC)) {
            double[] before = ratios(network, mode);
            double[] after = ratios(rescaled, mode);
            assertThat(after[0] / after[1]).isCloseTo(before[0] / before[1] * Math.pow(s, -4), within(1e-9));
        }
    }

    @Test
    void decayAndGradientAreBalancedAndTheLastStrengthIsTheGivenOne() {
        Network network = Network.he(2, 12, 8, 6, 4);
        double[] ratios = ratios(network, Mode.EMPIRICAL);
        double[] gradients = network.gradientNorms(96);
        double[] balance = new double[3];
        Arrays.setAll(
                balance, l -> ratios[l] * network.norm(network.parameters().get(2 * l)) / gradients[2 * l]);
        assertThat(balance[0]).isCloseTo(balance[2], within(1e-6 * balance[2]));
        assertThat(balance[1]).isCloseTo(balance[2], within(1e-6 * balance[2]));
        assertThat(ratios[2]).isEqualTo(1);
    }

    @Test
    void strengthsReachTheGradientOfEachKernel() {
        LayerwiseDecay method = new LayerwiseDecay(100, Mode.EMPIRICAL, 96, "0.25/1");
        TracedStep step = new TracedStep(TracedStep.mlp(), method);
        step.checkGradients(
                () -> 100 * (0.25 * squares(step.parameter("hidden.kernel")) + squares(step.parameter("out.kernel"))));
    }

    private static double squares(double[] w) {
        return 0.5 * Arrays.stream(w).map(v -> v * v).sum();
    }

    @Test
    void equalRatiosAreL2() {
        TracedStep even = new TracedStep(TracedStep.mlp(), new LayerwiseDecay(0.1, Mode.EMPIRICAL, 96, "1/1"));
        TracedStep l2 = new TracedStep(TracedStep.mlp(), new L2(0.1));
        l2.updates()
                .forEach((name, weights) -> assertThat(even.updates().get(name)).containsExactly(weights));
    }

    @Test
    void calibratesOnceAndKeepsGivenRatios() {
        LayerwiseDecay given = new LayerwiseDecay(1, Mode.EMPIRICAL, 96, "0.5/0.5/1");
        assertThat(given.calibrate(Network.he(1, 12, 8, 6, 4))).isSameAs(given);
    }

    @Test
    void strengthsAreKnownAfterCalibration() {
        assertThat(new LayerwiseDecay(0.1, Mode.EMPIRICAL, 96, "0.5/1").strengths())
                .containsExactly(0.05, 0.1);
        assertThatIllegalStateException()
                .isThrownBy(() -> new LayerwiseDecay().strengths())
                .withMessage("[layerwise-decay] expected ratios but they are found before the first step");
    }

    /** A convolution's weights tell neither how often they are read nor how alike what they read is. */
    @Test
    void sizesAloneDoNotTellForConvolutions() {
        Parameter conv = Network.parameter("conv1.kernel", Parameter.Role.KERNEL, 6, 1, 5, 5);
        Parameter out = Network.parameter("out.kernel", Parameter.Role.KERNEL, 10, 6);
        Calibration convolutional = new Known(List.of(conv, out));
        assertThat(ratios(convolutional, Mode.EMPIRICAL)).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ratios(convolutional, Mode.ANALYTIC))
                .withMessage("[layerwise-decay] expected fully connected kernels for mode=analytic but received"
                        + " conv1.kernel [6,1,5,5]; use mode=empirical");
    }

    @Test
    void tablesOfEmbeddingsAreNotMeasured() {
        Parameter table = Network.parameter("words.table", Parameter.Role.EMBEDDING, 9, 4);
        Parameter out = Network.parameter("out.kernel", Parameter.Role.KERNEL, 3, 4);
        assertThat(ratios(new Known(List.of(table, out)), Mode.EMPIRICAL)).containsExactly(1);
    }

    /** Parameters whose values and gradients all have length 1. */
    private record Known(List<Parameter> parameters) implements Calibration {
        @Override
        public double norm(Parameter parameter) {
            return 1;
        }

        @Override
        public double[] gradientNorms(int examples) {
            return parameters.stream().mapToDouble(_ -> 1).toArray();
        }

        @Override
        public int examples() {
            return 8;
        }
    }

    @Test
    void refusesWhatHasNoRatio() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ratios(Network.he(3, 5, 4, 3).scaled(0, 0), Mode.EMPIRICAL))
                .withMessageStartingWith(
                        "[layerwise-decay] expected initial weights and gradients other than zero but received norm")
                .withMessageEndingWith("initialize that layer with random weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerwiseDecay(1, Mode.EMPIRICAL, 96, "a/b"))
                .withMessage("[layerwise-decay] expected ratios as in 0.5/0.6/1 but received 'a/b'");
        assertThatIllegalStateException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new LayerwiseDecay()))
                .withMessage("[layerwise-decay] expected one ratio for each of 2 kernels but received ''");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TracedStep(TracedStep.mlp(), new LayerwiseDecay(1, Mode.EMPIRICAL, 96, "0.5/0.6/1")))
                .withMessage("[layerwise-decay] expected one ratio for each of 2 kernels but received '0.5/0.6/1'; join"
                        + " them by /, or leave them out to have them measured");
    }
}
