package thimble.benchmarks.anchors;

import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.tensor.Shape;

/** Coordinates of examples along directions from a mean. */
final class Projection implements FeatureExtractor.Extraction {
    private final Preprocessing preprocessing;
    private final double[] mean;
    private final double[][] directions;
    private final Shape shape;

    /**
     * A projection.
     *
     * @param preprocessing what happens to an example before
     * @param mean what is taken away
     * @param directions one per feature
     */
    Projection(Preprocessing preprocessing, double[] mean, double[][] directions) {
        this.preprocessing = preprocessing;
        this.mean = mean;
        this.directions = directions;
        this.shape = Shape.of(directions.length, 1, 1);
    }

    @Override
    public Stored stored() {
        return Stored.of("pca")
                .with("preprocessing", preprocessing.text())
                .with("mean", mean)
                .with("directions", directions);
    }

    /** Reads what {@link #stored} gave. */
    static Projection read(Stored stored) {
        double[] mean = stored.doubles("mean");
        double[][] directions = stored.doubleRows("directions");
        if (directions[0].length != mean.length) {
            throw new DataException("[" + stored.kind() + ", directions] expected rows of " + mean.length
                    + " numbers but received " + directions[0].length);
        }
        return new Projection(Preprocessing.parse(stored.text("preprocessing")), mean, directions);
    }

    @Override
    public float[] features(float[] example) {
        if (example.length != mean.length) {
            throw new IllegalArgumentException(
                    "[predict] expected " + mean.length + " numbers but received " + example.length);
        }
        float[] scaled = example.clone();
        preprocessing.input(scaled, 0);
        double[] centred = new double[mean.length];
        for (int f = 0; f < centred.length; f++) {
            centred[f] = scaled[f] - mean[f];
        }
        float[] features = new float[directions.length];
        for (int c = 0; c < features.length; c++) {
            double sum = 0;
            for (int f = 0; f < centred.length; f++) {
                sum += directions[c][f] * centred[f];
            }
            features[c] = (float) sum;
        }
        return features;
    }

    @Override
    public Dataset apply(Dataset data) {
        return new Projected(data);
    }

    /** The features of a data set, computed as they are read. */
    private final class Projected implements Dataset {
        private final Dataset base;

        Projected(Dataset base) {
            this.base = base;
        }

        @Override
        public String name() {
            return base.name();
        }

        @Override
        public int size() {
            return base.size();
        }

        @Override
        public Shape example() {
            return shape;
        }

        @Override
        public Targets targets() {
            return base.targets();
        }

        @Override
        public void read(int index, long epoch, float[] into, int offset) {
            float[] example = new float[mean.length];
            base.read(index, epoch, example, 0);
            System.arraycopy(Projection.this.features(example), 0, into, offset, directions.length);
        }

        @Override
        public void target(int index, long epoch, float[] into, int offset) {
            base.target(index, epoch, into, offset);
        }

        @Override
        public void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
            float[] before = new float[mean.length];
            base.read(index, epoch, before, 0, target, targetOffset);
            System.arraycopy(Projection.this.features(before), 0, example, offset, directions.length);
        }

        @Override
        public String origin(int index) {
            return base.origin(index);
        }

        @Override
        public String group(int index) {
            return base.group(index);
        }
    }
}
