package thimble.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole comparison of six methods, three sizes and six repeats on MNIST, from the command to its report, beside the same 108 trainings
 * written with PyTorch alone, one after the other in one run. Arguments: the launcher ({@code ./thimble}), the folder with MNIST's IDX files,
 * processes and threads (2). The environment variable PYTHON names the interpreter.
 */
public final class WholeComparison {
    private static final String METHODS =
            "none,dropout:rate=0.2,dropout:rate=0.2+spectreg:lambda=5e-4,datagrad:lambda=0.05,l2:lambda=1e-3,label-smoothing";

    private WholeComparison() {}

    /** Prints both tables and the ratio of the times. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String launcher = args.length > 0 ? args[0] : "./thimble";
        Path mnist = Path.of(args.length > 1 ? args[1] : "mnist");
        String threads = args.length > 2 ? args[2] : "2";
        Path folder = Files.createTempDirectory("thimble-peers");
        Path script = folder.resolve("comparison.py");
        try (InputStream in = Optional.ofNullable(WholeComparison.class.getResourceAsStream("comparison.py"))
                .orElseThrow()) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        double here = seconds(ours(launcher, mnist, threads, folder.resolve("results")));
        String python = Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
        double there = seconds(List.of(python, script.toString(), mnist.toString(), threads));
        System.out.printf(Locale.ROOT, "%nThimble %.1f s, the script %.1f s, ratio %.2f%n", here, there, there / here);
        System.out.println("Thimble's report is in " + folder.resolve("results"));
    }

    private static List<String> ours(String launcher, Path mnist, String threads, Path results) {
        List<String> command = new ArrayList<>(List.of(launcher, "compare", "--quiet", "--backend", "cpu"));
        command.addAll(List.of("--dataset", "mnist"));
        command.addAll(
                List.of("--data-dir", mnist.toAbsolutePath().resolveSibling("").toString()));
        command.addAll(List.of("--model", "lenet5:init=glorot", "--methods", METHODS));
        command.addAll(List.of("--sizes", "100,300,1000", "--repeats", "6", "--steps", "500", "--batch", "50"));
        command.addAll(List.of("--threads", threads, "--out", results.toString()));
        return command;
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command.getFirst() + " ended with code " + code);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
