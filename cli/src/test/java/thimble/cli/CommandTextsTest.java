package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.method.Method;
import thimble.method.Methods;

/** What the program says of itself, and of command lines that are wrong. */
class CommandTextsTest {
    private static final String ESCAPE = "\u001b[";

    @TempDir
    private Path folder = Path.of("");

    private Path table = Path.of("");

    @BeforeEach
    void write(@TempDir Path other) throws IOException {
        StringBuilder rows = new StringBuilder("weight,kind\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i).append(i % 3 == 0 ? ",cherry\n" : i % 3 == 1 ? ",melon\n" : ",plum\n");
        }
        table = Files.writeString(other.resolve("fruit.csv"), rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare",
                "train",
                "predict",
                "inspect",
                "evaluate",
                "reproduce",
                "methods",
                "datasets",
                "backends",
                "bench",
                "completion"
            })
    void helpOfEveryCommand(String command) throws IOException {
        Invocation help = Invocation.of(command, "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        Golden.check("help/" + command + ".txt", help.out());
    }

    @Test
    void helpOfTheProgramShowsTheCommandsOfEveryDayFirst() throws IOException {
        Invocation help = Invocation.of("--help");
        assertThat(help.exit()).isZero();
        Golden.check("help/thimble.txt", help.out());
        assertThat(Invocation.of()).as("without arguments").isEqualTo(help);
        List<String> words =
                help.out().lines().map(line -> line.strip().split("\\s+")[0]).toList();
        assertThat(words)
                .containsSubsequence("Commands:", "compare", "train", "predict", "inspect", "More:", "methods");
    }

    @Test
    void listOfMethods() throws IOException {
        Golden.check("methods.txt", Invocation.of("methods").out());
    }

    /** Family names, then where, then the year; several separated by semicolons. */
    @Test
    void everyMethodIsShownWithParametersDefaultsAndSource() {
        String all = Invocation.of("methods", "--full").out();
        String json = Invocation.of("methods", "--json").out();
        MethodKinds.ALL.forEach((title, kind) -> {
            assertThat(Methods.discover(kind)).as(title).isNotEmpty();
            for (Method method : Methods.discover(kind)) {
                assertThat(method.source())
                        .as(method.name())
                        .matches("[^:;]+: [^;]*(18|19|20)\\d\\d(; [^:;]+: [^;]*(19|20)\\d\\d)*");
                assertThat(all).contains(Invocation.of("methods", method.name()).out());
                assertThat(all).contains(method.name() + "  " + method.summary() + "\nsource: " + method.source());
                assertThat(json).contains('"' + method.source() + '"');
            }
        });
    }

    @Test
    void wrongCommandLines() throws IOException {
        String[][] lines = {
            {"compair"},
            {"compare", "--sise", "10"},
            {"compare", "--sizes", "ten"},
            {"compare", "--sizes", "2"},
            {"compare", "--sizes", "500"},
            {"compare", "--repeats"},
            {"compare", "--repeats", "0"},
            {"compare", "--dataset", "glyfs"},
            {"compare", "--dataset", "glyphs", "--data", "x"},
            {"compare", "--data", "there-is-none"},
            {"compare", "--methods", "dropuot"},
            {"compare", "--methods", "dropout:rte=0.5"},
            {"compare", "--methods", "dropout:rate=1"},
            {"compare", "--methods", "spectreg:lambda=-1"},
            {"compare", "--methods", "l2:lambda=NaN"},
            {"compare", "--methods", "l2:lambda=[1e-4..1e-2]"},
            {"compare", "--methods", "none,none"},
            {"compare", "--model", "lenett"},
            {"compare", "--optimizer", "adamm"},
            {"compare", "--loss", "cosin"},
            {"compare", "--augment", "afine"},
            {"compare", "--backend", "cpuu"},
            {"compare", "--metric", "acuracy"},
            {"compare", "--metric", "rmse"},
            {"compare", "--test", "1.5"},
            {"compare", "--test", "cv:x"},
            {"compare", "--lr", "fast"},
            {"compare", "--epochs", "1", "--steps", "1"},
            {"compare", "--batch", "0"},
            {"compare", "--tune", "-1"},
            {"compare", "--threads", "-1"},
            {"compare", "--resume"},
            {"train", "--methods", "ensemble", "--resume"},
            {"train", "--resume"},
            {"predict"},
            {"predict", "none.model", "x.csv"},
            {"evaluate", "none.model"},
            {"inspect", "--top", "-1"},
            {"methods", "spectrag"},
            {"datasets", "fetsch"},
            {"datasets", "fetch"},
            {"datasets", "fetch", "glyphs"},
            {"datasets", "info", "iriss"},
            {"backends", "--check", "refrence"},
            {"bench", "--backend", "cpuu"},
            {"bench", "--threads", "-1"},
            {"bench", "konv"},
            {"completion", "fish"},
        };
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            assertThat(folder).as(String.join(" ", line)).isEmptyDirectory();
            Invocation run = Invocation.of(inFolder(line));
            assertThat(run.exit()).as(String.join(" ", line)).isBetween(1, 2);
            assertThat(run.out()).as(String.join(" ", line)).isEmpty();
            text.append("$ thimble ")
                    .append(String.join(" ", line))
                    .append('\n')
                    .append(run.err());
            text.append("exit ").append(run.exit()).append("\n\n");
        }
        assertThat(text).doesNotContain("fault of the program");
        // What exists stands in other golden files; a further method shall not change every message.
        String stable =
                text.toString().replace(folder.toString(), "FOLDER").replaceAll("There are: [^\n]*", "There are: …");
        Golden.check("mistakes.txt", stable);
        assertThat(folder).isEmptyDirectory();
    }

