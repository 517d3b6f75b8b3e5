package thimble.datasets.tables;

import java.net.URI;
import java.util.List;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource.Download;
import thimble.data.Targets;
import thimble.datasets.FileSource.Copy;
import thimble.datasets.FileSource.NamedFile;
import thimble.tensor.Shape;

/** Files of small tables and what is made of them. */
final class Stored {
    private Stored() {}

    /** A file with one address, stored under another name in a folder {@code tables}. */
    static NamedFile file(String name, String address, long bytes, String sha256, String stored) {
        return file(name, address, bytes, sha256, stored, sha256);
    }

    /** A file with one address, stored in another form in a folder {@code tables} or where the name says. */
    static NamedFile file(String name, String address, long bytes, String sha256, String stored, String storedSha256) {
        String place = stored.contains("/") ? stored : "tables/" + stored;
        return new NamedFile(
                new Download(name, List.of(URI.create(address)), bytes, sha256),
                List.of(new Copy(place, storedSha256)));
    }

    /** The examples of a table in another shape, each number multiplied. */
    static Dataset reshaped(Dataset table, Shape shape, float factor) {
        float[][] examples = new float[table.size()][table.example().elements()];
        for (int i = 0; i < examples.length; i++) {
            table.read(i, 0, examples[i], 0);
            for (int e = 0; e < examples[i].length; e++) {
                examples[i][e] *= factor;
            }
        }
        List<String> classes = ((Targets.Classes) table.targets()).names();
        return ArrayDataset.of(table.name(), shape, examples, table.labels(), classes);
    }
}
