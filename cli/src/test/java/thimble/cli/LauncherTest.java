package thimble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher among fakes: JDKs whose java prints how it was called, a Maven that writes an empty jar. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "cat", "dirname", "find", "head", "ln", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail", "touch");

    @TempDir
    Path folder;

    private Path checkout;
    private Path jar;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void fakes() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        checkout = Files.createDirectories(folder.resolve("check out"));
        Files.copy(Path.of("..", "thimble"), checkout.resolve("thimble"));
        jar = checkout.resolve("cli/target/thimble-cli-0.1.0.jar");
        source("pom.xml");
        source("cli/pom.xml");
        source("api/src/main/java/A.java");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path usual = Path.of("/usr/bin", tool);
            script(bin.resolve(tool), "exec " + (Files.exists(usual) ? usual : Path.of("/bin", tool)) + " \"$@\"");
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("HOMEBREW_PREFIX", folder.resolve("brew").toString());
        environment.put("THIMBLE_SEARCH_ROOT", folder.toString());
    }

    @Test
    void withoutAnyJdkItSaysWhatToInstall() throws Exception {
        assertThat(run("--version"))
                .isEqualTo(new Result(
                        69,
                        "",
                        "thimble: needs a JDK 25 (found: none); install any, for example Eclipse Temurin 25,"
                                + " or name its folder in THIMBLE_JAVA_HOME.\n"));
    }

    @Test
    void otherJdksAreNamed() throws Exception {
        jdk("usr/lib/jvm/java-17", "17.0.15");
        jdk("opt/jdk-24", "24");
        jdk("usr/lib/jvm/jdk-250", "250.1");
        assertThat(run("--version").error()).contains("(found: 17.0.15 250.1 24)");
    }

    @Test
    void aChosenFolderThatIsNoJdk25IsAnError() throws Exception {
        jdk("usr/lib/jvm/java-25", "25.0.3");
        Path wrong = jdk("mine", "17.0.15");
        environment.put("THIMBLE_JAVA_HOME", wrong.toString());
        assertThat(run("--version"))
                .isEqualTo(new Result(
                        69,
                        "",
                        "thimble: THIMBLE_JAVA_HOME expected a JDK 25 but received " + wrong + " (17.0.15).\n"));
        environment.put("THIMBLE_JAVA_HOME", folder.resolve("nowhere").toString());
        assertThat(run("--version").error()).contains("nowhere (no JDK)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"THIMBLE_JAVA_HOME", "JAVA_HOME"})
    void aJdkIsFoundByVariable(String variable) throws Exception {
        jdk("usr/lib/jvm/another", "25");
        built();
        Path jdk = jdk("my jdk", "25.0.3");
        environment.put(variable, jdk.toString());
        assertThat(run("--version").out()).startsWith(jdk.toString());
    }

    @Test
    void aWrongJavaHomeIsPassedOver() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("old", "17").toString());
        Path jdk = jdk("usr/lib/jvm/temurin-25", "25.0.3");
        assertThat(run("--version").out()).startsWith(jdk.toString());
    }

    @Test
    void aJdkIsFoundOnThePathThroughLinks() throws Exception {
        built();
        Path jdk = jdk("anywhere/jdk", "25.0.3");
        Path alternatives = Files.createSymbolicLink(folder.resolve("javac"), jdk.resolve("bin/javac"));
        Files.createSymbolicLink(folder.resolve("bin/javac"), alternatives);
        assertThat(run("--version").out()).startsWith(jdk.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25-jdk-amd64",
                "usr/lib64/jvm/java-25-openjdk",
                "usr/java/jdk-25",
                "opt/jdk-25",
                "opt/java/openjdk",
                "usr/local/java/25",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
                "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
                "brew/opt/openjdk@25/libexec",
                "home/.sdkman/candidates/java/25.0.3-tem",
                "home/.jdks/temurin-25.0.3",
                "home/.gradle/jdks/eclipse_adoptium-25",
                "home/.asdf/installs/java/temurin-25",
                "home/.local/share/mise/installs/java/25",
                "home/Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
            })
    void aJdkIsFoundInTheUsualFolders(String place) throws Exception {
        jdk("usr/lib/jvm/java-17", "17.0.15");
        built();
        Path jdk = jdk(place, "25.0.3");
        assertThat(run("--version").out()).startsWith(jdk.toString());
    }

    @Test
    void withoutMavenItSaysSo() throws Exception {
        jdk("opt/jdk", "25");
        assertThat(run("--version"))
                .isEqualTo(new Result(
                        69,
                        "",
                        "thimble: needs Maven 3.8.6 or newer to build itself; install it,"
                                + " for example with: apt install maven\n"));
    }

    @Test
    void theFirstStartBuildsAndLaterStartsDoNot() throws Exception {
        Path jdk = jdk("opt/jdk", "25");
        maven("mkdir -p cli/target; : > " + quoted(jar));
        Result first = run("--version");
        assertThat(first.code()).isZero();
        assertThat(first.error()).isEqualTo("thimble: first start: building, about a minute, needs the network once\n");
        assertThat(Files.readString(folder.resolve("maven-calls")))
                .isEqualTo(jdk + " -B -q -DskipTests -Dquick -pl cli -am package\n");
        assertThat(run("--version").error()).isEmpty();
        touch(checkout.resolve("api/src/main/java/A.java"), 60);
        assertThat(run("--version").error()).isEqualTo("thimble: sources have changed: building\n");
        assertThat(Files.readAllLines(folder.resolve("maven-calls"))).hasSize(2);
    }

    @Test
    void aFailedBuildShowsWhereItsLogIsAndHowItEnds() throws Exception {
        jdk("opt/jdk", "25");
        maven("echo '[ERROR] no network'; exit 1");
        Result result = run("--version");
        assertThat(result.code()).isEqualTo(70);
        assertThat(result.error())
                .endsWith("thimble: the build failed; the whole log is "
                        + checkout.toRealPath().resolve("target/build.log") + " and ends so:\n[ERROR] no network\n");
        assertThat(jar).doesNotExist();
        assertThat(checkout.resolve("target/build.log")).hasContent("[ERROR] no network");
    }

    @Test
    void aSecondStartWaitsForTheBuildOfTheFirst() throws Exception {
        jdk("opt/jdk", "25");
        maven("exit 1");
        Path lock = Files.createDirectories(checkout.resolve("target")).resolve("build.lock");
        Files.createSymbolicLink(
                lock, Path.of(Long.toString(ProcessHandle.current().pid())));
        Process second = start("--version");
        assertThat(second.errorReader(UTF_8).readLine())
                .isEqualTo("thimble: another start is building; waiting for it");
        built();
        Files.delete(lock);
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(folder.resolve("maven-calls")).doesNotExist();
    }

    @Test
    void theLockOfADeadStartIsTaken() throws Exception {
        jdk("opt/jdk", "25");
        maven("mkdir -p cli/target; : > " + quoted(jar));
        Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        dead.waitFor();
        Path lock = Files.createDirectories(checkout.resolve("target")).resolve("build.lock");
        Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
        assertThat(run("--version").code()).isZero();
        assertThat(lock).doesNotExist();
        assertThat(jar).exists();
    }

    @Test
    void itRunsFromAnyFolderThroughLinksAndKeepsTheArguments() throws Exception {
        jdk("opt/jdk", "25");
        built();
        Path link = Files.createSymbolicLink(folder.resolve("bin/start"), checkout.resolve("thimble"));
        Path other = Files.createSymbolicLink(folder.resolve("bin/thimble"), Path.of("start"));
        environment.put("THIMBLE_JAVA_OPTS", "-Xmx1g -ea");
        Result result = result(
                process(other, folder, "compare", "--data", "my pictures", "").start());
        Path home = checkout.toRealPath();
        assertThat(link).isSymbolicLink();
        assertThat(result.out().lines().toList())
                .startsWith(folder.resolve("opt/jdk").toString(), folder.toString())
                .containsSubsequence(
                        "-Xmx1g",
                        "-ea",
                        "-p",
                        home.resolve("cli/target/thimble-cli-0.1.0.jar") + ":" + home.resolve("cli/target/lib") + ":"
                                + home.resolve("cli/target/backends"))
                .endsWith("-m", "thimble.cli/thimble.cli.Main", "compare", "--data", "my pictures", "");
    }

    @Test
    void onlyHelpIsRunWithoutBackendsAndOptimisingCompiler() throws Exception {
        jdk("opt/jdk", "25");
        built();
        for (String[] arguments : new String[][] {{}, {"compare", "--help"}, {"--version"}, {"methods", "l2"}}) {
            assertThat(run(arguments).out()).contains("-XX:TieredStopAtLevel=1").doesNotContain("backends");
        }
        assertThat(run("compare").out()).doesNotContain("-XX:TieredStopAtLevel").contains("/cli/target/backends");
    }

    @Test
    void jarsOfTheUserStandOnTheModulePathForHelpAndAllElse() throws Exception {
        jdk("opt/jdk", "25");
        built();
        environment.put("THIMBLE_PATH", "own.jar:more");
        assertThat(run("methods").out()).contains("/cli/target/lib:own.jar:more\n");
        assertThat(run("compare").out()).contains("/cli/target/backends:own.jar:more\n");
    }

    @Test
    void theGpuIsReachedThroughTornadoVmWhereItsSdkIs() throws Exception {
        jdk("opt/jdk", "25");
        built();
        Path sdk = sdk("sdk", "jdk25");
        Files.writeString(sdk.resolve("tornado-argfile"), "");
        environment.put("TORNADOVM_HOME", sdk.toString());
        for (String[] arguments : new String[][] {
            {"compare", "--backend", "gpu"},
            {"compare", "--backend=gpu:runtime=tornado,device=1"},
            {"backends"},
            {"backends", "--check", "gpu"}
        }) {
            assertThat(run(arguments).out().lines().toList())
                    .containsSubsequence(
                            "@" + sdk.resolve("tornado-argfile"),
                            "-Dtornado.recover.bailout=False",
                            "-Dtornado.tvm.maxbytecodesize=65536",
                            "-p")
                    .anyMatch(line -> line.endsWith("/cli/target/backends:" + sdk + "/share/java/tornado"))
                    .endsWith(arguments);
        }
        for (String[] arguments : new String[][] {
            {"compare"}, {"compare", "--backend", "cpu"}, {"compare", "--backend", "gpu:device=1,runtime=opencl"}
        }) {
            assertThat(run(arguments).out()).doesNotContain("tornado-argfile", "share/java/tornado");
        }
    }

    @Test
    void sdkmansTornadoVmIsFoundAndItsTemplateKnowsWhereItIs() throws Exception {
        jdk("opt/jdk", "25");
        built();
        Path sdk = sdk("home/.sdkman/candidates/tornadovm/current", "jdk22plus");
        Files.writeString(sdk.resolve("tornado-argfile.template"), "--module-path ${TORNADOVM_HOME}/share\n");
        Path argfile = checkout.toRealPath().resolve("cli/target/tornado-argfile");
        assertThat(run("compare", "--backend", "gpu").out()).contains("@" + argfile + "\n");
        assertThat(argfile).hasContent("--module-path " + sdk + "/share\n");
    }

    @Test
    void anSdkThatCannotBeUsedIsNamed() throws Exception {
        jdk("opt/jdk", "25");
        built();
        environment.put("TORNADOVM_HOME", sdk("old", "jdk21").toString());
        Result old = run("compare", "--backend", "gpu");
        assertThat(old.error())
                .isEqualTo(
                        "thimble: goes without TornadoVM: " + folder.resolve("old") + " is made for JDK 21, not 25\n");
        assertThat(old.out()).contains("/cli/target/backends\n");
        environment.put("TORNADOVM_HOME", sdk("bare", "jdk25").toString());
        assertThat(run("backends").error()).endsWith("there is no " + folder.resolve("bare/tornado-argfile") + "\n");
        environment.put("TORNADOVM_HOME", folder.resolve("nowhere").toString());
        assertThat(run("backends").out()).contains("/cli/target/backends\n");
    }

    /** A folder like that of TornadoVM's SDK, without an argfile. */
    private Path sdk(String place, String kind) throws IOException {
        Path jars = Files.createDirectories(folder.resolve(place).resolve("share/java/tornado"));
        Files.writeString(jars.resolve("tornado-api-5.2.0-" + kind + ".jar"), "");
        return folder.resolve(place);
    }

    private record Result(int code, String out, String error) {}

    private Result run(String... arguments) throws Exception {
        return result(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
        return process(checkout.resolve("thimble"), checkout, arguments).start();
    }

    private ProcessBuilder process(Path launcher, Path working, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(working.toFile());
        process.environment().clear();
        process.environment().putAll(environment);
        return process;
    }

    private static Result result(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, error);
    }

    /** A JDK whose java prints its home, the working folder and every argument, one a line. */
    private Path jdk(String place, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(place));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "exit 1");
        script(home.resolve("bin/java"), "echo " + quoted(home) + "; pwd; for a in \"$@\"; do echo \"$a\"; done");
        return home;
    }

    private void maven(String body) throws IOException {
        script(
                folder.resolve("bin/mvn"),
                "echo \"$JAVA_HOME $*\" >> " + quoted(folder.resolve("maven-calls")) + "\n" + body);
    }

    private void built() throws IOException {
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
    }

    private void source(String file) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        for (Path p = path; !p.equals(checkout); p = p.getParent()) {
            touch(p, -3600);
        }
    }

    private static void touch(Path path, int seconds) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(Duration.ofSeconds(seconds))));
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        file.toFile().setExecutable(true);
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }
}
