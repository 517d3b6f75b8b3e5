package thimble.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between packages and modules, and the rules that every source file keeps. */
class ArchitectureTest {
    /** The packages of api; each may use those to its left. */
    private static final List<String> API = List.of("tensor", "method", "backend", "data", "nn", "train", "inject");

    static final List<String> FOLDERS = List.of(
            "api",
            "backend-vector-cpu",
            "backend-tornado-gpu",
            "regularizers",
            "augmenters",
            "datasets",
            "benchmarks/engine",
            "cli");
    private static final String[] JDK = {"java..", "javax..", "jdk.."};
    private static final int LONGEST_FILE = 400;
    private static final Pattern COMMENTS_AND_LITERALS =
            Pattern.compile("(?s)//[^\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"|'(\\\\.|[^'\\\\\n])+'");
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s*(->|:)|\\bcase\\s+Op\\s+\\w+\\s*(->|:)");

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() {
        all = new ClassFileImporter()
                .importPaths(FOLDERS.stream()
                        .map(folder -> Path.of("..", folder, "target", "classes"))
                        .filter(Files::exists)
                        .toList());
    }

    @Test
    void everyModuleWasRead() {
        assertThat(all).hasSizeGreaterThan(200);
        for (String owner :
                List.of("tensor", "backend.vector", "regularizers", "augmenters", "datasets", "benchmarks", "cli")) {
            assertThat(all.that(resideInAPackage("thimble." + owner + "..")))
                    .as(owner)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensor", "method", "backend", "data", "nn", "train", "inject"})
    void thePackagesOfApiUseOnlyThoseBeforeThem(String name) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.."));
        API.subList(0, API.indexOf(name) + 1).forEach(earlier -> allowed.add("thimble." + earlier));
        if (name.equals("inject")) {
            allowed.add("com.google.inject..");
        }
        holds(classes()
                .that()
                .resideInAPackage("thimble." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new)));
    }

    @Test
    void modulesUseApiButNotEachOther() {
        String[] api = API.stream().map(name -> "thimble." + name).toArray(String[]::new);
        for (String owner :
                List.of("backend.vector", "backend.gpu", "regularizers", "augmenters", "datasets", "benchmarks")) {
            String own = "thimble." + owner + "..";
            holds(noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(resideInAPackage("thimble..")
                            .and(not(resideInAnyPackage(api)).and(not(resideInAPackage(own))))));
        }
        holds(noClasses()
                .that()
                .resideInAPackage("thimble.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "thimble.backend.vector..",
                        "thimble.backend.gpu..",
                        "thimble.regularizers..",
                        "thimble.augmenters.."));
    }

    @Test
    void backendsUseNeitherDataNorLayersNorTraining() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("thimble.backend.vector..", "thimble.backend.gpu..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("thimble.data..", "thimble.nn..", "thimble.train..", "thimble.inject.."));
    }

    @Test
    void theCpuBackendNeedsTheJdkAlone() {
        holds(noClasses()
                .that()
                .resideInAPackage("thimble.backend.vector..")
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage(JDK)).and(not(resideInAnyPackage("thimble..", "org.jspecify..")))));
    }

    @Test
    void thereAreNoCycles() {
        holds(slices().matching("thimble.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheCommandLinePrints() {
        holds(noClasses().that().resideOutsideOfPackage("thimble.cli..").should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void containersStayInTheirRooms() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("thimble.inject..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject.."));
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("thimble.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micronaut..", "picocli.."));
    }

    @Test
    void namesAreNouns() {
        holds(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Factory)|.*[.$]Abstract[A-Z]\\w*"));
    }

    @Test
    void everyModuleIsNullMarked() throws IOException {
        List<Path> modules = sources(file -> file.endsWith("/main/java/module-info.java"));
        assertThat(modules).hasSize(FOLDERS.size());
        for (Path module : modules) {
            assertThat(Files.readString(module)).as(module.toString()).contains("@NullMarked");
        }
    }

    @Test
    void filesAreShortAndFinished() throws IOException {
        List<Path> files = sources(file -> true);
        assertThat(files).hasSizeGreaterThan(150);
        for (Path file : files) {
            String text = Files.readString(file);
            assertThat(text.lines().count()).as("lines of " + file).isLessThanOrEqualTo(LONGEST_FILE);
            assertThat(text).as(file.toString()).doesNotContainPattern("\\b(TO" + "DO|FIX" + "ME)\\b");
        }
    }

    @Test
    void switchesOverOpNameEveryPrimitive() throws IOException {
        int found = 0;
        for (Path file : sources(file -> file.contains("/main/"))) {
            String text = COMMENTS_AND_LITERALS.matcher(Files.readString(file)).replaceAll("");
            for (String arms : switchesOverOp(text)) {
                found++;
                assertThat(DEFAULT.matcher(arms).find())
                        .as("a switch over Op with a default in " + file + ": " + arms)
                        .isFalse();
            }
        }
        assertThat(found).as("switches over Op").isGreaterThanOrEqualTo(6);
    }

    @Test
    void theScanSeesADefault() {
        String text = "switch (op) { case Op.Neg n -> { switch (x) { default -> 1; } } default -> 2; }";
        assertThat(switchesOverOp(text)).hasSize(1);
        assertThat(DEFAULT.matcher(switchesOverOp(text).getFirst()).find()).isTrue();
        assertThat(DEFAULT.matcher(switchesOverOp(text.replace("default -> 2;", ""))
                                .getFirst())
                        .find())
                .isFalse();
    }

    /** The arms of every switch with a primitive among its cases, without what stands inside their braces. */
    private static List<String> switchesOverOp(String text) {
        String primitive = text.contains("import thimble.tensor.Op.") ? "(Op\\.)?[A-Z]\\w*" : "Op\\.\\w+";
        Pattern arm = Pattern.compile("\\bcase\\s+" + primitive + "\\s*(\\(|\\w)");
        List<String> found = new ArrayList<>();
        Matcher start = Pattern.compile("\\bswitch\\s*\\(").matcher(text);
        while (start.find()) {
            String arms = outerText(text, text.indexOf('{', start.end()));
            if (arm.matcher(arms).find()) {
                found.add(arms);
            }
        }
        return found;
    }

    private static String outerText(String text, int brace) {
        StringBuilder outer = new StringBuilder();
        int depth = 0;
        for (int at = brace; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                break;
            }
            if (depth == 1) {
                outer.append(c);
            }
        }
        return outer.toString();
    }

    private static List<Path> sources(Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of("..", folder, "src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> wanted.test(file.toString().replace('\\', '/')))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(all);
    }
}
