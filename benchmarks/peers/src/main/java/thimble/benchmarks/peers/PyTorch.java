package thimble.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** PyTorch in a process of its own, which waits while this one works. */
final class PyTorch implements AutoCloseable {
    private final Path folder;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    PyTorch(int batch, int threads, double spectreg, double datagrad) throws IOException {
        folder = Files.createTempDirectory("thimble-peers");
        Path script = folder.resolve("lenet.py");
        try (InputStream in = Optional.ofNullable(PyTorch.class.getResourceAsStream("lenet.py"))
                .orElseThrow()) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        String python = Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
        process = new ProcessBuilder(python, script.toString(), "" + batch, "" + threads, "" + spectreg, "" + datagrad)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Gives parameters, inputs, targets and signs, in this order. */
    void load(float[]... values) throws IOException {
        Path file = folder.resolve("values");
        int count = 0;
        for (float[] part : values) {
            count += part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] part : values) {
            for (float value : part) {
                bytes.putFloat(value);
            }
        }
        Files.write(file, bytes.array());
        ask("load " + file);
    }

    /** Gradients of all parameters for one kind of step. */
    float[] gradients(String kind, int count) throws IOException {
        Path file = folder.resolve("gradients");
        ask("gradients " + kind + " " + file);
        float[] gradients = new float[count];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(gradients);
        return gradients;
    }

    /** Shortest time of a step, in microseconds. */
    double time(String kind, int steps) throws IOException {
        return Double.parseDouble(ask("time " + kind + " " + steps).split(" ")[0]);
    }

    private String ask(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(
                    "the peer ended; is PyTorch installed (Debian: python3-torch)? PYTHON names the interpreter");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
