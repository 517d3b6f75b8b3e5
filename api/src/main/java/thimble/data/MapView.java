package thimble.data;

import java.util.SplittableRandom;
import thimble.tensor.Shape;

/** A data set whose examples are changed as they are read. */
final class MapView implements View {
    private final Dataset base;
    private final long seed;
    private final ExampleMap change;
    private final Shape shape;
    private final int elements;
    private final int width;

    MapView(Dataset base, long seed, ExampleMap change) {
        this.base = base;
        this.seed = Seeds.of(seed, View.maps(base));
        this.change = change;
        this.shape = base.example();
        this.elements = shape.elements();
        this.width = base.targets().width();
    }

    @Override
    public Dataset base() {
        return base;
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        change(index, epoch, into, offset, new float[width]);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        read(index, epoch, new float[elements], 0, into, offset);
    }

    @Override
    public void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
        float[] row = new float[width];
        change(index, epoch, example, offset, row);
        System.arraycopy(row, 0, target, targetOffset, width);
    }

    private void change(int index, long epoch, float[] example, int offset, float[] row) {
        base.read(index, epoch, example, offset, row, 0);
        change.apply(example, offset, shape, row, new SplittableRandom(Seeds.of(seed, epoch, index)));
    }
}
