package thimble.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thimble.data.DataException;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.tensor.Shape;

/** A signature among the texts of a stored model. */
final class SignatureText {
    private static final int MOST = 1 << 20;

    private SignatureText() {}

    static Stored write(Signature signature, Stored stored) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("example", text(signature.example()));
        List<String> names = names(signature.targets());
        texts.put("targets", signature.targets() instanceof Targets.Classes ? "classes" : "numbers");
        texts.put("target.count", Integer.toString(names.size()));
        IntStream.range(0, names.size()).forEach(i -> texts.put("target." + i, names.get(i)));
        FeatureText.write(signature.features(), texts);
        return stored.with(texts);
    }

    static Signature read(Stored stored) {
        int count = stored.whole("target.count", 1, MOST);
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> stored.text("target." + i))
                .toList();
        String kind = stored.text("targets");
        Targets targets = switch (kind) {
            case "classes" -> new Targets.Classes(names);
            case "numbers" -> new Targets.Numbers(names);
            default ->
                throw new DataException(
                        "[" + stored.kind() + ", targets] expected classes or numbers but received " + kind);
        };
        return new Signature(shape(stored, "example"), targets, FeatureText.read(stored));
    }

    private static List<String> names(Targets targets) {
        return switch (targets) {
            case Targets.Classes(List<String> classes) -> classes;
            case Targets.Numbers(List<String> numbers) -> numbers;
        };
    }

    /** Sizes joined by commas. */
    static String text(Shape shape) {
        return shape.sizes().stream().map(size -> Integer.toString(size)).collect(Collectors.joining(","));
    }

    static Shape shape(Stored stored, String key) {
        String text = stored.text(key);
        if (!text.matches("\\d{1,9}(,\\d{1,9}){0,7}")) {
            throw new DataException(
                    "[" + stored.kind() + ", " + key + "] expected sizes as in 3,32,32 but received '" + text + "'");
        }
        return Shape.of(
                Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
    }
}
