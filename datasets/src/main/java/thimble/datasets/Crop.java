package thimble.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Decoder;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * A rectangle of pictures: all that is outside of it is left out.
 *
 * @param top first row, from 0
 * @param left first column, from 0
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Crop(int top, int left, int height, int width) {
    /** Checks the ranges. */
    public Crop {
        if (top < 0 || left < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException("[crop] expected top and left >= 0, height and width >= 1 but received "
                    + top + "," + left + "," + height + "," + width);
        }
    }

    /**
     * Reads {@code top,left,height,width}.
     *
     * @throws IllegalArgumentException if the text is not four whole numbers in their ranges
     */
    public static Crop parse(String text) {
        try {
            int[] numbers = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (numbers.length == 4) {
                return new Crop(numbers[0], numbers[1], numbers[2], numbers[3]);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static String expected(String text) {
        return "[crop] expected top,left,height,width in pixels, as in 4,4,20,20, but received '" + text + "'";
    }

    /**
     * Crops all parts, the decoder too.
     *
     * @throws IllegalArgumentException if the examples are no pictures or the rectangle reaches beyond them
     */
    public DatasetSource.Parts apply(DatasetSource.Parts parts) {
        Shape before = parts.train().example();
        Optional<Decoder> decoder = parts.decoder().map(whole -> new CroppedDecoder(this, whole, before));
        return new DatasetSource.Parts(apply(parts.train()), parts.test().map(this::apply), decoder);
    }

    /**
     * Crops the pictures of a data set as they are read.
     *
     * @throws IllegalArgumentException if the examples are no pictures or the rectangle reaches beyond them
     */
    public Dataset apply(Dataset data) {
        Shape before = data.example();
        if (before.rank() != 3) {
            throw new IllegalArgumentException("[crop] expected pictures but the examples of '" + data.name()
                    + "' have shape " + before + "; --columns chooses the columns of a table");
        }
        if (top + height > before.size(1) || left + width > before.size(2)) {
            throw new IllegalArgumentException("[crop] expected a rectangle inside " + before.size(1) + " x "
                    + before.size(2) + " pixels but received top " + top + ", left " + left + ", height " + height
                    + ", width " + width);
        }
        return new Cropped(this, data);
    }

    /** Copies the rectangle of a picture. */
    void copy(float[] picture, Shape before, float[] into, int offset) {
        int to = offset;
        for (int c = 0; c < before.size(0); c++) {
            for (int y = top; y < top + height; y++) {
                System.arraycopy(picture, (c * before.size(1) + y) * before.size(2) + left, into, to, width);
                to += width;
            }
        }
    }

    private record Cropped(Crop crop, Dataset base) implements Dataset {
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
            return Shape.of(base.example().size(0), crop.height, crop.width);
        }

        @Override
        public Targets targets() {
            return base.targets();
        }

        @Override
        public void read(int index, long epoch, float[] into, int offset) {
            float[] picture = new float[base.example().elements()];
            base.read(index, epoch, picture, 0);
            crop.copy(picture, base.example(), into, offset);
        }

        @Override
        public void target(int index, long epoch, float[] into, int offset) {
            base.target(index, epoch, into, offset);
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

    private record CroppedDecoder(Crop crop, Decoder base, Shape before) implements Decoder {
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
            base.factors(index, into);
        }

        @Override
        public void decode(float[] factors, float[] into, int offset) {
            float[] picture = new float[before.elements()];
            base.decode(factors, picture, 0);
            crop.copy(picture, before, into, offset);
        }
    }
}
