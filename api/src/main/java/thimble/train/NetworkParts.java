package thimble.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import thimble.backend.Backend;
import thimble.data.DataException;
import thimble.data.Part;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.method.Methods;
import thimble.nn.Layer;
import thimble.nn.Models;
import thimble.nn.Network;
import thimble.nn.Parts;
import thimble.nn.Sequential;

/** A trained network as it stands in a file: weights as numbers, everything else as texts. */
final class NetworkParts {
    private static final String PROVENANCE = "provenance.";
    private static final String PART = "part.";

    private NetworkParts() {}

    static Stored of(TrainedModel model) {
        Stored stored = SignatureText.write(
                model.signature(),
                Stored.of(SavedModel.NETWORK)
                        .with("model", model.layers() instanceof Network network ? network.spec() : "")
                        .with("layers", model.layers().toString())
                        .with("loss", Methods.print(model.loss()))
                        .with("preprocessing", model.preprocessing().text()));
        for (Part part : parts(model.layers())) {
            stored = stored.with(PART + part.name(), SignatureText.text(part.shape()));
        }
        stored = written(model.provenance(), stored);
        return new Stored(stored.kind(), stored.texts(), SafeTensors.numbers(model.weights()), new LinkedHashMap<>());
    }

    /** Reads a network that was made from a spec. */
    static TrainedModel read(Stored stored, Backend backend) {
        String spec = stored.text("model");
        if (spec.isEmpty()) {
            throw new DataException(
                    "[network] expected a model made from a spec such as lenet but it was made of the layers "
                            + stored.text("layers") + "; load it with these layers");
        }
        List<Part> parts = new ArrayList<>();
        stored.texts().keySet().stream()
                .filter(key -> key.startsWith(PART))
                .forEach(key -> parts.add(new Part(key.substring(PART.length()), SignatureText.shape(stored, key))));
        Signature signature = SignatureText.read(stored);
        Layer layers = Models.parse(
                spec, parts, signature.example(), signature.targets().width());
        return read(stored, backend, layers);
    }

    /** Reads a network whose layers are given. */
    static TrainedModel read(Stored stored, Backend backend, Layer layers) {
        Signature signature = SignatureText.read(stored);
        return new TrainedModel(
                backend,
                layers,
                Methods.parse(Loss.class, stored.text("loss")),
                signature.example(),
                signature.targets(),
                signature.features(),
                Preprocessing.parse(stored.text("preprocessing")),
                SafeTensors.weights(stored.numbers()),
                provenance(stored));
    }

    /** A stored model with where it came from. */
    static Stored written(SequencedMap<String, String> provenance, Stored stored) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        provenance.forEach((key, value) -> texts.put(PROVENANCE + key, value));
        return stored.with(texts);
    }

    static SequencedMap<String, String> provenance(Stored stored) {
        SequencedMap<String, String> provenance = new LinkedHashMap<>();
        stored.texts().forEach((key, value) -> {
            if (key.startsWith(PROVENANCE)) {
                provenance.put(key.substring(PROVENANCE.length()), value);
            }
        });
        return provenance;
    }

    private static List<Part> parts(Layer layers) {
        return switch (layers) {
            case Network network -> parts(network.layers());
            case Sequential sequential
            when !sequential.parts().isEmpty() && sequential.parts().getFirst().layer() instanceof Parts several ->
                several.branches().stream()
                        .map(branch -> new Part(branch.name(), branch.shape()))
                        .toList();
            default -> List.of();
        };
    }
}
