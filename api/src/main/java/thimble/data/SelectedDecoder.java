package thimble.data;

import java.util.List;

/** A decoder of the examples at chosen positions. */
final class SelectedDecoder implements Decoder {
    private final Decoder base;
    private final int[] indices;

    SelectedDecoder(Decoder base, int[] indices) {
        this.base = base;
        this.indices = indices.clone();
    }

    @Override
    public int factors() {
        return base.factors();
    }

    @Override
    public List<String> names() {
        return base.names();
    }

    @Override
    public float[] scales() {
        return base.scales();
    }

    @Override
    public void factors(int index, float[] into) {
        base.factors(indices[index], into);
    }

    @Override
    public void decode(float[] factors, float[] into, int offset) {
        base.decode(factors, into, offset);
    }
}
