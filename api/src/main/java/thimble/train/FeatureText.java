package thimble.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import thimble.data.Feature;
import thimble.data.Stored;

/** The columns of a table among the texts of a stored model. */
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

    static List<Feature> read(Stored stored) {
        List<Feature> features = new ArrayList<>();
        int first = 0;
        int count = stored.whole("feature.count", 0, MOST);
        for (int i = 0; i < count; i++) {
            List<String> categories = new ArrayList<>();
            int width = stored.whole("feature." + i + ".count", 0, MOST);
            for (int c = 0; c < width; c++) {
                categories.add(stored.text("feature." + i + "." + c));
            }
            features.add(new Feature(stored.text("feature." + i), first, categories));
            first += features.getLast().width();
        }
        return List.copyOf(features);
    }
}
