package thimble.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodsTest {
    enum Kind {
        MEAN,
        PER_BATCH
    }

    public record Sample(double rate, int count, boolean exact, Kind kind, String at) implements Method {
        public Sample() {
            this(0.5, 3, false, Kind.MEAN, "");
        }

        public Sample {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("[sample] expected 0 <= rate < 1 but received " + rate);
            }
        }

        @Override
        public String name() {
            return "sample";
        }

        @Override
        public String summary() {
            return "for tests";
        }
    }

    private static Sample with(String spec) {
        return Methods.with(new Sample(), Spec.parse(spec));
    }

    @Test
    void settingsReplaceDefaultsAndPrintBack() {
        String spec = "sample:rate=0.001,count=7,exact=true,kind=per-batch,at=fc1";
        assertThat(with(spec)).isEqualTo(new Sample(0.001, 7, true, Kind.PER_BATCH, "fc1"));
        assertThat(Methods.print(with(spec))).isEqualTo(spec);
        assertThat(Methods.print(new Sample())).isEqualTo("sample");
        assertThat(Methods.print(with("sample:rate=5e-5"))).isEqualTo("sample:rate=5e-5");
    }

    @Test
    void parametersShowTypesAndDefaults() {
        assertThat(Methods.parameters(new Sample(0.1, 1, true, Kind.PER_BATCH, "x")))
                .containsExactly(
                        new Methods.Parameter("rate", "number", "0.5"),
                        new Methods.Parameter("count", "integer", "3"),
                        new Methods.Parameter("exact", "flag", "false"),
                        new Methods.Parameter("kind", "mean|per-batch", "mean"),
                        new Methods.Parameter("at", "text", ""));
    }

    @Test
    void badSettingsSayWhatWasExpected() {
        assertThatThrownBy(() -> with("sample:rat=0.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[sample] unknown parameter 'rat'; did you mean 'rate'? There are: at, count, exact, kind,"
                        + " rate");
        assertThatThrownBy(() -> with("sample:count=1.5"))
                .hasMessage("[sample] expected count to be integer but received '1.5'");
        assertThatThrownBy(() -> with("sample:exact=yes"))
                .hasMessage("[sample] expected exact to be flag but received 'yes'");
        assertThatThrownBy(() -> with("sample:kind=other"))
                .hasMessage("[sample] expected kind to be mean|per-batch but received 'other'");
        assertThatThrownBy(() -> with("sample:rate=1")).hasMessage("[sample] expected 0 <= rate < 1 but received 1.0");
        assertThatThrownBy(() -> with("sample:rate=NaN"))
                .hasMessage("[sample] expected 0 <= rate < 1 but received NaN");
        assertThatThrownBy(() -> with("sample:rate=[0.1..0.5]")).hasMessageContaining("only compare tunes");
    }

    @Test
    void nearestNameIsSuggested() {
        List<String> known = List.of("spectreg", "datagrad", "dropout");
        assertThat(Methods.nearest("spectrge", known)).contains("spectreg");
        assertThat(Methods.nearest("dropuot", known)).contains("dropout");
        assertThat(Methods.nearest("zzzzzzzz", known)).isEmpty();
        assertThat(Methods.unknown("method", "spectrge", known))
                .isEqualTo(
                        "unknown method 'spectrge'; did you mean 'spectreg'? There are: datagrad, dropout, spectreg");
    }

    @Test
    void listsAndJoinsAreSplit() {
        assertThat(Spec.splitList("none,dropout:rate=0.5,at=fc1+l2:lambda=1e+3,forest"))
                .containsExactly("none", "dropout:rate=0.5,at=fc1+l2:lambda=1e+3", "forest");
        assertThat(Spec.parseJoined("dropout:rate=0.5,at=fc1+l2:lambda=1e+3").stream()
                        .map(Spec::toString))
                .containsExactly("dropout:rate=0.5,at=fc1", "l2:lambda=1e+3");
    }

    @Test
    void bracketsAreRanges() {
        Spec spec = Spec.parse("spectreg:lambda=[1e-5..1e-2],rate=[0.1|0.3|0.5]");
        assertThat(spec.tunable()).isTrue();
        assertThat(spec.settings().get("lambda")).isEqualTo(new Spec.Setting.Range(1e-5, 1e-2));
        assertThat(spec.settings().get("rate")).isEqualTo(new Spec.Setting.Choices(List.of("0.1", "0.3", "0.5")));
        assertThat(spec.with(Map.of("lambda", "3e-4", "rate", "0.3"))).hasToString("spectreg:lambda=3e-4,rate=0.3");
    }

    @Test
    void textThatIsNoSpecIsRefused() {
        assertThatThrownBy(() -> Spec.parse("")).hasMessage("[spec] expected name:key=value but received ''");
        assertThatThrownBy(() -> Spec.parse("l2:0.1"))
                .hasMessage("[spec] expected key=value in 'l2:0.1' but received '0.1'");
        assertThatThrownBy(() -> Spec.parse("l2:lambda=1,lambda=2")).hasMessageContaining("'lambda' twice");
        assertThatThrownBy(() -> Spec.parse("l2:lambda=[2..1]")).hasMessageContaining("0 < low < high");
        assertThatThrownBy(() -> Spec.parse("l2:lambda=[0..1]")).hasMessageContaining("0 < low < high");
        assertThatThrownBy(() -> Spec.parse("l2:lambda=[1]")).hasMessageContaining("[low..high] or [a|b|c]");
        assertThatThrownBy(() -> Spec.parse("l2:lambda=[1..2")).hasMessageContaining("closing ]");
    }
}
