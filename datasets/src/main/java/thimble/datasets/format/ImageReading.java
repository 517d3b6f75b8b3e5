package thimble.datasets.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.tensor.Shape;

/**
 * Pictures of a folder, decoded and resized.
 *
 * @param data the readable pictures
 * @param unreadable the others
 */
public record ImageReading(Dataset data, List<Unreadable> unreadable) {
    private static final int MOST_CLASSES = 256;
    private static final int LARGEST_SIDE = 64;
    private static final Size REDUCED = new Size(32, 32);

    /** Copies the list. */
    public ImageReading {
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads all pictures, several at a time. Unreadable ones are left out and named.
     *
     * @throws DataException if a class has no readable picture
     */
    public static ImageReading of(String name, ImageFolder folder, ImageOptions options) {
        Size size = options.size().orElseGet(() -> commonest(folder));
        int count = folder.files().size();
        byte[][][] planes = new byte[count][][];
        Unreadable[] failures = new Unreadable[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            ImageFolder.Labelled file = folder.files().get(i);
            try {
                planes[i] = resized(Picture.read(file.path()), size, options.channels());
            } catch (DataException e) {
                failures[i] = new Unreadable(file.path(), String.valueOf(e.getMessage()));
            }
        });
        int[] readable =
                IntStream.range(0, count).filter(i -> failures[i] == null).toArray();
        List<Unreadable> unreadable = Arrays.stream(failures)
                .map(Optional::ofNullable)
                .flatMap(Optional::stream)
                .toList();
        checkClasses(folder, options.classes().isPresent(), readable, unreadable);
        int channels = switch (options.channels()) {
            case GREY -> 1;
            case RGB -> 3;
            case AUTO -> Arrays.stream(readable).allMatch(i -> planes[i].length == 1) ? 1 : 3;
        };
        return new ImageReading(assembled(name, folder, readable, planes, channels, size), unreadable);
    }

    private static Dataset assembled(
            String name, ImageFolder folder, int[] readable, byte[][][] planes, int channels, Size size) {
        int area = size.height() * size.width();
        if ((long) readable.length * channels * area > Integer.MAX_VALUE - 8) {
            throw new DataException(folder.root() + ": expected fewer than 2^31 pixels in all but received "
                    + readable.length + " pictures of " + channels + " x " + size.height() + " x " + size.width()
                    + "; choose a smaller size");
        }
        byte[] pixels = new byte[readable.length * channels * area];
        byte[] labels = new byte[readable.length];
        List<String> origins = new ArrayList<>();
        for (int r = 0; r < readable.length; r++) {
            byte[][] picture = planes[readable[r]];
            for (int c = 0; c < channels; c++) {
                System.arraycopy(picture[Math.min(c, picture.length - 1)], 0, pixels, (r * channels + c) * area, area);
            }
            ImageFolder.Labelled file = folder.files().get(readable[r]);
            labels[r] = (byte) file.label();
            origins.add(folder.root().relativize(file.path()).toString().replace('\\', '/'));
        }
        Shape shape = Shape.of(channels, size.height(), size.width());
        return new BytePictures(name, shape, folder.classes(), pixels, 0, shape.elements(), labels, 0, 1, origins);
    }

    /** The planes of a picture at another size: one if it is grey or shall be, else three. */
    static byte[][] resized(Picture picture, Size size, ImageOptions.Channels channels) {
        Size from = new Size(picture.height(), picture.width());
        boolean mix = channels == ImageOptions.Channels.GREY && picture.channels() == 3;
        byte[][] planes = new byte[mix ? 1 : picture.channels()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = Resize.plane(mix ? luma(picture) : picture.plane(c), from, size);
        }
        return planes;
    }

    /** Brightness as of ITU-R BT.601. */
    private static byte[] luma(Picture picture) {
        byte[] grey = new byte[picture.width() * picture.height()];
        for (int i = 0; i < grey.length; i++) {
            int sum = 299 * (picture.plane(0)[i] & 0xff)
                    + 587 * (picture.plane(1)[i] & 0xff)
                    + 114 * (picture.plane(2)[i] & 0xff);
            grey[i] = (byte) ((sum + 500) / 1000);
        }
        return grey;
    }

    private static Size commonest(ImageFolder folder) {
        Map<Size, Integer> counts = new LinkedHashMap<>();
        for (ImageFolder.Labelled file : folder.files()) {
            try {
                counts.merge(Picture.size(file.path()), 1, Integer::sum);
            } catch (DataException _) {
                continue;
            }
        }
        Size most = counts.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<Size, Integer> entry) -> entry.getValue())
                        .thenComparing(entry ->
                                -(long) entry.getKey().height() * entry.getKey().width())
                        .thenComparing(entry -> -entry.getKey().height()))
                .map(Map.Entry::getKey)
                .orElse(REDUCED);
        return Math.max(most.height(), most.width()) > LARGEST_SIDE ? REDUCED : most;
    }

    /** Classes without a readable picture are errors, unless they were given and have no pictures at all. */
    private static void checkClasses(ImageFolder folder, boolean given, int[] readable, List<Unreadable> unreadable) {
        int classes = folder.classes().size();
        if (classes > MOST_CLASSES) {
            throw new DataException(
                    folder.root() + ": expected at most " + MOST_CLASSES + " class folders but received " + classes);
        }
        int[] files = new int[classes];
        int[] read = new int[classes];
        folder.files().forEach(file -> files[file.label()]++);
        Arrays.stream(readable).forEach(i -> read[folder.files().get(i).label()]++);
        for (int label = 0; label < classes; label++) {
            if (read[label] == 0 && !(given && files[label] == 0)) {
                String why = unreadable.isEmpty()
                        ? "none"
                        : "none; " + unreadable.getFirst().reason();
                throw new DataException(folder.root() + ": expected a readable picture in class folder '"
                        + folder.classes().get(label) + "' but received " + why);
            }
        }
    }
}
