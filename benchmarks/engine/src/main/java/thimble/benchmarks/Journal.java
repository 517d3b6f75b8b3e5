package thimble.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A file of JSON lines that only grows: each line reaches the disk before {@link #append} returns, and a torn last line is cut off. */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens for appending; bytes after the last line end, left by a killed process, are cut off. */
    public static Journal open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0 && channel.read(one.clear(), end - 1) == 1 && one.get(0) != '\n') {
            end--;
        }
        if (end < channel.size()) {
            channel.truncate(end);
            channel.force(true);
        }
        channel.position(channel.size());
        return new Journal(file, channel);
    }

    /** All whole lines; one that is not JSON of the expected form names file and line. */
    public static <T> List<T> read(Path file, Function<JsonNode, T> form) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        List<T> values = new ArrayList<>();
        int number = 0;
        for (int start = 0, end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
            number++;
            try {
                values.add(form.apply(Json.parse(text.substring(start, end))));
            } catch (JsonProcessingException | IllegalArgumentException damage) {
                throw new StoreException(
                        "[" + file + ":" + number + "] expected a line of results but received: " + damage.getMessage(),
                        damage);
            }
        }
        return values;
    }

    /** Appends a line, given without its end; on the disk when this returns. */
    public synchronized void append(String line) {
        try {
            long start = channel.position();
            try {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException full) {
                channel.truncate(start);
                throw full;
            }
        } catch (IOException failure) {
            throw new StoreException("[results] cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
