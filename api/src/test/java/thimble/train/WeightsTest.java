package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.data.DataException;
import thimble.tensor.Shape;

class WeightsTest {
    @TempDir
    Path folder;

    private Path file(String header, int data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(folder.resolve("w.safetensors"), bytes.array());
    }

    @Test
    void whatIsWrittenIsRead() {
        Path file = folder.resolve("w.safetensors");
        new Weights(List.of(
                        new Weights.Entry("fc1.kernel", Shape.of(2, 2), new float[] {1, -0.0f, Float.MIN_VALUE, 3e38f}),
                        new Weights.Entry("quote\"\\\n", Shape.of(), new float[] {Float.NaN})))
                .save(file);
        Weights back = Weights.load(file);
        assertThat(back.entries()).extracting(Weights.Entry::name).containsExactly("fc1.kernel", "quote\"\\\n");
        assertThat(back.find("fc1.kernel").orElseThrow().values()).containsExactly(1, -0.0f, Float.MIN_VALUE, 3e38f);
        assertThat(back.entries().getLast().shape()).isEqualTo(Shape.of());
        assertThat(folder.toFile().list()).containsExactly("w.safetensors");
    }

    @Test
    void aFileOfAnotherToolIsRead() throws IOException {
        Path file = file(
                "{ \"b\" : {\"data_offsets\":[0, 4],\"dtype\":\"F32\",\"shape\":[1]},"
                        + " \"__metadata__\":{\"format\":\"pt\"} }  ",
                4);
        assertThat(Weights.load(file).entries()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}         | expected dtype F32, F64 or I32 but received F16
        {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}         | expected dtype F32 but received F64
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}         | expected a shape and offsets inside 8 bytes
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}        | expected a shape and offsets inside 8 bytes
        {"a":{"dtype":"F32","shape":[65536,65536,4],"data_offsets":[0,0]}} | expected a shape and offsets inside 8 bytes
        {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}         | expected a shape and offsets inside 8 bytes
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}        | expected a shape and offsets inside 8 bytes
        {"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}         | expected a list of whole numbers but received 1
        {"a":5}                                                        | expected an object but received 5
        {"a":{},"a":{}}                                                | expected each key once
        {"a":{"dtype":"F32"                                            | expected '}' but received the end
        {"a":[[[[[[1]]]]]]}                                            | expected at most 4 levels
        {"a":1e5}                                                      | expected ',' but received 'e'
        {} x                                                           | expected the end but received 'x'
        """)
    void aDamagedHeaderIsNamed(String header, String message) throws IOException {
        Path file = file(header, 8);
        assertThatThrownBy(() -> Weights.load(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void aDeclaredLengthIsNotTrusted() throws IOException {
        Path file = folder.resolve("long");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Long.MAX_VALUE)
                        .array());
        assertThatThrownBy(() -> Weights.load(file))
                .hasMessageContaining("offset 0] expected a header of 2 to 8 bytes");
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> Weights.load(file)).hasMessageContaining("expected 8 bytes but the file ends at 3");
        assertThatThrownBy(() -> Weights.load(folder.resolve("absent"))).isInstanceOf(DataException.class);
    }

    @Test
    void namesAndLengthsAreChecked() {
        Weights.Entry entry = new Weights.Entry("a", Shape.of(1), new float[1]);
        assertThatThrownBy(() -> new Weights(List.of(entry, entry))).hasMessageContaining("expected each name once");
        assertThatThrownBy(() -> new Weights.Entry("a", Shape.of(2), new float[1]))
                .hasMessage("[a] expected 2 numbers for [2] but received 1");
    }
}
