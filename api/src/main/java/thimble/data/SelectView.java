package thimble.data;

/** Examples of a data set at chosen positions. */
final class SelectView implements View {
    private final Dataset base;
    private final int[] indices;

    SelectView(Dataset base, int[] indices) {
        this.base = base;
        this.indices = Positions.checked(indices, base.size(), base.name());
    }

    @Override
    public Dataset base() {
        return base;
    }

    @Override
    public int position(int index) {
        return indices[index];
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        base.read(indices[index], epoch, into, offset);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        base.target(indices[index], epoch, into, offset);
    }

    @Override
    public void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
        base.read(indices[index], epoch, example, offset, target, targetOffset);
    }

    @Override
    public int label(int index) {
        return base.label(indices[index]);
    }
}
