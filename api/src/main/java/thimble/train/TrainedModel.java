package thimble.train;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import thimble.backend.Backend;
import thimble.backend.State;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.nn.Layer;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A trained network: takes examples as the data set had them, and gives probabilities or numbers in the units of the
 * targets.
 */
public final class TrainedModel implements Model {
    private final Backend backend;
    private final Layer layers;
    private final Loss loss;
    private final Shape example;
    private final Targets targets;
    private final List<Feature> features;
    private final Preprocessing preprocessing;
    private final Weights weights;
    private final SequencedMap<String, String> provenance;
    private final State state;
    private final Map<Integer, Deque<EvaluationProgram.Bound>> idle = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Puts a model together.
     *
     * @param example shape of one example
     * @param targets what is predicted
     * @param features columns of a table that an example is made of; empty for others
     * @param preprocessing what happens to an example before it enters the network
     * @param weights values of all variables of the layers
     * @param provenance how it came about, as texts by key
     * @throws IllegalArgumentException if the weights do not fit the layers
     */
    public TrainedModel(
            Backend backend,
            Layer layers,
            Loss loss,
            Shape example,
            Targets targets,
            List<Feature> features,
            Preprocessing preprocessing,
            Weights weights,
            SequencedMap<String, String> provenance) {
        this.backend = backend;
        this.layers = layers;
        this.loss = loss;
        this.example = example;
        this.targets = targets;
        this.features = List.copyOf(features);
        this.preprocessing = preprocessing;
        this.weights = weights;
        this.provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
        this.state = backend.allocate(variables(loss.head(layers), example));
        weights.writeAll(state);
    }

    /** The variables of a model in evaluation mode: parameters, then buffers. */
    static List<Tensor> variables(Layer layers, Shape example) {
        Trace trace = EvaluationProgram.trace(layers, example, 1);
        return java.util.stream.Stream.concat(
                        trace.parameters().stream().map(parameter -> parameter.tensor()),
                        trace.buffers().stream().map(Trace.Buffer::tensor))
                .toList();
    }

    /** The layers. */
    public Layer layers() {
        return layers;
    }

    /** The loss it was trained with. */
    public Loss loss() {
        return loss;
    }

    /** Shape of one example. */
    public Shape example() {
        return example;
    }

    /** What is predicted. */
    public Targets targets() {
        return targets;
    }

    /** The columns of a table that an example is made of, in order; empty for pictures and sequences. */
    public List<Feature> features() {
        return features;
    }

    /** What happens to an example before it enters the network. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** What it takes and gives. */
    public Signature signature() {
        return new Signature(example, targets, features);
    }

    /** Values of all variables. */
    public Weights weights() {
        return weights;
    }

    /** How it came about. */
    public SequencedMap<String, String> provenance() {
        return provenance;
    }

    /** Numbers in all trained variables. */
    public long parameterCount() {
        return EvaluationProgram.trace(layers, example, 1).parameterCount();
    }

    /**
     * Writes one safetensors file with weights, layers, preprocessing, names of the targets and provenance, atomically.
     */
    public void save(Path file) {
        ModelFile.save(stored(), file);
    }

    /**
     * Reads a model whose layers were made from a spec, as {@link thimble.nn.Models} makes them.
     *
     * @throws thimble.data.DataException if the file is damaged or is no such model; the text names the file and what
     *     was expected
     */
    public static TrainedModel load(Path file, Backend backend) {
        return ModelFile.load(file, stored -> NetworkParts.read(network(stored), backend));
    }

    /**
     * Reads a model with layers of one's own.
     *
     * @throws thimble.data.DataException if the file is damaged or does not fit the layers
     */
    public static TrainedModel load(Path file, Backend backend, Layer layers) {
        return ModelFile.load(file, stored -> NetworkParts.read(network(stored), backend, layers));
    }

    private static Stored network(Stored stored) {
        if (!stored.kind().equals(SavedModel.NETWORK)) {
            throw new DataException("expected a network but the file holds a model of kind " + stored.kind()
                    + ", which SavedModel.load reads");
        }
        return stored;
    }

    @Override
    public Stored stored() {
        return NetworkParts.of(this);
    }

    @Override
    public float[] predict(float[] numbers) {
        if (numbers.length != example.elements()) {
            throw new IllegalArgumentException("[predict] expected " + example.elements() + " numbers for " + example
                    + " but received " + numbers.length);
        }
        EvaluationProgram.Bound bound = borrow(1);
        try {
            System.arraycopy(numbers, 0, bound.input(), 0, numbers.length);
            preprocessing.input(bound.input(), 0);
            float[] scores = bound.run().clone();
            preprocessing.restore(scores, 0);
            return scores;
        } finally {
            giveBack(bound);
        }
    }

    @Override
    public float[][] predict(Dataset data) {
        check(data);
        int width = targets.width();
        float[][] all = new float[data.size()][];
        EvaluationProgram.Bound bound = borrow(data.size());
        try {
            for (int from = 0; from < all.length; from += bound.size()) {
                int count = Math.min(bound.size(), all.length - from);
                for (int i = 0; i < bound.size(); i++) {
                    data.read(from + Math.min(i, count - 1), 0, bound.input(), i * example.elements());
                    preprocessing.input(bound.input(), i * example.elements());
                }
                float[] scores = bound.run();
                for (int i = 0; i < count; i++) {
                    all[from + i] = Arrays.copyOfRange(scores, i * width, (i + 1) * width);
                    preprocessing.restore(all[from + i], 0);
                }
            }
        } finally {
            giveBack(bound);
        }
        return all;
    }

    /** Mean loss in evaluation mode without penalties, on scaled targets if they are numbers. */
    public double meanLoss(Dataset data) {
        check(data);
        EvaluationProgram.Bound bound = borrow(data.size());
        try {
            return bound.meanLoss(preprocessing.apply(data));
        } finally {
            giveBack(bound);
        }
    }

    private void check(Dataset data) {
        if (!data.example().equals(example) || data.targets().width() != targets.width() || data.size() < 1) {
            throw new IllegalArgumentException("[predict] expected examples " + example + " with " + targets.width()
                    + " targets but '" + data.name() + "' has " + data.size() + " examples " + data.example() + " with "
                    + data.targets().width());
        }
    }

    private EvaluationProgram.Bound borrow(int examples) {
        int size = EvaluationProgram.size(examples);
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("[predict] expected an open model but it was closed");
            }
            EvaluationProgram.Bound bound =
                    idle.computeIfAbsent(size, _ -> new ArrayDeque<>()).poll();
            if (bound != null) {
                return bound;
            }
        }
        return EvaluationProgram.of(backend, layers, loss, example, targets.width(), size)
                .bind(state);
    }

    private void giveBack(EvaluationProgram.Bound bound) {
        synchronized (idle) {
            if (closed) {
                bound.close();
            } else {
                idle.computeIfAbsent(bound.size(), _ -> new ArrayDeque<>()).push(bound);
            }
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            if (!closed) {
                closed = true;
                idle.values().forEach(free -> free.forEach(EvaluationProgram.Bound::close));
                state.close();
            }
        }
    }
}
