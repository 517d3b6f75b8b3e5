package thimble.data;

/** A data set with preprocessing. */
record PreprocessedView(Dataset base, Preprocessing preprocessing) implements View {
    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        base.read(index, epoch, into, offset);
        preprocessing.input(into, offset);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        base.target(index, epoch, into, offset);
        preprocessing.target(into, offset);
    }

    @Override
    public void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
        base.read(index, epoch, example, offset, target, targetOffset);
        preprocessing.input(example, offset);
        preprocessing.target(target, targetOffset);
    }

    @Override
    public int label(int index) {
        return base.label(index);
    }
}
