package thimble.train;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import thimble.data.DataException;
import thimble.data.Stored;
import thimble.tensor.Shape;

/**
 * Files in the safetensors format with F32, F64 and I32 tensors and text as metadata. Sizes in a header are checked against the file
 * before use.
 */
final class SafeTensors {
    private static final int LONGEST_HEADER = 16 << 20;
    private static final int LARGEST = Integer.MAX_VALUE / 8;
    private static final List<String> TYPES = List.of("F32", "F64", "I32");
    private static final String METADATA = "__metadata__";

    private SafeTensors() {}

    /**
     * What a file holds.
     *
     * @param metadata texts by key
     * @param numbers tensors in the order of the file
     */
    record Content(Map<String, String> metadata, SequencedMap<String, Stored.Numbers> numbers) {
        /** All tensors as weights. Throws {@link DataException} with the name of the file if one is not F32. */
        Weights weights(Path file) {
            try {
                return SafeTensors.weights(numbers);
            } catch (DataException e) {
                throw new DataException("[" + file + "] " + e.getMessage(), e);
            }
        }
    }

    /** Weights as tensors. */
    static SequencedMap<String, Stored.Numbers> numbers(Weights weights) {
        SequencedMap<String, Stored.Numbers> numbers = new LinkedHashMap<>();
        weights.entries()
                .forEach(entry -> numbers.put(entry.name(), new Stored.Numbers.Floats(entry.shape(), entry.values())));
        return numbers;
    }

    /** Tensors as weights. Throws {@link DataException} if one is not of 32-bit floating point. */
    static Weights weights(Map<String, Stored.Numbers> numbers) {
        List<Weights.Entry> entries = new ArrayList<>();
        numbers.forEach((name, tensor) -> {
            if (!(tensor instanceof Stored.Numbers.Floats(Shape shape, float[] values))) {
                throw new DataException("[" + name + "] expected dtype F32 but received " + type(tensor));
            }
            entries.add(new Weights.Entry(name, shape, values));
        });
        return new Weights(entries);
    }

    /** Name of the type of numbers. */
    static String type(Stored.Numbers numbers) {
        return switch (numbers) {
            case Stored.Numbers.Floats _ -> "F32";
            case Stored.Numbers.Doubles _ -> "F64";
            case Stored.Numbers.Integers _ -> "I32";
        };
    }

