package thimble.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.tensor.Shape;

/** Fits preprocessing to a training set, one block per part that is a table or a sequence. */
final class PreprocessingFit {
    private final Dataset train;
    private final boolean[] categorical;
    private final float[] example;

    PreprocessingFit(Dataset train) {
        this.train = train;
        int elements = train.example().elements();
        this.example = new float[elements];
        this.categorical = new boolean[elements];
        for (Feature feature : train.features()) {
            if (feature.categorical()) {
                Arrays.fill(categorical, feature.first(), feature.first() + feature.width(), true);
            }
        }
    }

    Preprocessing result() {
        List<Preprocessing.Block> blocks = new ArrayList<>();
        int first = 0;
        for (Part part : train.parts()) {
            Shape shape = part.shape();
            int elements = shape.elements();
            if (shape.rank() == 1 || shape.rank() == 2) {
                List<Scaling> scalings = scalings(first, elements, shape.size(shape.rank() - 1));
                if (scalings.stream().anyMatch(scaling -> !scaling.equals(Scaling.NONE))) {
                    blocks.add(new Preprocessing.Block(first, elements, scalings));
                }
            }
            first += elements;
        }
        return new Preprocessing(blocks, targets());
    }

    /** One scaling per feature; all values of a part are read once, feature by feature. */
    private List<Scaling> scalings(int first, int elements, int features) {
        int times = elements / features;
        float[][] values = new float[features][Math.multiplyExact(times, train.size())];
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, example, 0);
            for (int e = 0; e < elements; e++) {
                values[e % features][i * times + e / features] = example[first + e];
            }
        }
        List<Scaling> scalings = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            scalings.add(categorical[first + f] ? Scaling.NONE : Column.input(values[f]));
        }
        return scalings;
    }

    private List<Scaling> targets() {
        if (!(train.targets() instanceof Targets.Numbers numbers)) {
            return List.of();
        }
        float[][] values = new float[numbers.width()][train.size()];
        float[] row = new float[numbers.width()];
        for (int i = 0; i < train.size(); i++) {
            train.target(i, 0, row, 0);
            for (int t = 0; t < row.length; t++) {
                values[t][i] = row[t];
            }
        }
        return Arrays.stream(values).map(Column::target).toList();
    }
}
