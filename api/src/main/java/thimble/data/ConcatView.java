package thimble.data;

import java.util.List;
import java.util.Objects;
import thimble.tensor.Shape;

/** One data set, then another. Features are those of the first. */
record ConcatView(Dataset first, Dataset second) implements Dataset {
    ConcatView {
        same("shape", first.example(), second.example());
        same("parts", first.parts(), second.parts());
        same("targets", first.targets(), second.targets());
        if ((long) first.size() + second.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "[concat] expected fewer than 2^31 examples but received " + first.size() + " + " + second.size());
        }
    }

    @Override
    public String name() {
        return first.name().equals(second.name()) ? first.name() : first.name() + "+" + second.name();
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }

    @Override
    public Shape example() {
        return first.example();
    }

    @Override
    public Targets targets() {
        return first.targets();
    }

    @Override
    public List<Part> parts() {
        return first.parts();
    }

    @Override
    public List<Feature> features() {
        return first.features();
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        holder(index).read(position(index), epoch, into, offset);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        holder(index).target(position(index), epoch, into, offset);
    }

    @Override
    public void read(int index, long epoch, float[] example, int offset, float[] target, int targetOffset) {
        holder(index).read(position(index), epoch, example, offset, target, targetOffset);
    }

    @Override
    public int label(int index) {
        return holder(index).label(position(index));
    }

    @Override
    public String origin(int index) {
        return holder(index).origin(position(index));
    }

    @Override
    public String group(int index) {
        return holder(index).group(position(index));
    }

    private Dataset holder(int index) {
        return Objects.checkIndex(index, size()) < first.size() ? first : second;
    }

    private int position(int index) {
        return index < first.size() ? index : index - first.size();
    }

    private static void same(String what, Object first, Object second) {
        if (!first.equals(second)) {
            throw new IllegalArgumentException(
                    "[concat] expected equal " + what + " but received " + first + " and " + second);
        }
    }
}
