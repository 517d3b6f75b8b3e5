package thimble.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import thimble.backend.Backend;
import thimble.data.DataException;
import thimble.data.Part;
import thimble.data.Preprocessing;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.nn.Layer;
import thimble.nn.Models;
import thimble.nn.Network;
import thimble.nn.Parts;
import thimble.nn.Sequential;
import thimble.tensor.Shape;

/** A trained model as one safetensors file: weights as tensors, everything else as metadata. */
final class ModelFile {
    private static final String VERSION = "1";
    private static final int MOST = 1 << 20;

    private ModelFile() {}

    static void save(TrainedModel model, Path file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("thimble.model", VERSION);
        metadata.put("model", model.layers() instanceof Network network ? network.spec() : "");
        metadata.put("layers", model.layers().toString());
        metadata.put("loss", Methods.print(model.loss()));
        metadata.put("example", text(model.example()));
        parts(model.layers()).forEach(part -> metadata.put("part." + part.name(), text(part.shape())));
        List<String> names = switch (model.targets()) {
            case Targets.Classes(var classes) -> {
                metadata.put("targets", "classes");
                yield classes;
            }
            case Targets.Numbers(var numbers) -> {
                metadata.put("targets", "numbers");
                yield numbers;
            }
        };
        metadata.put("target.count", Integer.toString(names.size()));
        IntStream.range(0, names.size()).forEach(i -> metadata.put("target." + i, names.get(i)));
        FeatureText.write(model.features(), metadata);
        metadata.put("preprocessing", model.preprocessing().text());
        model.provenance().forEach((key, value) -> metadata.put("provenance." + key, value));
        SafeTensors.write(file, new SafeTensors.Content(metadata, model.weights()));
    }

    /** Reads a model that was made from a spec. */
    static TrainedModel load(Path file, Backend backend) {
        SafeTensors.Content content = SafeTensors.read(file);
        String spec = field(file, content, "model");
        if (spec.isEmpty()) {
            throw new DataException(
                    "[" + file + "] expected a model made from a spec such as lenet but it was made of the layers "
                            + field(file, content, "layers") + "; load it with these layers");
        }
        List<Part> parts = content.metadata().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("part."))
                .map(entry -> new Part(entry.getKey().substring("part.".length()), shape(file, entry.getValue())))
                .toList();
        Shape example = shape(file, field(file, content, "example"));
        Layer layers;
        try {
            layers = Models.parse(spec, parts, example, targets(file, content).width());
        } catch (IllegalArgumentException e) {
            throw new DataException("[" + file + "] " + e.getMessage(), e);
        }
        return assemble(file, content, backend, layers);
    }

    /** Reads a model whose layers are given. */
    static TrainedModel load(Path file, Backend backend, Layer layers) {
        return assemble(file, SafeTensors.read(file), backend, layers);
    }

    private static TrainedModel assemble(Path file, SafeTensors.Content content, Backend backend, Layer layers) {
        if (!VERSION.equals(content.metadata().get("thimble.model"))) {
            throw new DataException("[" + file + "] expected a model of version " + VERSION + " but received "
                    + content.metadata().getOrDefault("thimble.model", "another kind of file"));
        }
        SequencedMap<String, String> provenance = new LinkedHashMap<>();
        content.metadata().forEach((key, value) -> {
            if (key.startsWith("provenance.")) {
                provenance.put(key.substring("provenance.".length()), value);
            }
        });
        try {
            return new TrainedModel(
                    backend,
                    layers,
                    Methods.parse(Loss.class, field(file, content, "loss")),
                    shape(file, field(file, content, "example")),
                    targets(file, content),
                    FeatureText.read(file, content.metadata()),
                    Preprocessing.parse(field(file, content, "preprocessing")),
                    content.weights(),
                    provenance);
        } catch (IllegalArgumentException e) {
            throw new DataException("[" + file + "] " + e.getMessage(), e);
        }
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

    private static Targets targets(Path file, SafeTensors.Content content) {
        int count = Integer.parseInt(number(file, field(file, content, "target.count")));
        if (count < 1 || count > MOST) {
            throw new DataException("[" + file + ", target.count] expected 1.." + MOST + " but received " + count);
        }
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> field(file, content, "target." + i))
                .toList();
        return switch (field(file, content, "targets")) {
            case "classes" -> new Targets.Classes(names);
            case "numbers" -> new Targets.Numbers(names);
            default ->
                throw new DataException("[" + file + ", targets] expected classes or numbers but received "
                        + field(file, content, "targets"));
        };
    }

    private static String text(Shape shape) {
        return shape.sizes().toString().replaceAll("[\\[\\] ]", "");
    }

    private static Shape shape(Path file, String text) {
        try {
            return Shape.of(java.util.Arrays.stream(text.split(",", 8))
                    .mapToInt(size -> Integer.parseInt(number(file, size)))
                    .toArray());
        } catch (IllegalArgumentException e) {
            throw new DataException("[" + file + "] " + e.getMessage(), e);
        }
    }

    private static String number(Path file, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new DataException("[" + file + "] expected a whole number but received '" + text + "'");
        }
        return text;
    }

    private static String field(Path file, SafeTensors.Content content, String key) {
        String value = content.metadata().get(key);
        if (value == null) {
            throw new DataException("[" + file + "] expected '" + key + "' in the header but there is "
                    + content.metadata().keySet());
        }
        return value;
    }
}
