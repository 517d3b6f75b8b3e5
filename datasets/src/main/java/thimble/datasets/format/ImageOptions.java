package thimble.datasets.format;

import java.util.List;
import java.util.Optional;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * How a folder of pictures is read.
 *
 * @param size to which all pictures are resized; if absent the commonest size, or 32 x 32 where that is above 64 on a side
 * @param channels grey or colour
 * @param classes names of the sub-folders in the order of class numbers; all sub-folders in their order if absent
 */
public record ImageOptions(Optional<Size> size, Channels channels, Optional<List<String>> classes) {
    /** Everything found out from the pictures. */
    public static final ImageOptions AUTO = new ImageOptions(Optional.empty(), Channels.AUTO, Optional.empty());

    /** Grey is one channel, RGB three; AUTO means grey if every picture is. */
    public enum Channels {
        AUTO,
        GREY,
        RGB
    }

    /** The same with another size. */
    public ImageOptions withSize(Size wanted) {
        return new ImageOptions(Optional.of(wanted), channels, classes);
    }

    /** The same with other channels. */
    public ImageOptions withChannels(Channels wanted) {
        return new ImageOptions(size, wanted, classes);
    }

    /** The same with classes in a given order. */
    public ImageOptions withClasses(List<String> names) {
        return new ImageOptions(size, channels, Optional.of(List.copyOf(names)));
    }

    /**
     * Options that give pictures like those of other data.
     *
     * @throws IllegalArgumentException if those are no pictures with classes
     */
    public static ImageOptions like(Schema schema) {
        Shape shape = schema.example();
        if (shape.rank() != 3 || !(schema.targets() instanceof Targets.Classes classes)) {
            throw new IllegalArgumentException(
                    "[pictures] expected data of pictures with classes but received " + shape);
        }
        return AUTO.withSize(Size.of(shape.size(1), shape.size(2)))
                .withChannels(shape.size(0) == 1 ? Channels.GREY : Channels.RGB)
                .withClasses(classes.names());
    }
}
