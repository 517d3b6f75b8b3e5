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
import java.util.List;
import java.util.Optional;
import thimble.benchmarks.speed.StepCase;
import thimble.tensor.Shape;

/** PyTorch in a process of its own, which waits while this one works. The environment variable PYTHON names its interpreter. */
final class PyTorch implements StepPeer {
    private final Path folder;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    PyTorch(int threads) throws IOException {
        folder = Files.createTempDirectory("thimble-peers");
        Path script = folder.resolve("peer.py");
        try (InputStream in = Optional.ofNullable(PyTorch.class.getResourceAsStream("peer.py"))
                .orElseThrow()) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        String python = Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
        process = new ProcessBuilder(python, script.toString(), Integer.toString(threads))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public String name() throws IOException {
        return "PyTorch " + ask("version");
    }

    @Override
    public boolean makes(String model, String kind) {
        return true;
    }

    @Override
    public void load(StepCase about, List<Shape> shapes, float[][] values, double... strengths) throws IOException {
        load("step " + about.model() + " " + about.batch() + " " + strengths[0] + " " + strengths[1], values);
    }

    @Override
    public float[] gradients(String kind, int count) throws IOException {
        return values("gradients " + kind, count);
    }

    /** Sends a command whose last argument is a file with these values. */
    void load(String command, float[]... values) throws IOException {
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
        ask(command + " " + file);
    }

    /** What a command writes to a file, its last argument. */
    float[] values(String command, int count) throws IOException {
        Path file = folder.resolve("results");
        ask(command + " " + file);
        float[] values = new float[count];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    @Override
    public double microseconds(String kind, int runs) throws IOException {
        return Double.parseDouble(ask("time " + kind + " " + runs).split(" ")[0]);
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
