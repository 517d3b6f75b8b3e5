package thimble.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set that can be asked for by name. Registered by one {@code provides} line. */
public interface DatasetSource {
    /** Name on the command line. */
    String name();

    /** What is known before loading. */
    Info info();

    /**
     * Loads the parts.
     *
     * @param folders where named data sets are looked for, in order
     * @throws DataException if the files are absent (the text is the command that fetches them) or damaged
     */
    Parts load(List<Path> folders);

    /** True if {@link #load} would find all files. */
    boolean present(List<Path> folders);

    /** The files it is made of, as they can be had from elsewhere; empty if it is embedded or cannot be had by a program. */
    default List<Download> downloads() {
        return List.of();
    }

    /**
     * A file to download.
     *
     * @param file name of the file in the folder of the data set
     * @param addresses where it can be had: the official address, then mirrors
     * @param bytes its length
     * @param sha256 its SHA-256 in lower-case hexadecimal
     */
    record Download(String file, List<URI> addresses, long bytes, String sha256) {
        /** Copies the addresses. */
        public Download {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * What is known of a data set before loading.
     *
     * @param title name for people
     * @param licence licence, or what is known of it
     * @param citation who made it
     * @param shape shape of one example, as text
     * @param classes number of classes, 0 for numbers
     * @param train training examples
     * @param test test examples, 0 if there is no official test set
     * @param embedded true if it needs no files
     */
    record Info(
            String title,
            String licence,
            String citation,
            String shape,
            int classes,
            int train,
            int test,
            boolean embedded) {}

    /**
     * A loaded data set.
     *
     * @param train examples to learn from
     * @param test the official test set, if there is one
     * @param decoder the known decoder x = d(z) of the examples, if there is one
     */
    record Parts(Dataset train, Optional<Dataset> test, Optional<Decoder> decoder) {}
}
