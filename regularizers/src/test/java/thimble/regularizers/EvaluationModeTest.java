package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

/** Methods that make the training pass random are not there when a trained model predicts. */
class EvaluationModeTest {
    private static final int HIDDEN = 4;

    private static Dataset points() {
        SplittableRandom random = new SplittableRandom(5);
        float[][] x = new float[30][TracedStep.FEATURES];
        int[] labels = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            labels[i] = i % TracedStep.CLASSES;
            for (int f = 0; f < x[i].length; f++) {
                x[i][f] = (float) (random.nextGaussian() + (f == labels[i] ? 2 : 0));
            }
        }
        return ArrayDataset.of(
                "points", thimble.tensor.Shape.of(TracedStep.FEATURES), x, labels, List.of("a", "b", "c"));
    }

    private static TrainedModel trained(List<Regularizer> methods) {
        return new Trainer(
                        new ReferenceBackend(),
                        TracedStep.mlp(),
                        new CrossEntropy(),
                        methods,
                        new Adam(0.02),
                        10,
                        10,
                        1)
                .fit(points());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dropout:rate=0.5",
                "dropout:rate=0.5,at=out",
                "gaussian-noise:sigma=1",
                "gaussian-noise:sigma=1,multiplicative=true,at=hidden",
                "dropconnect:rate=0.5",
                "dropconnect:rate=0.5,perExample=true"
            })
    void predictionsAreTheForwardPassWithoutHooks(String spec) {
        try (TrainedModel plain = trained(List.of());
                TrainedModel model = trained(List.of(Methods.parse(Regularizer.class, spec)))) {
            assertThat(values(model, "out.kernel"))
                    .as("the method acted in training")
                    .isNotEqualTo(values(plain, "out.kernel"));
            float[][] predicted = model.predict(points());
            float[] row = new float[TracedStep.FEATURES];
            for (int i = 0; i < predicted.length; i++) {
                points().read(i, 0, row, 0);
                model.preprocessing().input(row, 0);
                double[] expected = forward(model, row);
                for (int k = 0; k < expected.length; k++) {
                    assertThat((double) predicted[i][k]).isCloseTo(expected[k], within(1e-6));
                }
            }
        }
    }

    /** Softmax of W₂ tanh(W₁ x + b₁) + b₂. */
    private static double[] forward(TrainedModel model, float[] x) {
        double[] input = new double[x.length];
        for (int f = 0; f < x.length; f++) {
            input[f] = x[f];
        }
        double[] h = affine(model, "hidden", input, HIDDEN);
        for (int j = 0; j < h.length; j++) {
            h[j] = Math.tanh(h[j]);
        }
        double[] p = affine(model, "out", h, TracedStep.CLASSES);
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(p[k]);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    private static double[] affine(TrainedModel model, String layer, double[] x, int width) {
        float[] kernel = values(model, layer + ".kernel");
        float[] bias = values(model, layer + ".bias");
        double[] y = new double[width];
        for (int k = 0; k < width; k++) {
            y[k] = bias[k];
            for (int f = 0; f < x.length; f++) {
                y[k] += kernel[k * x.length + f] * x[f];
            }
        }
        return y;
    }

    private static float[] values(TrainedModel model, String name) {
        return model.weights().find(name).map(Weights.Entry::values).orElseThrow();
    }
}