    /** Raw little-endian numbers. */
    static byte[] bytes(Stored.Numbers numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.shape().elements() * width(type(numbers)))
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (numbers) {
            case Stored.Numbers.Floats(Shape _, float[] values) ->
                bytes.asFloatBuffer().put(values);
            case Stored.Numbers.Doubles(Shape _, double[] values) ->
                bytes.asDoubleBuffer().put(values);
            case Stored.Numbers.Integers(Shape _, int[] values) ->
                bytes.asIntBuffer().put(values);
        }
        return bytes.array();
    }

    private static int width(String type) {
        return type.equals("F64") ? 8 : 4;
    }

    /** Writes beside the file, forces to disk, and renames, so that a reader sees the old or the new file. */
    static void write(Path file, Content content) {
        byte[] header = header(content).getBytes(StandardCharsets.UTF_8);
        Path target = file.toAbsolutePath();
        try {
            Path beside = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
            try {
                try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                    OutputStream out = java.nio.channels.Channels.newOutputStream(channel);
                    out.write(ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .array());
                    out.write(header);
                    for (Stored.Numbers numbers : content.numbers().values()) {
                        out.write(bytes(numbers));
                    }
                    channel.force(true);
                }
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("[" + file + "] could not be written: " + e.getMessage(), e);
        }
    }

    private static String header(Content content) {
        StringBuilder json = new StringBuilder("{");
        if (!content.metadata().isEmpty()) {
            json.append(Json.quote(METADATA)).append(":{");
            content.metadata()
                    .forEach((key, value) -> json.append(Json.quote(key))
                            .append(':')
                            .append(Json.quote(value))
                            .append(','));
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        long offset = 0;
        for (Map.Entry<String, Stored.Numbers> entry : content.numbers().entrySet()) {
            String type = type(entry.getValue());
            Shape shape = entry.getValue().shape();
            long end = offset + (long) width(type) * shape.elements();
            json.append(Json.quote(entry.getKey()))
                    .append(":{\"dtype\":\"")
                    .append(type)
                    .append("\",\"shape\":")
                    .append(shape);
            json.append(",\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]},");
            offset = end;
        }
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        json.append('}');
        while (json.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            json.append(' ');
        }
        return json.toString();
    }

    static Content read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer length = bytes(file, channel, 0, 8, size);
            long headerLength = length.getLong();
            if (headerLength < 2 || headerLength > LONGEST_HEADER || headerLength > size - 8) {
                throw new DataException("[" + file + ", offset 0] expected a header of 2 to "
                        + Math.min(LONGEST_HEADER, size - 8) + " bytes but received " + headerLength);
            }
            String text = StandardCharsets.UTF_8
                    .decode(bytes(file, channel, 8, (int) headerLength, size))
                    .toString();
            return content(file, channel, 8 + headerLength, size, Json.parse(file, text));
        } catch (NoSuchFileException e) {
            throw new DataException("[" + file + "] expected a file of weights but there is nothing of this name", e);
        } catch (IOException e) {
            throw new DataException("[" + file + "] could not be read: " + e.getMessage(), e);
        }
    }

    private static Content content(Path file, FileChannel channel, long data, long size, Map<String, Object> header)
            throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        record Placed(String name, String type, Shape shape, long begin) {}
        List<Placed> placed = new ArrayList<>();
        for (Map.Entry<String, Object> entry : header.entrySet()) {
            Map<String, Object> fields = Json.object(file, entry.getKey(), entry.getValue());
            if (entry.getKey().equals(METADATA)) {
                fields.forEach((key, value) -> metadata.put(key, String.valueOf(value)));
                continue;
            }
            String type = String.valueOf(fields.get("dtype"));
            if (!TYPES.contains(type)) {
                throw new DataException(
                        "[" + file + ", " + entry.getKey() + "] expected dtype F32, F64 or I32 but received " + type);
            }
            long[] sizes = Json.numbers(file, entry.getKey(), fields.get("shape"));
            long[] offsets = Json.numbers(file, entry.getKey(), fields.get("data_offsets"));
            long elements = 1;
            for (long axis : sizes) {
                elements = axis < 1 || elements < 1 || axis > LARGEST / elements ? 0 : elements * axis;
            }
            boolean fits = elements >= 1
                    && offsets.length == 2
                    && offsets[0] >= 0
                    && offsets[1] == offsets[0] + width(type) * elements
                    && offsets[1] <= size - data;
            if (!fits) {
                throw new DataException(
                        "[" + file + ", " + entry.getKey() + "] expected a shape and offsets inside " + (size - data)
                                + " bytes but received " + fields.get("shape") + " at " + fields.get("data_offsets"));
            }
            int[] shape =
                    java.util.Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
            placed.add(new Placed(entry.getKey(), type, Shape.of(shape), offsets[0]));
        }
        placed.sort(Comparator.comparingLong(Placed::begin));
        SequencedMap<String, Stored.Numbers> numbers = new LinkedHashMap<>();
        for (Placed one : placed) {
            int count = one.shape().elements();
            ByteBuffer bytes = bytes(file, channel, data + one.begin(), width(one.type()) * count, size);
            numbers.put(one.name(), numbers(one.type(), one.shape(), bytes));
        }
        return new Content(metadata, numbers);
    }

    private static Stored.Numbers numbers(String type, Shape shape, ByteBuffer bytes) {
        int count = shape.elements();
        switch (type) {
            case "F64" -> {
                double[] values = new double[count];
                bytes.asDoubleBuffer().get(values);
                return new Stored.Numbers.Doubles(shape, values);
            }
            case "I32" -> {
                int[] values = new int[count];
                bytes.asIntBuffer().get(values);
                return new Stored.Numbers.Integers(shape, values);
            }
            default -> {
                float[] values = new float[count];
                bytes.asFloatBuffer().get(values);
                return new Stored.Numbers.Floats(shape, values);
            }
        }
    }

    private static ByteBuffer bytes(Path file, FileChannel channel, long offset, int count, long size)
            throws IOException {
        if (offset + count > size) {
            throw new DataException(
                    "[" + file + ", offset " + offset + "] expected " + count + " bytes but the file ends at " + size);
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new DataException(
                        "[" + file + ", offset " + offset + "] expected " + count + " bytes but received fewer");
            }
        }
        return buffer.flip();
    }
}
