package thimble.datasets.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.data.Dataset;
import thimble.data.Targets;

/** Finds examples of exactly the same numbers: by a 64-bit hash, then number by number. */
public final class ExampleDuplicates {
    private ExampleDuplicates() {}

    private record Place(int part, int index) {}

    /**
     * Groups of equal examples over all parts, in the order of their first example.
     *
     * @param parts data sets by name, in order; all examples of one shape
     */
    public static List<DuplicateGroup> of(Map<String, Dataset> parts) {
        List<String> names = List.copyOf(parts.keySet());
        List<Dataset> data = names.stream().map(parts::get).toList();
        Map<Long, List<Place>> byHash = new LinkedHashMap<>();
        for (int part = 0; part < data.size(); part++) {
            float[] example = new float[data.get(part).example().elements()];
            for (int i = 0; i < data.get(part).size(); i++) {
                data.get(part).read(i, 0, example, 0);
                byHash.computeIfAbsent(hash(example), _ -> new ArrayList<>(1)).add(new Place(part, i));
            }
        }
        List<DuplicateGroup> groups = new ArrayList<>();
        for (List<Place> candidates : byHash.values()) {
            List<Place> left = candidates;
            while (left.size() > 1) {
                float[] first = example(data, left.getFirst());
                List<Place> same = left.stream()
                        .filter(place -> Arrays.equals(first, example(data, place)))
                        .toList();
                left = left.stream().filter(place -> !same.contains(place)).toList();
                if (same.size() > 1) {
                    List<Item> items =
                            same.stream().map(place -> item(names, data, place)).toList();
                    groups.add(new DuplicateGroup(DuplicateGroup.Sameness.NUMBERS, items));
                }
            }
        }
        return List.copyOf(groups);
    }

    /** The item of an example. */
    static Item item(String part, Dataset data, int index) {
        String label = switch (data.targets()) {
            case Targets.Classes classes -> classes.names().get(data.label(index));
            case Targets.Numbers numbers -> {
                float[] row = new float[numbers.width()];
                data.target(index, 0, row, 0);
                yield Arrays.toString(row);
            }
        };
        return new Item(part, data.origin(index), label);
    }

    private static Item item(List<String> names, List<Dataset> data, Place place) {
        return item(names.get(place.part), data.get(place.part), place.index);
    }

    private static float[] example(List<Dataset> data, Place place) {
        float[] example = new float[data.get(place.part).example().elements()];
        data.get(place.part).read(place.index, 0, example, 0);
        return example;
    }

    private static long hash(float[] example) {
        long hash = example.length;
        for (float value : example) {
            hash = (hash ^ Float.floatToIntBits(value)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
