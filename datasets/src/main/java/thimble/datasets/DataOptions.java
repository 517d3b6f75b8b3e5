package thimble.datasets;

import java.util.Optional;
import thimble.datasets.format.ImageOptions;
import thimble.datasets.format.Schema;
import thimble.datasets.format.TableOptions;

/**
 * How the user's own data are read.
 *
 * @param table for tables
 * @param images for folders of pictures
 * @param like what the data shall look like, if that is known: a test set, or inputs for a trained model
 */
public record DataOptions(TableOptions table, ImageOptions images, Optional<Schema> like) {
    /** Everything found out from the files. */
    public static final DataOptions AUTO = new DataOptions(TableOptions.AUTO, ImageOptions.AUTO, Optional.empty());

    /** The same for tables read otherwise. */
    public DataOptions withTable(TableOptions options) {
        return new DataOptions(options, images, like);
    }

    /** The same for pictures read otherwise. */
    public DataOptions withImages(ImageOptions options) {
        return new DataOptions(table, options, like);
    }

    /** The same for data like others. */
    public DataOptions withLike(Schema schema) {
        return new DataOptions(table, images, Optional.of(schema));
    }
}
