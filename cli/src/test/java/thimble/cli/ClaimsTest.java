package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.experiments.Experiments;
import thimble.benchmarks.reproduction.Experiment;

/** Every claim has its line, and what the line names exists. */
class ClaimsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.+?) \\| (.+?) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern VERDICT =
            Pattern.compile("holds(: .+)?|partly(: .+)?|not(: .+)?|not run yet|not tested: .+");

    private record Claim(int number, String shownBy, String ours, String verdict) {}

    private static List<Claim> claims;
    private static Set<String> tests;

    @BeforeAll
    static void read() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(ROOT.resolve("docs/claims.md")));
        claims = rows.results()
                .map(row -> new Claim(Integer.parseInt(row.group(1)), row.group(3), row.group(4), row.group(5)))
                .toList();
        try (Stream<Path> files = Files.walk(ROOT, 16)) {
            tests = files.map(Path::toString)
                    .map(file -> file.replace('\\', '/'))
                    .filter(file -> file.contains("src/test/java") && file.endsWith("Test.java")
                            || file.contains("peers/src/main/java") && file.endsWith(".java"))
                    .map(file -> Path.of(file).getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> named(Claim claim) {
        return NAMED.matcher(claim.shownBy())
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void everyClaimHasOneLineInOrder() {
        assertThat(claims.stream().map(Claim::number))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 59).boxed().toList());
    }

    @Test
    void everyTestAndExperimentNamedExists() {
        List<String> experiments =
                Experiments.all().stream().map(Experiment::name).toList();
        for (Claim claim : claims) {
            for (String name : named(claim)) {
                if (name.startsWith("thimble reproduce ")) {
                    assertThat(experiments)
                            .as("claim " + claim.number())
                            .contains(name.substring("thimble reproduce ".length()));
                } else {
                    assertThat(tests).as("claim " + claim.number()).contains(name);
                }
            }
        }
    }

    @Test
    void everyVerdictSaysWhy() {
        for (Claim claim : claims) {
            assertThat(claim.verdict()).as("claim " + claim.number()).matches(VERDICT);
            if (claim.verdict().matches("holds.*|partly|not|not: .*|not run yet")) {
                assertThat(named(claim)).as("claim " + claim.number()).isNotEmpty();
            }
            if (claim.verdict().startsWith("holds")) {
                assertThat(claim.ours()).as("claim " + claim.number()).isNotEqualTo("–");
            }
        }
    }

    @Test
    void everyExperimentAnswersAClaim() {
        Set<String> answered =
                claims.stream().flatMap(claim -> named(claim).stream()).collect(Collectors.toSet());
        assertThat(Experiments.all())
                .allSatisfy(experiment -> assertThat(answered).contains("thimble reproduce " + experiment.name()));
    }
}
