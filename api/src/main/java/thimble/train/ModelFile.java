package thimble.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import thimble.data.DataException;
import thimble.data.Stored;

/**
 * A stored model as one safetensors file: numbers as tensors, texts as metadata, and what belongs to a part under {@code @PART/}. A
 * checksum over all of it stands beside the version.
 */
final class ModelFile {
    private static final String VERSION = "2";
    private static final String HEADING = "thimble.model";
    private static final String CHECKSUM = "checksum";
    private static final String KIND = "kind";
    private static final int DEEPEST = 8;

    private ModelFile() {}

    static void save(Stored stored, Path file) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        SequencedMap<String, Stored.Numbers> numbers = new LinkedHashMap<>();
        flatten("", stored, texts, numbers);
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put(HEADING, VERSION);
        metadata.put(CHECKSUM, checksum(texts, numbers));
        metadata.putAll(texts);
        SafeTensors.write(file, new SafeTensors.Content(metadata, numbers));
    }

    private static void flatten(
            String path, Stored stored, Map<String, String> texts, Map<String, Stored.Numbers> numbers) {
        texts.put(path + KIND, stored.kind());
        stored.texts().forEach((key, text) -> texts.put(path + key, text));
        stored.numbers().forEach((name, values) -> numbers.put(path + name, values));
        stored.parts().forEach((name, part) -> flatten(path + "@" + name + "/", part, texts, numbers));
    }

    /** Reads what a file holds and makes something of it; whatever is wrong then is said with the name of the file. */
    static <T> T load(Path file, Function<Stored, T> reader) {
        SafeTensors.Content content = SafeTensors.read(file);
        SequencedMap<String, String> texts = new LinkedHashMap<>(content.metadata());
        String version = texts.remove(HEADING);
        if (!VERSION.equals(version)) {
            throw new DataException("[" + file + "] expected a model of version " + VERSION + " but received "
                    + (version == null ? "another kind of file" : "version " + version));
        }
        String checksum = texts.remove(CHECKSUM);
        String found = checksum(texts, content.numbers());
        if (!found.equals(checksum)) {
            throw new DataException("[" + file + "] expected checksum " + checksum + " but received " + found
                    + "; the file is damaged");
        }
        try {
            return reader.apply(nested(texts, content.numbers(), DEEPEST));
        } catch (DataException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DataException("[" + file + "] " + e.getMessage(), e);
        }
    }

    private static Stored nested(Map<String, String> texts, Map<String, Stored.Numbers> numbers, int deep) {
        if (deep == 0) {
            throw new DataException("expected at most " + DEEPEST + " parts inside each other");
        }
        SequencedMap<String, SequencedMap<String, String>> textsBelow = new LinkedHashMap<>();
        SequencedMap<String, SequencedMap<String, Stored.Numbers>> numbersBelow = new LinkedHashMap<>();
        SequencedMap<String, String> own = split(texts, textsBelow);
        SequencedMap<String, Stored.Numbers> ownNumbers = split(numbers, numbersBelow);
        SequencedMap<String, Stored> parts = new LinkedHashMap<>();
        textsBelow.forEach((part, inside) ->
                parts.put(part, nested(inside, numbersBelow.getOrDefault(part, new LinkedHashMap<>()), deep - 1)));
        String kind = own.remove(KIND);
        if (kind == null) {
            throw new DataException("expected '" + KIND + "' in the header but there is " + own.keySet());
        }
        return new Stored(kind, own, ownNumbers, parts);
    }

    /** What stands at this level; what belongs to a part goes below. */
    private static <T> SequencedMap<String, T> split(Map<String, T> all, Map<String, SequencedMap<String, T>> below) {
        SequencedMap<String, T> own = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            int slash = key.startsWith("@") ? key.indexOf('/') : -1;
            if (slash < 0) {
                own.put(key, value);
            } else {
                below.computeIfAbsent(key.substring(1, slash), _ -> new LinkedHashMap<>())
                        .put(key.substring(slash + 1), value);
            }
        });
        return own;
    }

    private static String checksum(Map<String, String> texts, Map<String, Stored.Numbers> numbers) {
        CRC32 sum = new CRC32();
        texts.forEach((key, text) -> {
            add(sum, key);
            add(sum, text);
        });
        numbers.forEach((name, values) -> {
            add(sum, name);
            add(sum, SafeTensors.type(values) + values.shape());
            sum.update(SafeTensors.bytes(values));
        });
        return Long.toHexString(sum.getValue());
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }
}
