package thimble.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import thimble.data.DatasetSource;
import thimble.method.Methods;

/**
 * Data sets that can be asked for by name.
 *
 * @param sources the sources by name
 */
public record Catalogue(List<DatasetSource> sources) {
    private static final System.Logger LOG = System.getLogger(Catalogue.class.getName());

    /**
     * Sorts by name.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public Catalogue {
        sources = sources.stream()
                .sorted(Comparator.comparing(DatasetSource::name))
                .toList();
        for (int i = 1; i < sources.size(); i++) {
            if (sources.get(i).name().equals(sources.get(i - 1).name())) {
                throw new IllegalArgumentException("[catalogue] expected different names but received '"
                        + sources.get(i).name() + "' of "
                        + sources.get(i - 1).getClass().getName() + " and "
                        + sources.get(i).getClass().getName());
            }
        }
    }

    /** All sources of the installed modules; a broken one is logged and left out. */
    public static Catalogue installed() {
        List<DatasetSource> found = new ArrayList<>();
        Iterator<DatasetSource> sources =
                ServiceLoader.load(DatasetSource.class).iterator();
        boolean more = true;
        while (more) {
            try {
                more = sources.hasNext();
                if (more) {
                    found.add(sources.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.log(System.Logger.Level.WARNING, "a source of data sets was left out: {0}", e.toString());
            }
        }
        return new Catalogue(found);
    }

    /**
     * The source of this name.
     *
     * @throws IllegalArgumentException if there is none; the text says what exists and the nearest
     */
    public DatasetSource source(String name) {
        List<String> names = sources.stream().map(DatasetSource::name).toList();
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("[datasets] " + Methods.unknown("data set", name, names));
        }
        return sources.get(at);
    }
}
