package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
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
                "mlp; cosine+focal; expected at most one loss; received cosine and focal",
                "mlp; early-stopping:share=0.1+early-stopping; expected one method of this name; leave one out",
                "mlp; bagging+ensemble; expected at most one ensemble; leave one of them out",
                "mlp; forest+ntk; expected at most one learner; leave one of them out",
                "mlp; adversarial-features:epsilon=-0.1; expected epsilon in [0, 1]; received -0.1",
                "mlp; adversarial-features:epsilon=2; expected epsilon in [0, 1]; received 2.0",
                "mlp; manifold-mixup:alpha=1e4; expected alpha in [0, 1000]; received 10000.0",
                "mlp; layerwise-decay:ratios=0.5; expected one ratio for each of 3 kernels; join them by /",
                "mlp; affine; expected pictures; mixup and gaussian-noise fit all data",
                "mlp; crop-flip; expected pictures; mixup and gaussian-noise fit all data",
                "mlp; erasing; expected pictures; mixup and gaussian-noise fit all data",
                "mlp; categorical-noise; only numbers in [weight, size]; gaussian-noise",
                "mlp; feature-noise; expected data with a known decoder; gaussian-noise fits all data",
                "lenet5; pca:components=2; received [2,1,1]; [2,1,1] is what pca makes of [2]: leave pca out",
                "mlp; spectreg:lambda=Infinity; expected lambda >= 0; received Infinity",
                "mlp; mixup:alpha=-1; expected alpha in [0, 1000]; received -1.0",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--methods cosine; [cosine] expected classes; mean-squared-error fits them",
                "--methods focal; [focal] expected classes; mean-squared-error fits them",
                "--loss binary-cross-entropy; [binary-cross-entropy] expected classes; mean-squared-error fits them",
                "--methods bagging:combine=vote; expected combine=average; [weight]",
                "--methods logistic-regression; expected classes; forest predicts numbers",
                "--methods ensemble+logistic-regression; expected classes; forest predicts numbers",
            })
    void numbersAreNoClasses(String methods, String reason, String instead) {
        bothRefuse("--data " + table + " --label weight " + methods, reason, instead);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--methods affine+affine; [affine] expected one method of this name; leave one out",
                "--augment affine,affine; [affine] expected one augmenter of this name; leave one out",
                "--augment affine --methods affine; [affine] expected one augmenter of this name; leave one out",
                "--methods affine+feature-noise; received it after affine; put feature-noise first",
                "--augment erasing --methods feature-noise; received it after erasing; put feature-noise first",
                "--columns a; [columns] expected --data with a CSV file; leave --columns out",
                "--label a; [label] expected --data with a CSV file; leave --label out",
                "--group a; [group] expected --data with a CSV file; leave --group out",
            })
    void picturesHaveRulesOfTheirOwn(String options, String reason, String instead) {
        bothRefuse("--dataset glyphs " + options, reason, instead);
    }

    @Test
    void columnsOfPicturesAreACrop() throws IOException {
        refuses("compare --columns a", "expected --data with a CSV file", "by --crop");
        for (String kind : List.of("nut", "seed")) {
            Path picture = Files.createDirectories(
                            table.resolveSibling("pictures").resolve(kind))
                    .resolve("1.png");
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
        }
        String pictures = "--data " + table.resolveSibling("pictures");
        refuses("compare " + pictures + " --group a", "'pictures' with examples [1,8,8]", "leave --group out");
    }

    @Test
    void synthesizersNeedPicturesAndFactorsNeedNoSynthesizer() {
        refuses("compare --dataset glyphs --methods cgan+feature-noise", "cgan adds others", "leave one of them out");
        refuses("compare --data " + table + " --methods cgan", "[cgan] expected pictures", "fit all data");
    }

    @Test
    void filesOfALossAreReadBeforeAnyTraining() {
        Path nowhere = folder.resolve("nofile.csv");
        Invocation run = run("compare --data " + table + " --methods none,cosine:embeddings=" + nowhere);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("[" + nowhere + "] expected a file with one row per class");
        assertThat(folder).isEmptyDirectory();
    }

    private void bothRefuse(String options, String reason, String instead) {
        refuses("compare " + options, reason, instead);
        refuses("train " + options, reason, instead);
    }

    private void refuses(String line, String reason, String instead) {
        Invocation run = run(line);
        assertThat(run.exit()).as(line + ": " + run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).as(line).contains(reason, instead).doesNotContain("fault of the program");
        assertThat(folder).isEmptyDirectory();
    }

    private Invocation run(String line) {
        return Invocation.of(
                (line + " --backend reference --steps 1 --quiet --out " + folder.resolve("out")).split(" "));
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
