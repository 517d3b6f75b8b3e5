package thimble.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import thimble.data.DataException;
import thimble.data.Feature;

/** The columns of a table among the metadata of a model file. */
final class FeatureText {
    private static final int MOST = 1 << 20;

    private FeatureText() {}

    static void write(List<Feature> features, Map<String, String> metadata) {
        metadata.put("feature.count", Integer.toString(features.size()));
        for (int i = 0; i < features.size(); i++) {
            List<String> categories = features.get(i).categories();
            metadata.put("feature." + i, features.get(i).name());
            metadata.put("feature." + i + ".count", Integer.toString(categories.size()));
            for (int c = 0; c < categories.size(); c++) {
                metadata.put("feature." + i + "." + c, categories.get(c));
            }
        }
    }

    static List<Feature> read(Path file, Map<String, String> metadata) {
        List<Feature> features = new ArrayList<>();
        int first = 0;
        int count = number(file, metadata, "feature.count");
        for (int i = 0; i < count; i++) {
            List<String> categories = new ArrayList<>();
            int width = number(file, metadata, "feature." + i + ".count");
            for (int c = 0; c < width; c++) {
                categories.add(text(file, metadata, "feature." + i + "." + c));
            }
            features.add(new Feature(text(file, metadata, "feature." + i), first, categories));
            first += features.getLast().width();
        }
        return List.copyOf(features);
    }

    private static int number(Path file, Map<String, String> metadata, String key) {
        String text = text(file, metadata, key);
        if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > MOST) {
            throw new DataException(
                    "[" + file + ", " + key + "] expected a number up to " + MOST + " but received " + text);
        }
        return Integer.parseInt(text);
    }

    private static String text(Path file, Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new DataException("[" + file + "] expected '" + key + "' in the header but it is not there");
        }
        return value;
    }
}
