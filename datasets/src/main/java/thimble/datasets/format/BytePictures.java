package thimble.datasets.format;

import java.util.List;
import java.util.Objects;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * Pictures kept as bytes, 0 … 255 read as 0 … 1. Pictures and labels lie at regular distances, so that files are
 * used as they are; origins may be empty.
 */
final class BytePictures implements Dataset {
    private static final float[] LEVELS = levels();

    private final String name;
    private final Shape shape;
    private final Targets.Classes targets;
    private final byte[] pixels;
    private final int firstPixel;
    private final int pixelStride;
    private final byte[] labels;
    private final int firstLabel;
    private final int labelStride;
    private final List<String> origins;
    private final int size;

    BytePictures(
            String name,
            Shape shape,
            List<String> classes,
            byte[] pixels,
            int firstPixel,
            int pixelStride,
            byte[] labels,
            int firstLabel,
            int labelStride,
            List<String> origins) {
        this.name = name;
        this.shape = shape;
        this.targets = new Targets.Classes(classes);
        this.pixels = pixels;
        this.firstPixel = firstPixel;
        this.pixelStride = pixelStride;
        this.labels = labels;
        this.firstLabel = firstLabel;
        this.labelStride = labelStride;
        this.origins = List.copyOf(origins);
        this.size = (pixels.length - firstPixel + pixelStride - shape.elements()) / pixelStride;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape example() {
        return shape;
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        int start = firstPixel + Objects.checkIndex(index, size) * pixelStride;
        int elements = shape.elements();
        for (int e = 0; e < elements; e++) {
            into[offset + e] = LEVELS[pixels[start + e] & 0xff];
        }
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        int label = label(index);
        for (int c = 0; c < targets.width(); c++) {
            into[offset + c] = c == label ? 1 : 0;
        }
    }

    @Override
    public int label(int index) {
        return labels[firstLabel + Objects.checkIndex(index, size) * labelStride] & 0xff;
    }

    @Override
    public String origin(int index) {
        return origins.isEmpty() ? Dataset.super.origin(index) : origins.get(index);
    }

    private static float[] levels() {
        float[] levels = new float[256];
        for (int v = 0; v < 256; v++) {
            levels[v] = v / 255f;
        }
        return levels;
    }
}
