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
        LayerwiseDecay calibrated = (LayerwiseDecay) new LayerwiseDecay(1e-3, mode, 96, "").calibrate(network);
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
    void rescalingNeighboursMultipliesTheirRatioByTheMinusFourthPower() {
        Network network = Network.he(1, 12, 8, 6, 4);
        double s = 1.5;
        Network rescaled = network.scaled(0, s).scaled(1, 1 / s); // the function of a ReLU network stays
        for (Mode mode : Mode.values()) {
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
    void refusesWhatHasNoRatio() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ratios(Network.he(3, 5, 4, 3).scaled(1, 0), Mode.EMPIRICAL))
                .withMessageStartingWith(
                        "[layerwise-decay] expected initial weights and gradients other than zero but received norm")
                .withMessageEndingWith("initialize that layer with random weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerwiseDecay(1, Mode.EMPIRICAL, 96, "a/b"))
                .withMessage("[layerwise-decay] expected ratios as in 0.5/0.6/1 but received 'a/b'");
        assertThatIllegalStateException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new LayerwiseDecay()))
                .withMessage("[layerwise-decay] expected one ratio for each of 2 kernels but received ''");
    }
}
