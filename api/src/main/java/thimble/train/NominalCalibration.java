package thimble.train;

import java.util.Arrays;
import java.util.List;
import thimble.nn.Parameter;

/**
 * Ones in place of measurements, to build a step that is not run.
 *
 * @param parameters the parameters in the model's order
 * @param examples number of training examples
 */
record NominalCalibration(List<Parameter> parameters, int examples) implements Calibration {
    @Override
    public double norm(Parameter parameter) {
        return 1;
    }

    @Override
    public double[] gradientNorms(int count) {
        double[] ones = new double[parameters.size()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
