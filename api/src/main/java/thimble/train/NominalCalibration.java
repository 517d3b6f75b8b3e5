package thimble.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.nn.Initializers;
import thimble.nn.Parameter;

/**
 * What is known of a model before any step is run: first values as they are drawn or given, and ones in place of gradients.
 *
 * @param parameters the parameters in the model's order
 * @param examples number of training examples
 * @param seed seed of the first values
 * @param initial first values that are given
 * @param pretrained true if others will be given that are not known yet; then all count as given
 */
record NominalCalibration(
        List<Parameter> parameters, int examples, long seed, Optional<Weights> initial, boolean pretrained)
        implements Calibration {
    @Override
    public double norm(Parameter parameter) {
        float[] values = initial.flatMap(weights -> weights.find(parameter.name()))
                .map(Weights.Entry::values)
                .orElseGet(() -> Initializers.values(
                        parameter.initializer(),
                        parameter.name(),
                        parameter.tensor().shape(),
                        seed));
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return StrictMath.sqrt(squares);
    }

    @Override
    public double[] gradientNorms(int count) {
        double[] ones = new double[parameters.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    public boolean pretrained(Parameter parameter) {
        return pretrained
                || initial.flatMap(weights -> weights.find(parameter.name())).isPresent();
    }
}
