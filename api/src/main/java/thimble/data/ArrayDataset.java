package thimble.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import thimble.tensor.Shape;

/** Examples held in memory: what an application hands over, or a copy of any other data set. Arrays are copied. */
public final class ArrayDataset implements Dataset {
    private final String name;
    private final Shape example;
    private final Targets targets;
    private final float[][] examples;
    private final float[][] rows;
    private final List<Part> parts;
    private final List<Feature> features;
    private final List<String> origins;
    private final List<String> groups;

    private ArrayDataset(
            String name,
            Shape example,
            Targets targets,
            float[][] examples,
            float[][] rows,
            List<Part> parts,
            List<Feature> features,
            List<String> origins,
            List<String> groups) {
        this.name = name;
        this.example = example;
        this.targets = targets;
        this.examples = examples;
        this.rows = rows;
        this.parts = parts;
        this.features = features;
        this.origins = origins;
        this.groups = groups;
    }

    /**
     * Examples with target rows: distributions over classes (soft labels) or numbers.
     *
     * @param example shape of one example
     * @param examples row-major numbers of each example; NaN is a missing number
     * @param rows target row of each example
     * @throws IllegalArgumentException if lengths differ, or a number is infinite, or a target is not a distribution or not finite
     */
    public static ArrayDataset of(String name, Shape example, float[][] examples, float[][] rows, Targets targets) {
        if (examples.length != rows.length) {
            throw new IllegalArgumentException("[" + name + "] expected as many targets as examples but received "
                    + rows.length + " and " + examples.length);
        }
        float[][] inputs = new float[examples.length][];
        float[][] outputs = new float[rows.length][];
        for (int i = 0; i < examples.length; i++) {
            inputs[i] = Rows.input(name, i, examples[i], example);
            outputs[i] = Rows.target(name, i, rows[i], targets);
        }
        List<Part> parts = List.of(new Part(Part.INPUT, example));
        return new ArrayDataset(name, example, targets, inputs, outputs, parts, List.of(), List.of(), List.of());
    }

    /**
     * Examples with class numbers.
     *
     * @param classes class names, in the order of class numbers
     * @throws IllegalArgumentException as above, or if a label is not a class number
     */
    public static ArrayDataset of(String name, Shape example, float[][] examples, int[] labels, List<String> classes) {
        float[][] rows = new float[labels.length][classes.size()];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes.size()) {
                throw new IllegalArgumentException("[" + name + "] expected a label in 0.." + (classes.size() - 1)
                        + " but received " + labels[i] + " at example " + i);
            }
            rows[i][labels[i]] = 1;
        }
        return of(name, example, examples, rows, new Targets.Classes(classes));
    }

    /** Rows of a table with class numbers; classes are called "0", "1", …. */
    public static ArrayDataset of(String name, float[][] examples, int[] labels) {
        int classes = IntStream.of(labels).max().orElse(0) + 1;
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return of(name, Rows.shape(name, examples), examples, labels, names);
    }

    /** Rows of a table with one number each to predict. */
    public static ArrayDataset of(String name, float[][] examples, float[] numbers) {
        float[][] rows = new float[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            rows[i] = new float[] {numbers[i]};
        }
        return of(name, Rows.shape(name, examples), examples, rows, new Targets.Numbers(List.of("target")));
    }

    /** The examples of any data set as they are seen in epoch 0. */
    public static ArrayDataset copyOf(Dataset data) {
        float[][] examples = new float[data.size()][data.example().elements()];
        float[][] rows = new float[data.size()][data.targets().width()];
        List<String> origins = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            data.read(i, 0, examples[i], 0, rows[i], 0);
            origins.add(data.origin(i));
            groups.add(data.group(i));
        }
        return new ArrayDataset(
                data.name(),
                data.example(),
                data.targets(),
                examples,
                rows,
                data.parts(),
                data.features(),
                List.copyOf(origins),
                List.copyOf(groups));
    }

    /**
     * The same with several inputs.
     *
     * @throws IllegalArgumentException if the parts have not as many elements as the example
     */
    public ArrayDataset withParts(List<Part> parts) {
        int elements = parts.stream().mapToInt(part -> part.shape().elements()).sum();
        if (elements != example.elements()) {
            throw new IllegalArgumentException("[" + name + "] expected parts of " + example.elements()
                    + " elements in all but received " + elements + " in " + parts);
        }
        return new ArrayDataset(name, example, targets, examples, rows, List.copyOf(parts), features, origins, groups);
    }

    /** The same with named features. */
    public ArrayDataset withFeatures(List<Feature> features) {
        return new ArrayDataset(name, example, targets, examples, rows, parts, List.copyOf(features), origins, groups);
    }

    /** The same with the origin of each example. */
    public ArrayDataset withOrigins(List<String> origins) {
        return new ArrayDataset(
                name, example, targets, examples, rows, parts, features, onePerExample(origins), groups);
    }

    /** The same with the group of each example. */
    public ArrayDataset withGroups(List<String> groups) {
        return new ArrayDataset(
                name, example, targets, examples, rows, parts, features, origins, onePerExample(groups));
    }

    private List<String> onePerExample(List<String> texts) {
        if (texts.size() != examples.length) {
            throw new IllegalArgumentException("[" + name + "] expected one text per example, " + examples.length
                    + ", but received " + texts.size());
        }
        return List.copyOf(texts);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return examples.length;
    }

    @Override
    public Shape example() {
        return example;
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public void read(int index, long epoch, float[] into, int offset) {
        System.arraycopy(examples[index], 0, into, offset, examples[index].length);
    }

    @Override
    public void target(int index, long epoch, float[] into, int offset) {
        System.arraycopy(rows[index], 0, into, offset, rows[index].length);
    }

    @Override
    public String origin(int index) {
        return origins.isEmpty() ? Dataset.super.origin(index) : origins.get(index);
    }

    @Override
    public String group(int index) {
        return groups.isEmpty() ? Dataset.super.group(index) : groups.get(index);
    }
}