    /** A small table, small trainings and results in the test's folder, unless the line says otherwise. */
    private String[] inFolder(String[] line) {
        boolean trains = line[0].equals("compare") || line[0].equals("train");
        if (!trains) {
            return line;
        }
        List<String> given = List.of(line);
        List<String> all = new ArrayList<>(given);
        if (!given.contains("--dataset") && !given.contains("--data")) {
            all.addAll(List.of("--data", table.toString()));
        }
        if (!given.contains("--backend")) {
            all.addAll(List.of("--backend", "reference"));
        }
        if (!given.contains("--steps") && !given.contains("--batch") && !given.contains("--epochs")) {
            all.addAll(List.of("--steps", "1"));
        }
        all.addAll(List.of("--quiet", "--out", folder.resolve("out").toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void coloursAreForTerminalsWithoutNoColor() {
        assertThat(Invocation.of(Map.of(), true, "methods", "l2").out()).contains(ESCAPE);
        assertThat(Invocation.of(Map.of("NO_COLOR", "1"), true, "methods", "l2").out())
                .doesNotContain(ESCAPE);
        assertThat(Invocation.of(Map.of("NO_COLOR", ""), true, "methods", "l2").out())
                .contains(ESCAPE);
        assertThat(Invocation.of(Map.of("TERM", "dumb"), true, "methods", "l2").out())
                .doesNotContain(ESCAPE);
        assertThat(Invocation.of(Map.of(), false, "methods", "l2").out()).doesNotContain(ESCAPE);
        assertThat(Invocation.of(Map.of("NO_COLOR", "1"), true, "--help").out()).doesNotContain(ESCAPE);
        assertThat(Invocation.of(Map.of("NO_COLOR", "1"), true, "nonsense").err())
                .doesNotContain(ESCAPE);
    }

    @Test
    void coloursLoseNothing() {
        String plain = Invocation.of(Map.of("NO_COLOR", "1"), true, "--help").out();
        String coloured = Invocation.of(Map.of(), true, "--help").out();
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionIsAScriptThatTheShellReads(String shell) throws Exception {
        Invocation script = Invocation.of("completion", shell);
        assertThat(script.exit()).isZero();
        assertThat(script.out()).contains("compare", "--methods", "--sizes", "datasets");
        assumeTrue(installed(shell), "needs " + shell + " on the path");
        Path file = Files.writeString(folder.resolve("completion"), script.out());
        Process check =
                new ProcessBuilder(shell, "-n", file.toString()).inheritIO().start();
        assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assumeTrue(installed("bash"), "needs bash on the path");
        Path file = Files.writeString(
                folder.resolve("completion"),
                Invocation.of("completion", "bash").out());
        assertThat(completed(file, "thimble com", "com", 1)).contains("compare", "completion");
        assertThat(completed(file, "thimble compare --met", "--met", 2)).containsExactly("--methods", "--metric");
    }

    private static List<String> completed(Path script, String line, String word, int index) throws Exception {
        String program = "source '" + script + "'; COMP_LINE='" + line + "'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("
                + line + "); COMP_CWORD=" + index
                + "; compopt() { :; }; _complete_thimble; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).isZero();
        return out.lines().filter(found -> found.startsWith(word)).sorted().toList();
    }

    private static boolean installed(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
