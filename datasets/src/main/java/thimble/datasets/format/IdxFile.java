package thimble.datasets.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/**
 * A file of unsigned bytes in the IDX format of MNIST, plain or gzip: two zero bytes, the type 0x08, the rank, the size of each axis as a
 * big-endian 32-bit number, then the bytes.
 */
public final class IdxFile {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GREATEST_RANK = 4;

    private final Path path;
    private final List<Integer> sizes;
    private final byte[] data;

    private IdxFile(Path path, List<Integer> sizes, byte[] data) {
        this.path = path;
        this.sizes = sizes;
        this.data = data;
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it is damaged, cut off, too long, or holds another type
     */
    public static IdxFile read(Path path) {
        try (SourceBytes bytes = SourceBytes.open(path)) {
            int magic = bytes.readInt("the IDX header");
            int rank = magic & 0xff;
            if (magic >>> 8 != UNSIGNED_BYTE || rank < 1 || rank > GREATEST_RANK) {
                throw new DataException(path
                        + ": offset 0: expected IDX unsigned bytes of rank 1 to 4 (0x00000801 to 0x00000804) but"
                        + " received "
                        + "0x%08x".formatted(magic));
            }
            List<Integer> sizes = new ArrayList<>();
            long count = 1;
            for (int axis = 0; axis < rank; axis++) {
                int size = bytes.readInt("sizes");
                if (size < 1) {
                    throw new DataException(path + ": offset " + (bytes.offset() - 4)
                            + ": expected a size of at least 1 but received " + Integer.toUnsignedString(size));
                }
                sizes.add(size);
                count = count > Integer.MAX_VALUE ? count : count * size;
            }
            byte[] data = bytes.read(count, "data for sizes " + sizes);
            bytes.end();
            return new IdxFile(path, List.copyOf(sizes), data);
        }
    }

    /** Sizes of the axes, outermost first. */
    public List<Integer> sizes() {
        return sizes;
    }

    /**
     * Grey pictures with labels: an images file [n, h, w] and a labels file [n].
     *
     * @param classes class names, in the order of the numbers in the labels file
     * @throws DataException if a file is damaged, or the two do not fit together
     */
    public static Dataset pictures(String name, Path images, Path labels, List<String> classes) {
        IdxFile pictures = read(images).ranked(3, "pictures [n, h, w]");
        IdxFile numbers = read(labels).ranked(1, "labels [n]");
        if (!pictures.sizes.getFirst().equals(numbers.sizes.getFirst())) {
            throw new DataException(labels + ": offset 4: expected " + pictures.sizes.getFirst()
                    + " labels, one per picture of " + images + ", but received " + numbers.sizes.getFirst());
        }
        for (int i = 0; i < numbers.data.length; i++) {
            if ((numbers.data[i] & 0xff) >= classes.size()) {
                throw new DataException(labels + ": offset " + (8 + i) + ": expected a label in 0.."
                        + (classes.size() - 1) + " but received " + (numbers.data[i] & 0xff));
            }
        }
        Shape shape = Shape.of(1, pictures.sizes.get(1), pictures.sizes.get(2));
        return new BytePictures(
                name, shape, classes, pictures.data, 0, shape.elements(), numbers.data, 0, 1, List.of());
    }

    /** The greatest byte: for labels, the last class number. */
    public int greatest() {
        int greatest = 0;
        for (byte value : data) {
            greatest = Math.max(greatest, value & 0xff);
        }
        return greatest;
    }

    private IdxFile ranked(int rank, String what) {
        if (sizes.size() != rank) {
            throw new DataException(
                    path + ": offset 3: expected rank " + rank + " for " + what + " but received rank " + sizes.size());
        }
        return this;
    }
}
