package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import thimble.tensor.Gradients;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A layer applied to random numbers on the reference. */
final class Probe {
    private static final double STEP = 1e-5;

    final Trace trace;
    final Tensor input;
    final Map<String, double[]> variables = new LinkedHashMap<>();
    double[] numbers;
    double[] weight;

    Probe(Layer layer, Shape batch, boolean training) {
        input = Tensor.batch("x", batch);
        Tensor weights = Tensor.batch("w", Shape.of(batch.size(0), 1));
        trace = Trace.of(layer, input, weights, training);
        SplittableRandom random = new SplittableRandom(5);
        numbers = random.doubles(batch.elements(), -1, 1).toArray();
        weight = new double[batch.size(0)];
        java.util.Arrays.fill(weight, 1);
        trace.parameters()
                .forEach(p -> variables.put(
                        p.name(),
                        random.doubles(p.tensor().shape().elements(), -1, 1).toArray()));
        trace.buffers()
                .forEach(b -> variables.put(
                        b.name(),
                        random.doubles(b.tensor().shape().elements(), 0.5, 1.5).toArray()));
    }

    Probe set(String variable, double... values) {
        assertThat(variables).containsKey(variable);
        variables.put(variable, values);
        return this;
    }

    Probe input(double... values) {
        numbers = values;
        return this;
    }

    Probe weight(double... values) {
        weight = values;
        return this;
    }

    double[] output() {
        return value(trace.output());
    }

    double[] value(Tensor tensor) {
        return reference(numbers, variables).value(tensor);
    }

    double[] updated(String buffer) {
        return value(trace.updates().stream()
                .filter(update -> update.buffer().equals(buffer))
                .findFirst()
                .orElseThrow()
                .value());
    }

    private Reference reference(double[] x, Map<String, double[]> values) {
        Reference reference = new Reference().feed("x", x).feed("w", weight);
        values.forEach(reference::variable);
        return reference;
    }

    /** Compares the gradient by input and parameters with a central difference in one random direction. */
    void checkGradient() {
        SplittableRandom random = new SplittableRandom(9);
        Tensor out = trace.output();
        Tensor mix = Tensor.iota(out.shape(), out.shape().rank() - 1)
                .cast(thimble.tensor.DType.FLOAT32)
                .mul(1.3)
                .sin();
        Tensor scalar = out.mul(mix).add(out.square().mul(0.3)).sum();
        List<Tensor> wrt = new ArrayList<>(List.of(input));
        trace.parameters().forEach(p -> wrt.add(p.tensor()));
        List<double[]> gradients = reference(numbers, variables).values(Gradients.of(scalar, wrt));
        double[] dx = random.doubles(numbers.length, -1, 1).toArray();
        double expected = dot(gradients.getFirst(), dx);
        Map<String, double[]> up = new LinkedHashMap<>(variables);
        Map<String, double[]> down = new LinkedHashMap<>(variables);
        for (int p = 0; p < trace.parameters().size(); p++) {
            String name = trace.parameters().get(p).name();
            double[] d = random.doubles(variables.get(name).length, -1, 1).toArray();
            expected += dot(gradients.get(p + 1), d);
            up.put(name, along(variables.get(name), d, STEP));
            down.put(name, along(variables.get(name), d, -STEP));
        }
        double plus = reference(along(numbers, dx, STEP), up).scalar(scalar);
        double minus = reference(along(numbers, dx, -STEP), down).scalar(scalar);
        assertThat((plus - minus) / (2 * STEP))
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6 * Math.max(1, Math.abs(expected))));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] along(double[] from, double[] direction, double step) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += step * direction[i];
        }
        return to;
    }
}
