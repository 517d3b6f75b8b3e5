package thimble.datasets.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/** A binary batch of CIFAR-10: records of a label byte and 1024 bytes each of red, green and blue, row by row. */
public final class CifarFile {
    private static final Shape SHAPE = Shape.of(3, 32, 32);
    private static final int RECORD = 1 + 3 * 32 * 32;

    private CifarFile() {}

    /**
     * Reads a batch.
     *
     * @param classes class names, in the order of the label bytes
     * @throws DataException if the length is not a multiple of a record, or a label is not a class number
     */
    public static Dataset read(String name, Path path, List<String> classes) {
        long length = length(path);
        if (length == 0 || length % RECORD != 0) {
            throw new DataException(path + ": offset " + length / RECORD * RECORD + ": expected whole records of "
                    + RECORD + " bytes but received a file of " + length + " bytes");
        }
        byte[] bytes;
        try (SourceBytes source = SourceBytes.open(path)) {
            bytes = source.read(length, "CIFAR-10 records");
            source.end();
        }
        for (int at = 0; at < bytes.length; at += RECORD) {
            if ((bytes[at] & 0xff) >= classes.size()) {
                throw new DataException(path + ": offset " + at + ": expected a label in 0.." + (classes.size() - 1)
                        + " but received " + (bytes[at] & 0xff));
            }
        }
        return new BytePictures(name, SHAPE, classes, bytes, 1, RECORD, bytes, 0, RECORD, List.of());
    }

    private static long length(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new DataException(path + ": expected a readable file but received " + SourceBytes.reason(e), e);
        }
    }
}
