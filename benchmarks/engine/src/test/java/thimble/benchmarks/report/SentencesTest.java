package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Config;
import thimble.benchmarks.Invented;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;

class SentencesTest {
    @Test
    void sentencesAreGolden() throws IOException {
        StringBuilder out = new StringBuilder();
        add(out, "as found", Invented.summary(), 0);
        add(out, "at 500", Invented.summary(), 500);
        add(out, "at 100", Invented.summary(), 100);
        add(out, "untuned", Summary.of(Invented.config(0), Invented.trials(), List.of()), 500);
        add(
                out,
                "baseline wins",
                of(trial -> List.of("dropout", "none", "forest").contains(trial.methods())),
                2000);
        add(out, "one loser", of(trial -> List.of("dropout", "forest").contains(trial.methods())), 2000);
        add(
                out,
                "nothing real",
                of(trial -> trial.methods().equals("dropout") || trial.methods().contains("adversarial")),
                2000);
        add(
                out,
                "some worse",
                of(trial -> trial.methods().equals("dropout")
                        || trial.methods().contains("adversarial")
                        || trial.methods().equals("none")),
                2000);
        add(out, "few repeats", of(trial -> trial.repeat() <= 3), 500);
        add(
                out,
                "one trial failed",
                changed(trial -> trial.repeat() == 2
                                && trial.size() == 100
                                && trial.methods().equals("none")
                        ? failed(trial)
                        : trial),
                500);
        Golden.check("sentences.txt", out.toString());
    }

    @Test
    void noForbiddenWords() {
        for (int size : Invented.summary().config().sizes()) {
            String page = Report.html(Invented.summary(), size).replaceAll("(?s)<(script|style)>.*?</\\1>", "");
            assertThat(page).doesNotContainPattern("(?i)significan|\\bequal\\b|\\btrend|slightly|% better");
        }
    }

    @Test
    void numbersAreWrittenAsPeopleReadThem() {
        assertThat(Numbers.fixed(-0.04, 1)).isEqualTo("0.0");
        assertThat(Numbers.fixed(-1.26, 1)).isEqualTo("−1.3");
        assertThat(Numbers.signed(1234.5, 1)).isEqualTo("+1,234.5");
        assertThat(Numbers.p(0.0004)).isEqualTo("<\u202f0.001");
        assertThat(Numbers.p(0.15449)).isEqualTo("0.154");
        assertThat(Numbers.two(7.94)).isEqualTo("7.9");
        assertThat(Numbers.two(0.031)).isEqualTo("0.03");
        assertThat(Numbers.two(131.2)).isEqualTo("131");
        assertThat(Numbers.about(613.7)).isEqualTo("610");
        assertThat(Numbers.about(1637)).isEqualTo("1,640");
        assertThat(Numbers.setting("6.0E-4")).isEqualTo("6e-4");
        assertThat(Numbers.setting("0.00125")).isEqualTo("1.25e-3");
        assertThat(Numbers.setting("50")).isEqualTo("50");
        assertThat(Numbers.setting("1000.0")).isEqualTo("1,000");
        assertThat(Numbers.setting("0.5")).isEqualTo("0.5");
        assertThat(Numbers.setting("input")).isEqualTo("input");
    }

    @Test
    void accuracyTakesTwoDecimalsWhereAHalfWidthWouldBeNothing() {
        assertThat(Numbers.of(Invented.summary()).decimals()).isEqualTo(1);
        Summary tight = changed(trial -> trial.size() == 2000 && trial.methods().equals("none")
                ? with(trial, 0.9655 + 1e-4 * (trial.repeat() % 2))
                : trial);
        assertThat(Numbers.of(tight).decimals()).isEqualTo(2);
    }

    private static void add(StringBuilder out, String title, Summary summary, int size) {
        Headline headline = size == 0 ? Headline.of(summary) : Headline.at(summary, size);
        View view = View.of(headline);
        Sentences sentences = Sentences.prose(headline, view.names());
        out.append("# ")
                .append(title)
                .append('\n')
                .append(sentences.answer().text())
                .append('\n')
                .append(String.join(" ", sentences.lede()))
                .append('\n');
        new KeyFigures(view)
                .figures()
                .forEach(figure -> out.append("  ")
                        .append(figure.value())
                        .append(" | ")
                        .append(figure.meaning())
                        .append(" | ")
                        .append(figure.detail())
                        .append('\n'));
        new MethodNotes(view)
                .notes()
                .forEach((name, text) ->
                        out.append("  ").append(name).append(": ").append(text).append('\n'));
        out.append('\n');
    }

    /** The invented comparison with some of its trials alone; arms and repeats without any leave the configuration too. */
    private static Summary of(Predicate<Trial> kept) {
        List<Trial> trials = Invented.trials().stream().filter(kept).toList();
        List<String> arms = trials.stream().map(Trial::methods).distinct().toList();
        int repeats = (int) trials.stream().mapToInt(Trial::repeat).distinct().count();
        return Summary.of(Invented.config(20, arms, repeats), trials, List.of());
    }

    private static Summary changed(UnaryOperator<Trial> change) {
        List<Trial> trials = new ArrayList<>(Invented.trials());
        trials.replaceAll(change);
        Config config = Invented.config(20);
        return Summary.of(config, trials, List.of());
    }

    private static Trial failed(Trial trial) {
        return new Trial(
                trial.dataset(),
                trial.model(),
                trial.methods(),
                trial.size(),
                trial.repeat(),
                trial.seed(),
                trial.backend(),
                trial.metric(),
                trial.hyperparameters(),
                0,
                java.util.Map.of(),
                java.util.Map.of(),
                0,
                Optional.of("diverged at step 3"));
    }

    private static Trial with(Trial trial, double accuracy) {
        return new Trial(
                trial.dataset(),
                trial.model(),
                trial.methods(),
                trial.size(),
                trial.repeat(),
                trial.seed(),
                trial.backend(),
                trial.metric(),
                trial.hyperparameters(),
                trial.steps(),
                java.util.Map.of("accuracy", accuracy),
                trial.train(),
                trial.seconds(),
                Optional.empty());
    }

    @Test
    void longNamesAreCutWhereThereIsNoRoom() {
        Names.Name name = new Names.Name("adversarial features (ε 0.1)", "+ dropout");
        assertThat(name.within(60)).isEqualTo(name);
        assertThat(name.within(30).whole()).isEqualTo("adversarial features (ε 0.1)");
        assertThat(name.within(21).whole()).isEqualTo("adversarial features…");
    }
}
