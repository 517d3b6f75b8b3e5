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
import thimble.data.DataException;
import thimble.tensor.Shape;

/**
 * Files in the safetensors format with F32 tensors and text as metadata. Sizes in a header are checked against the file
 * before use.
 */
final class SafeTensors {
    private static final int LONGEST_HEADER = 16 << 20;
    private static final int LARGEST = Integer.MAX_VALUE / 4;
    private static final String METADATA = "__metadata__";

    private SafeTensors() {}

    /**
     * What a file holds.
     *
     * @param metadata texts by key
     * @param weights tensors in the order of the file
     */
    record Content(Map<String, String> metadata, Weights weights) {}

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
                    for (Weights.Entry entry : content.weights().entries()) {
                        ByteBuffer bytes =
                                ByteBuffer.allocate(entry.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
                        bytes.asFloatBuffer().put(entry.values());
                        out.write(bytes.array());
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
        for (Weights.Entry entry : content.weights().entries()) {
            long end = offset + 4L * entry.values().length;
            json.append(Json.quote(entry.name()))
                    .append(":{\"dtype\":\"F32\",\"shape\":")
                    .append(entry.shape());
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
        record Stored(String name, Shape shape, long begin) {}
        List<Stored> stored = new ArrayList<>();
        for (Map.Entry<String, Object> entry : header.entrySet()) {
            Map<String, Object> fields = Json.object(file, entry.getKey(), entry.getValue());
            if (entry.getKey().equals(METADATA)) {
                fields.forEach((key, value) -> metadata.put(key, String.valueOf(value)));
                continue;
            }
            if (!"F32".equals(fields.get("dtype"))) {
                throw new DataException("[" + file + ", " + entry.getKey() + "] expected dtype F32 but received "
                        + fields.get("dtype"));
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
                    && offsets[1] == offsets[0] + 4 * elements
                    && offsets[1] <= size - data;
            if (!fits) {
                throw new DataException(
                        "[" + file + ", " + entry.getKey() + "] expected a shape and offsets inside " + (size - data)
                                + " bytes but received " + fields.get("shape") + " at " + fields.get("data_offsets"));
            }
            int[] shape =
                    java.util.Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
            stored.add(new Stored(entry.getKey(), Shape.of(shape), offsets[0]));
        }
        stored.sort(Comparator.comparingLong(Stored::begin));
        List<Weights.Entry> entries = new ArrayList<>();
        for (Stored one : stored) {
            float[] values = new float[one.shape().elements()];
            bytes(file, channel, data + one.begin(), 4 * values.length, size)
                    .asFloatBuffer()
                    .get(values);
            entries.add(new Weights.Entry(one.name(), one.shape(), values));
        }
        return new Content(metadata, new Weights(entries));
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
