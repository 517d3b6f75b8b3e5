package thimble.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import thimble.backend.Backend;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.FeatureExtractor;
import thimble.data.Stored;
import thimble.method.Methods;

/**
 * A trained model of any kind with what is needed to use it, which one file holds: a network, several of them, features with what learnt from
 * them, or what a {@link Learner} made that has a reader.
 *
 * @param model the model
 * @param signature what it takes and gives
 * @param provenance how it came about, as texts by key
 */
public record SavedModel(Model model, Signature signature, SequencedMap<String, String> provenance) implements Model {
    /** Name of the numbers [n, m] of a stored model that are training examples. */
    public static final String EXAMPLES = "examples";

    /** Kind of a network. */
    static final String NETWORK = "network";

    /** Kind of several models that are combined. */
    static final String ENSEMBLE = "ensemble";

    /** Kind of a model that sees features in place of examples. */
    static final String FEATURES = "features";

    /** Copies the texts. */
    public SavedModel {
        provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
    }

    /** A network, which has all that is needed. */
    public static SavedModel of(TrainedModel network) {
        return new SavedModel(network, network.signature(), network.provenance());
    }

    /**
     * Reads a model. Learners and extractors are found among the modules and jars that are there.
     *
     * @param backend where networks run
     * @throws DataException if the file is damaged, is no model, or needs a method that is not there; the text names the file
     */
    public static SavedModel load(Path file, Backend backend) {
        return ModelFile.load(
                file,
                stored -> new SavedModel(
                        read(stored, backend), SignatureText.read(stored), NetworkParts.provenance(stored)));
    }

    /**
     * Writes one safetensors file, atomically.
     *
     * @throws IllegalArgumentException if the model is of a kind that cannot be saved
     */
    public void save(Path file) {
        ModelFile.save(stored(), file);
    }

    @Override
    public Stored stored() {
        return NetworkParts.written(provenance, SignatureText.write(signature, model.stored()));
    }

    /** The kind of model, such as {@code network}, {@code ensemble}, {@code features} or the name of a learner. */
    public String kind() {
        return model.stored().kind();
    }

    /** Most training examples that one of its parts holds, as kernels and neighbours do; 0 for others. */
    public int examples() {
        return examples(model.stored());
    }

    private static int examples(Stored stored) {
        Stored.Numbers held = stored.numbers().get(EXAMPLES);
        int own = held == null ? 0 : held.shape().size(0);
        return Math.max(
                own,
                stored.parts().values().stream()
                        .mapToInt(SavedModel::examples)
                        .max()
                        .orElse(0));
    }

    @Override
    public float[] predict(float[] example) {
        if (example.length != signature.example().elements()) {
            throw new IllegalArgumentException(
                    "[predict] expected " + signature.example().elements() + " numbers for " + signature.example()
                            + " but received " + example.length);
        }
        return checked(model.predict(example));
    }

    @Override
    public float[][] predict(Dataset data) {
        if (!data.example().equals(signature.example())) {
            throw new IllegalArgumentException("[predict] expected examples " + signature.example() + " but '"
                    + data.name() + "' has examples " + data.example());
        }
        float[][] rows = model.predict(data);
        for (float[] row : rows) {
            checked(row);
        }
        return rows;
    }

    private float[] checked(float[] scores) {
        if (scores.length != signature.targets().width()) {
            throw new DataException("[predict] expected " + signature.targets().width() + " scores but the model gave "
                    + scores.length);
        }
        return scores;
    }

    @Override
    public void close() {
        model.close();
    }

    /** A model of any kind, or part of one. */
    static Model read(Stored stored, Backend backend) {
        return switch (stored.kind()) {
            case NETWORK -> NetworkParts.read(stored, backend);
            case ENSEMBLE -> EnsembleModel.read(stored, backend);
            case FEATURES ->
                new ExtractingModel(extraction(stored.part("extractor")), read(stored.part("model"), backend));
            default ->
                named(Methods.discover(Learner.class), stored.kind())
                        .reader()
                        .orElseThrow(() -> unreadable(stored.kind()))
                        .apply(stored, backend);
        };
    }

    private static FeatureExtractor.Extraction extraction(Stored stored) {
        return named(Methods.discover(FeatureExtractor.class), stored.kind())
                .reader()
                .orElseThrow(() -> unreadable(stored.kind()))
                .apply(stored);
    }

    private static <T extends thimble.method.Method> T named(List<T> methods, String kind) {
        List<String> names = new ArrayList<>(List.of(NETWORK, ENSEMBLE, FEATURES));
        methods.forEach(method -> names.add(method.name()));
        return methods.stream()
                .filter(method -> method.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new DataException(Methods.unknown("kind of model", kind, names)
                        + "; the module that it came from must be there"));
    }

    private static DataException unreadable(String kind) {
        return new DataException("expected a model that can be read but " + kind + " has no reader");
    }
}
