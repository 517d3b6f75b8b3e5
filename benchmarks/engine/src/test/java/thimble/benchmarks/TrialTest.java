package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final String LINE =
            "{\"schema\":1,\"dataset\":\"mnist\",\"model\":\"lenet\",\"methods\":\"dropout+datagrad:lambda=[1..200]\","
                + "\"size\":500,\"repeat\":2,\"seed\":3,\"backend\":\"cpu\",\"metric\":\"accuracy\","
                + "\"hyperparameters\":{\"dropout.rate\":0.5,\"datagrad.lambda\":50,\"lr\":0.001,\"at\":\"input\"},\"steps\":2000,"
                + "\"test\":{\"accuracy\":0.941,\"loss\":0.25},\"train\":{\"accuracy\":1.0,\"loss\":0.125},\"gap\":0.125,\"seconds\":7.9,\"status\":\"ok\"}";

    @Test
    void lineHasTheContractsKeysInOrder() {
        assertThat(trial(Optional.empty()).line()).isEqualTo(LINE);
    }

    @Test
    void lineIsReadBackEqual() throws Exception {
        assertThat(Trial.of(Json.parse(LINE))).isEqualTo(trial(Optional.empty()));
    }

    @Test
    void failedTrialHasReasonAndNoValue() throws Exception {
        Trial failed = new Trial(
                "mnist",
                "lenet",
                "none",
                500,
                1,
                1,
                "cpu",
                "accuracy",
                Map.of(),
                0,
                Map.of(),
                Map.of(),
                0,
                Optional.of("loss is NaN"));
        assertThat(failed.line())
                .endsWith(
                        "\"steps\":0,\"test\":{},\"train\":{},\"gap\":null,\"seconds\":0.0,\"status\":\"failed\",\"reason\":\"loss"
                            + " is NaN\"}");
        assertThat(failed.value()).isEmpty();
        assertThat(Trial.of(Json.parse(failed.line()))).isEqualTo(failed);
    }

    @Test
    void anotherSchemaIsRefused() {
        assertThatThrownBy(() -> Trial.of(Json.parse("{\"schema\":2}")))
                .hasMessageContaining("expected schema 1 but received 2");
    }

    private static Trial trial(Optional<String> failure) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("dropout.rate", "0.5");
        chosen.put("datagrad.lambda", "50.0");
        chosen.put("lr", "1e-3");
        chosen.put("at", "input");
        Map<String, Double> test = new LinkedHashMap<>();
        test.put("accuracy", 0.941);
        test.put("loss", 0.25);
        Map<String, Double> train = new LinkedHashMap<>();
        train.put("accuracy", 1.0);
        train.put("loss", 0.125);
        return new Trial(
                "mnist",
                "lenet",
                "dropout+datagrad:lambda=[1..200]",
                500,
                2,
                3,
                "cpu",
                "accuracy",
                chosen,
                2000,
                test,
                train,
                7.9,
                failure);
    }
}
