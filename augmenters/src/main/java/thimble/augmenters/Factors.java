package thimble.augmenters;

import thimble.data.Dataset;
import thimble.data.Decoder;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * The latent factors z of the examples of another data set, with its targets.
 *
 * @param base examples x = d(z)
 * @param decoder their decoder
 */
record Factors(Dataset base, Decoder decoder) implements Dataset {
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
        return Shape.of(decoder.factors());
    }

    @Override
    public Targets targets() {
        return base.targets();
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        float[] z = new float[decoder.factors()];
        decoder.factors(index, z);
        System.arraycopy(z, 0, into, offset, z.length);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        base.target(index, epoch, into, offset);
    }
}
