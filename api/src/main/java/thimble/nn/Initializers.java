package thimble.nn;

import java.util.SplittableRandom;
import thimble.tensor.Key;
import thimble.tensor.Shape;

/**
 * The usual first values of variables. Kernels are [out, in] or [out, in / groups, kh, kw]; fan-in counts the numbers
 * per output.
 */
public final class Initializers {
    /** All zeros. */
    public static final Initializer ZEROS = new Constant(0);

    /** All ones. */
    public static final Initializer ONES = new Constant(1);

    /**
     * Uniform in ±√(6 / (fan-in + fan-out)): Glorot and Bengio, "Understanding the difficulty of training deep
     * feedforward networks", 2010.
     */
    public static final Initializer GLOROT_UNIFORM = new GlorotUniform();

    /** Normal with variance 2 / fan-in: He et al., "Delving deep into rectifiers", 2015. */
    public static final Initializer HE_NORMAL = new HeNormal();

    /** Normal with variance 2 / fan-out, the numbers that one input reaches per position: He et al., as above. */
    public static final Initializer HE_NORMAL_OUT = new HeNormalOut();

    private Initializers() {}

    /** The same number everywhere. */
    public static Initializer constant(double value) {
        return new Constant(value);
    }

    /** Normal with mean 0. */
    public static Initializer normal(double deviation) {
        return new Normal(deviation);
    }

    /** Uniform in ±range. */
    public static Initializer uniform(double range) {
        return new Uniform(range);
    }

    /** First value of one variable of a model; depends on the seed of the trial and the name of the variable alone. */
    public static float[] values(Initializer initializer, String name, Shape shape, long seed) {
        float[] values = new float[shape.elements()];
        initializer.fill(shape, new SplittableRandom(seed ^ Key.stream(name)).nextLong(), values);
        return values;
    }

    private record Constant(double value) implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            java.util.Arrays.fill(into, 0, shape.elements(), (float) value);
        }
    }

    private record GlorotUniform() implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            new Uniform(StrictMath.sqrt(6.0 / (inputs(shape) + outputs(shape)))).fill(shape, seed, into);
        }
    }

    private record HeNormal() implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            new Normal(StrictMath.sqrt(2.0 / inputs(shape))).fill(shape, seed, into);
        }
    }

    private record HeNormalOut() implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            new Normal(StrictMath.sqrt(2.0 / outputs(shape))).fill(shape, seed, into);
        }
    }

    private record Uniform(double range) implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < shape.elements(); i++) {
                into[i] = (float) ((2 * random.nextDouble() - 1) * range);
            }
        }
    }

    /**
     * Box and Muller's transform, because the platform's Gaussian generators do not promise the same bits everywhere.
     */
    private record Normal(double deviation) implements Initializer {
        @Override
        public void fill(Shape shape, long seed, float[] into) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < shape.elements(); i += 2) {
                double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
                double angle = 2 * StrictMath.PI * random.nextDouble();
                into[i] = (float) (radius * StrictMath.cos(angle));
                if (i + 1 < shape.elements()) {
                    into[i + 1] = (float) (radius * StrictMath.sin(angle));
                }
            }
        }
    }

    private static int outputs(Shape shape) {
        return shape.size(0) * (inputs(shape) / Math.max(1, shape.rank() > 1 ? shape.size(1) : 1));
    }

    private static int inputs(Shape shape) {
        return Math.max(1, shape.elements() / Math.max(1, shape.rank() == 0 ? 1 : shape.size(0)));
    }
}
