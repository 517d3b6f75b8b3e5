package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.method.Methods;

/** Methods that do not fit the model, the data or each other: said before anything is trained or written, with what to use. */
class UnfitMethodsTest {
    @TempDir
    private Path folder = Path.of("");

    private Path table = Path.of("");

    @BeforeEach
    void write(@TempDir Path other) throws IOException {
        StringBuilder rows = new StringBuilder("weight,size,kind\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i).append(',').append(i % 7).append(i % 2 == 0 ? ",cherry\n" : ",melon\n");
        }
        table = Files.writeString(other.resolve("fruit.csv"), rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "linear; adversarial-features; expected a model with hidden stages; models such as mlp have",
                "linear; manifold-mixup; expected a model with hidden stages; models such as mlp have",
                "linear; dropout; expected a model with hidden fully connected outputs; name a place with at=NAME",
                "mlp; spectreg:statistics=frozen; expected a model with batch normalisation to freeze; use"
                        + " statistics=batch",
                "mlp; datagrad:statistics=frozen; expected a model with batch normalisation to freeze; use"
                        + " statistics=batch",
                "mlp; cutmix; expected pictures; mixup fits all data",
                "mlp; r-drop; expected a random forward pass; put dropout or another noise before it",
                "mlp; l2-sp; expected pre-trained weights; towards=initial",
                "mlp; dropout:at=fc9; expected one of the layers; fc1",
                "mlp; dropconnect:at=fc9.kernel; expected a kernel; fc1.kernel",
                "mlp; mixup+manifold-mixup; expected a step without; leave one of them out",
                "mlp; sam+asam; expected a step without asam; leave one of them out",
                "mlp; ema+swa; expected a step without ema; leave one of them out",
                "mlp; l2:lambda=1e-3+l2:lambda=1e-4; expected one method of this name; leave one out",
                "mlp; cosine+focal; expected at most one; received 2",
                "mlp; adversarial-features:epsilon=-0.1; expected epsilon >= 0; received -0.1",
                "mlp; spectreg:lambda=Infinity; expected lambda >= 0; received Infinity",
                "mlp; mixup:alpha=-1; expected alpha >= 0; received -1.0",
                "mlp; label-smoothing:epsilon=1; expected epsilon in [0, 1); received 1.0",
            })
    void areRefusedWithTheReasonAndTheWayOut(String model, String methods, String reason, String instead) {
        for (String command : List.of("compare", "train")) {
            List<String> line = new ArrayList<>(List.of(command, "--data", table.toString(), "--model", model));
            line.addAll(List.of("--methods", methods, "--backend", "reference", "--steps", "1", "--quiet"));
            line.addAll(List.of("--out", folder.resolve("out").toString()));
            Invocation run = Invocation.of(line.toArray(String[]::new));
            assertThat(run.exit()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains(reason, instead).doesNotContain("fault of the program");
            assertThat(folder).isEmptyDirectory();
        }
    }

    /** Whatever a method of any kind calls its numbers: none may be NaN or far below zero. */
    @Test
    void everyNumberOfEveryKindHasARange() {
        MethodKinds.ALL
                .values()
                .forEach(kind -> Methods.discover(kind)
                        .forEach(method -> Methods.parameters(method).forEach(parameter -> {
                            List<String> bad = switch (parameter.type()) {
                                case "number" -> List.of("NaN", "-7.5");
                                case "integer" -> List.of("-7");
                                default -> List.of();
                            };
                            for (String value : bad) {
                                assertThatIllegalArgumentException()
                                        .isThrownBy(() -> Methods.parse(
                                                kind, method.name() + ":" + parameter.name() + "=" + value))
                                        .withMessageContaining(method.name())
                                        .withMessageContaining(parameter.name())
                                        .withMessageContaining(value);
                            }
                        })));
    }
}
