package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.train.Regularizer;

/** What holds for all methods: names, specs, golden graphs, strength zero, messages. */
class EveryMethodTest {
    private static Regularizer parse(String spec) {
        return Methods.parse(Regularizer.class, spec);
    }

    private static Stream<String> names() {
        return Methods.discover(Regularizer.class).stream().map(Method::name);
    }

    @Test
    void allAreFoundByName() {
        assertThat(names())
                .contains(
                        "adversarial-features",
                        "asam",
                        "cutmix",
                        "datagrad",
                        "decoupled",
                        "dropconnect",
                        "dropout",
                        "elastic",
                        "ema",
                        "gaussian-noise",
                        "gradual-unfreezing",
                        "jacobian",
                        "l1",
                        "l2",
                        "l2-sp",
                        "label-smoothing",
                        "layerwise-decay",
                        "layerwise-rate",
                        "manifold-mixup",
                        "max-norm",
                        "mixup",
                        "r-drop",
                        "sam",
                        "spectreg",
                        "swa",
                        "vat");
    }

    @Test
    void classPathAndModulePathDeclareTheSame() throws IOException {
        String services = "/META-INF/services/" + Regularizer.class.getName();
        try (InputStream file = Objects.requireNonNull(L2.class.getResourceAsStream(services))) {
            List<String> declared = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(Methods.discover(Regularizer.class))
                    .extracting(method -> method.getClass().getName())
                    .containsExactlyInAnyOrderElementsOf(declared);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void specsAreReadBack(String name) {
        Regularizer method = parse(name);
        assertThat(parse(Methods.print(method))).isEqualTo(method);
        assertThat(method.summary()).isNotBlank().doesNotEndWith(".");
    }

    /** Those that act on the step of a small network alone; the others have golden graphs in tests of their own. */
    private static Stream<String> plainNames() {
        return names().filter(name -> !List.of("cutmix", "r-drop").contains(name));
    }

    @ParameterizedTest
    @MethodSource("plainNames")
    void theStepIsTheGoldenGraph(String name) {
        new TracedStep(TracedStep.mlp(), parse(name.equals("layerwise-decay") ? "layerwise-decay:ratios=0.5/1" : name))
                .checkGolden(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adversarial-features:beta=0",
                "asam:rho=0",
                "datagrad:lambda=0",
                "decoupled:lambda=0",
                "dropconnect:rate=0",
                "dropout:rate=0",
                "elastic:lambda1=0,lambda2=0",
                "ema:decay=0",
                "gaussian-noise:sigma=0",
                "gaussian-noise:sigma=0,multiplicative=true,at=hidden",
                "gradual-unfreezing:until=0",
                "jacobian:lambda=0",
                "l1:lambda=0",
                "l1:lambda=0,proximal=true",
                "l2:lambda=0",
                "l2-sp:alpha=0,beta=0",
                "l2-sp:alpha=0,beta=0,towards=initial",
                "label-smoothing:epsilon=0",
                "dropconnect:rate=0,perExample=true",
                "layerwise-decay:lambda=0,ratios=0.5/1",
                "layerwise-rate:factor=1",
                "manifold-mixup:alpha=0",
                "mixup:alpha=0",
                "sam:rho=0",
                "spectreg:lambda=0",
                "swa:start=1",
                "vat:alpha=0"
            })
    void strengthZeroIsTheGraphWithoutMethod(String spec) {
        assertThat(new TracedStep(TracedStep.mlp(), parse(spec)).text()).isEqualTo(TracedStep.plain());
    }

    @Test
    void anotherStrengthIsTheSameGraph() {
        for (List<String> pair : List.of(
                List.of("spectreg:lambda=1e-4", "spectreg:lambda=1e-2"),
                List.of("dropout:rate=0.2", "dropout:rate=0.7"),
                List.of("l1:lambda=1e-4,proximal=true", "l1:lambda=1e-2,proximal=true"),
                List.of("adversarial-features:epsilon=0.1,xi=0.1", "adversarial-features:epsilon=0.2,beta=0.5"),
                List.of("layerwise-decay:ratios=0.5/1", "layerwise-decay:lambda=1,ratios=0.7/1"),
                List.of("sam:rho=0.1", "sam:rho=1"),
                List.of("asam:rho=0.1,eta=0.1", "asam:rho=1,eta=0.2"),
                List.of("swa:start=0.5", "swa:start=0.9,every=3"),
                List.of("l2-sp:alpha=1", "l2-sp:alpha=2"),
                List.of("layerwise-rate:factor=0.1", "layerwise-rate:factor=0.9"),
                List.of("gradual-unfreezing:until=0.1", "gradual-unfreezing:until=0.9"),
                List.of("max-norm:bound=1", "max-norm:bound=2"),
                List.of("mixup:alpha=0.2", "mixup:alpha=2"),
                List.of("manifold-mixup:alpha=0.2", "manifold-mixup:alpha=2"),
                List.of("jacobian:lambda=0.1", "jacobian:lambda=1"),
                List.of("vat:epsilon=0.5", "vat:alpha=2,xi=0.1"))) {
            String first = new TracedStep(TracedStep.mlp(), parse(pair.get(0))).text();
            assertThat(new TracedStep(TracedStep.mlp(), parse(pair.get(1))).text())
                    .as(pair.get(1))
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "l2:lambda=-1; [l2] expected lambda >= 0 but received -1.0",
                "l2:lambda=NaN; [l2] expected lambda >= 0 but received NaN",
                "l1:lambda=Infinity; [l1] expected lambda >= 0 but received Infinity",
                "elastic:lambda2=-1; [elastic] expected lambda2 >= 0 but received -1.0",
                "decoupled:lambda=-1; [decoupled] expected lambda >= 0 but received -1.0",
                "layerwise-decay:lambda=-1; [layerwise-decay] expected lambda >= 0 but received -1.0",
                "layerwise-decay:band=0.5; [layerwise-decay] expected band >= 1 but received 0.5",
                "layerwise-decay:decay=1; [layerwise-decay] expected decay in [0, 1) but received 1.0",
                "layerwise-decay:samples=0; [layerwise-decay] expected samples >= 1 but received 0",
                "max-norm:bound=0; [max-norm] expected bound > 0 but received 0.0",
                "sam:rho=-1; [sam] expected rho >= 0 but received -1.0",
                "asam:rho=NaN; [asam] expected rho >= 0 but received NaN",
                "asam:eta=-1; [asam] expected eta >= 0 but received -1.0",
                "swa:start=1.5; [swa] expected start in [0, 1] but received 1.5",
                "swa:every=0; [swa] expected every >= 1 but received 0",
                "l2-sp:alpha=-1; [l2-sp] expected alpha >= 0 but received -1.0",
                "l2-sp:beta=NaN; [l2-sp] expected beta >= 0 but received NaN",
                "l2-sp:towards=zero; [l2-sp] expected towards to be pretrained|initial but received 'zero'",
                "layerwise-rate:factor=2; [layerwise-rate] expected factor in [0, 1] but received 2.0",
                "gradual-unfreezing:until=-1; [gradual-unfreezing] expected until in [0, 1] but received -1.0",
                "ema:decay=1; [ema] expected decay in [0, 1) but received 1.0",
                "dropout:rate=1; [dropout] expected rate in [0, 1) but received 1.0",
                "dropout:rate=NaN; [dropout] expected rate in [0, 1) but received NaN",
                "dropconnect:rate=-0.1; [dropconnect] expected rate in [0, 1) but received -0.1",
                "gaussian-noise:sigma=-1; [gaussian-noise] expected sigma in [0, 1000] but received -1.0",
                "label-smoothing:epsilon=1; [label-smoothing] expected epsilon in [0, 1) but received 1.0",
                "spectreg:lambda=-1; [spectreg] expected lambda >= 0 but received -1.0",
                "spectreg:projections=0; [spectreg] expected projections >= 1 but received 0",
                "jacobian:lambda=-1; [jacobian] expected lambda >= 0 but received -1.0",
                "vat:epsilon=-1; [vat] expected epsilon >= 0 but received -1.0",
                "vat:alpha=NaN; [vat] expected alpha >= 0 but received NaN",
                "vat:xi=0; [vat] expected xi in (0, 1] but received 0.0",
                "vat:xi=2; [vat] expected xi in (0, 1] but received 2.0",
                "vat:iterations=0; [vat] expected iterations >= 1 but received 0",
                "mixup:alpha=-1; [mixup] expected alpha in [0, 1000] but received -1.0",
                "mixup:alpha=1001; [mixup] expected alpha in [0, 1000] but received 1001.0",
                "manifold-mixup:alpha=-1; [manifold-mixup] expected alpha in [0, 1000] but received -1.0",
                "manifold-mixup:alpha=1e9; [manifold-mixup] expected alpha in [0, 1000] but received 1.0E9",
                "cutmix:alpha=0; [cutmix] expected alpha in (0, 1000] but received 0.0",
                "cutmix:alpha=1e9; [cutmix] expected alpha in (0, 1000] but received 1.0E9",
                "gaussian-noise:sigma=1e9; [gaussian-noise] expected sigma in [0, 1000] but received 1.0E9",
                "cutmix:probability=1.5; [cutmix] expected probability in [0, 1] but received 1.5",
                "r-drop:alpha=-1; [r-drop] expected alpha >= 0 but received -1.0",
                "datagrad:lambda=NaN; [datagrad] expected lambda >= 0 but received NaN",
                "adversarial-features:epsilon=-1; [adversarial-features] expected epsilon in [0, 1] but received -1.0",
                "adversarial-features:epsilon=1.5; [adversarial-features] expected epsilon in [0, 1] but received 1.5",
                "adversarial-features:xi=0; [adversarial-features] expected xi in (0, 1] but received 0.0",
                "adversarial-features:iterations=0; [adversarial-features] expected iterations >= 1 but received 0"
            })
    void badNumbersAreRefused(String spec, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(spec)).withMessage(message);
    }

    /** Whatever a method calls its numbers: none may be NaN or far below zero. */
    @ParameterizedTest
    @MethodSource("names")
    void everyNumberHasARange(String name) {
        for (Methods.Parameter parameter : Methods.parameters(parse(name))) {
            List<String> bad = switch (parameter.type()) {
                case "number" -> List.of("NaN", "-7.5", "-Infinity");
                case "integer" -> List.of("-7");
                default -> List.of();
            };
            for (String value : bad) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> parse(name + ":" + parameter.name() + "=" + value))
                        .withMessageMatching("\\[" + name + "] expected " + parameter.name() + ".*" + value + ".*");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"sam, asam", "swa, ema"})
    void methodsThatReplaceTheSameThingExcludeEachOther(String one, String other) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), parse(other), parse(one)))
                .withMessage(
                        "[" + one + "] expected a step without " + other + " but received both; leave one of them out");
    }
}
