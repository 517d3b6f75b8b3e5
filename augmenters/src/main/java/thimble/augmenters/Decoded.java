package thimble.augmenters;

import java.util.List;
import thimble.data.Dataset;
import thimble.data.Decoder;
import thimble.data.Feature;
import thimble.data.Part;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * Examples x = d(z) made from factors; everything else is as in the data set that they stand for.
 *
 * @param base the data set that is replaced
 * @param factors z of each of its examples
 * @param decoder makes x from z
 */
record Decoded(Dataset base, Dataset factors, Decoder decoder) implements Dataset {
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
        return base.example();
    }

    @Override
    public Targets targets() {
        return base.targets();
    }

    @Override
    public List<Part> parts() {
        return base.parts();
    }

    @Override
    public List<Feature> features() {
        return base.features();
    }

    @Override
    public String origin(int index) {
        return base.origin(index);
    }

    @Override
    public String group(int index) {
        return base.group(index);
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        float[] z = new float[decoder.factors()];
        factors.read(index, epoch, z, 0);
        decoder.decode(z, into, offset);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        base.target(index, epoch, into, offset);
    }
}
