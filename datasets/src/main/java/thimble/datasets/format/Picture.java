package thimble.datasets.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import thimble.data.DataException;

/**
 * A decoded picture of bytes, one plane if it is grey, else red, green and blue. Transparent places are white paper. Values are those of the
 * file: no colour management, no rotation by camera tags.
 */
public final class Picture {
    private static final long MOST_BYTES = 1L << 28;
    private static final long MOST_PIXELS = 1L << 26;

    /** One-bit pixels packed by deflate: no format here holds more pixels in a byte. */
    private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

    private final int width;
    private final int height;
    private final byte[][] planes;

    Picture(int width, int height, byte[][] planes) {
        this.width = width;
        this.height = height;
        this.planes = planes;
    }

    /**
     * Reads a PNG, JPEG, GIF (first frame) or BMP file.
     *
     * @throws DataException if it is damaged, of another format, or too large
     */
    public static Picture read(Path path) {
        return opened(path, (reader, bytes) -> {
            checkSize(path, reader.getWidth(0), reader.getHeight(0), bytes);
            return of(reader.read(0));
        });
    }

    /** Rows and columns as the file's header says. Throws as {@link #read}. */
    public static Size size(Path path) {
        return opened(path, (reader, _) -> new Size(reader.getHeight(0), reader.getWidth(0)));
    }

    /** Pixels per row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** 1 for grey, 3 for colour. */
    public int channels() {
        return planes.length;
    }

    /** Copies one channel, row by row, 0 … 255; for a grey picture each channel is the same. */
    public byte[] channel(int channel) {
        return plane(channel).clone();
    }

    byte[] plane(int channel) {
        return planes[Math.min(channel, planes.length - 1)];
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(ImageReader reader, int bytes) throws IOException;
    }

    private static <T> T opened(Path path, Use<T> use) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new DataException(path + ": expected a picture of at most " + MOST_BYTES + " bytes but received "
                        + Files.size(path));
            }
            byte[] bytes = Files.readAllBytes(path);
            try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
                Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
                if (!readers.hasNext()) {
                    throw new DataException(
                            path + ": offset 0: expected a PNG, JPEG, GIF or BMP picture but received other bytes");
                }
                ImageReader reader = readers.next();
                try {
                    reader.setInput(in, true, true);
                    return use.with(reader, bytes.length);
                } catch (RuntimeException e) {
                    throw e instanceof DataException known ? known : damaged(path, in, e);
                } catch (IOException e) {
                    throw damaged(path, in, e);
                } finally {
                    reader.dispose();
                }
            }
        } catch (IOException e) {
            throw new DataException(path + ": expected a readable file but received " + SourceBytes.reason(e), e);
        }
    }

    private static DataException damaged(Path path, ImageInputStream in, Exception cause) {
        long offset;
        try {
            offset = in.getStreamPosition();
        } catch (IOException _) {
            offset = 0;
        }
        return new DataException(
                path + ": offset " + offset + ": expected a whole picture but received damaged data: "
                        + cause.getMessage(),
                cause);
    }

    private static void checkSize(Path path, int width, int height, int bytes) {
        long pixels = (long) width * height;
        if (pixels < 1 || pixels > MOST_PIXELS || pixels > bytes * MOST_PIXELS_PER_BYTE) {
            throw new DataException(path + ": offset 0: expected at most "
                    + Math.min(MOST_PIXELS, bytes * MOST_PIXELS_PER_BYTE) + " pixels in a file of " + bytes
                    + " bytes but received a header of " + width + " x " + height);
        }
    }

    private static Picture of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(model instanceof IndexColorModel);
        return grey ? grey(image) : colour(image);
    }

    /** From the raster, because conversion to RGB would take grey levels for linear light. */
    private static Picture grey(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        byte[] plane = new byte[width * height];
        int[] row = new int[width];
        int[] alpha = new int[width];
        boolean transparent = raster.getNumBands() > 1;
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            if (transparent) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 1, alpha);
            }
            for (int x = 0; x < width; x++) {
                long level = transparent ? onWhite(row[x], alpha[x], most) : row[x];
                plane[y * width + x] = (byte) ((level * 255 + most / 2) / most);
            }
        }
        return new Picture(width, height, new byte[][] {plane});
    }

    private static Picture colour(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[][] planes = new byte[3][width * height];
        int[] row = new int[width];
        boolean grey = true;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    planes[c][y * width + x] = (byte) onWhite(row[x] >>> (16 - 8 * c) & 0xff, alpha, 255);
                }
                grey &= planes[0][y * width + x] == planes[1][y * width + x]
                        && planes[1][y * width + x] == planes[2][y * width + x];
            }
        }
        return new Picture(width, height, grey ? new byte[][] {planes[0]} : planes);
    }

    private static long onWhite(int level, int alpha, int most) {
        return ((long) level * alpha + (long) most * (most - alpha) + most / 2) / most;
    }
}
