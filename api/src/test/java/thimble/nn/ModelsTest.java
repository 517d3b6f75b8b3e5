package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.data.Part;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class ModelsTest {
    private static final Shape DIGIT = Shape.of(1, 28, 28);

    private static Shape shape(String text) {
        return Shape.of(Stream.of(text.split("x")).mapToInt(Integer::parseInt).toArray());
    }

    private static Trace trace(Layer model, Shape example) {
        return Trace.of(model, Tensor.batch("input", example.withFirst(2)), Tensor.constant(1, Shape.of(2, 1)), true);
    }

    @ParameterizedTest
    @CsvSource({
        "linear, 1x28x28, 7850",
        "mlp:hidden=300-100, 1x28x28, 266610",
        "mlp, 4, 18442",
        "lenet, 1x28x28, 431080",
        "lenet:norm=batch, 1x28x28, 431650",
        "lenet5, 1x28x28, 44426",
        "'lenet:channels=6-16,hidden=120-84', 1x28x28, 44426",
        "'lenet:channels=6-16,hidden=120', 1x28x28, 34622",
        "'lenet:channels=8,hidden=30x2', 1x28x28, 36038",
        "lenet5, 1x8x8, 21386",
        "lenet, 3x32x32, 657080",
        "resnet8, 3x32x32, 78042",
        "resnet20, 3x32x32, 272474",
        "'wide-resnet:depth=10,width=1', 3x32x32, 77850",
        "wide-resnet, 3x32x32, 10961370",
        "'wide-resnet:depth=28,width=10', 3x32x32, 36479194",
        "mlp:hidden=200x5, 1x28x28, 319810",
        "mlp:hidden=300-20x2, 4, 8150",
        "gru, 140x1, 13514",
    })
    void parameterCounts(String spec, String example, long parameters) {
        Network network = Models.parse(spec, shape(example), 10);
        assertThat(Models.parameters(network, shape(example))).isEqualTo(parameters);
        assertThat(trace(network, shape(example)).output().shape()).isEqualTo(Shape.of(2, 10));
    }

    @ParameterizedTest
    @CsvSource({"1x28x28, lenet", "1x8x8, lenet", "1x6x9, mlp", "4, mlp", "140x1, gru", "500x3, mlp"})
    void autoFitsTheShape(String example, String spec) {
        assertThat(Models.parse("auto", shape(example), 3).spec()).isEqualTo(spec);
    }

    @Test
    void hiddenStagesOfLenetAreItsPoolsAndFullyConnectedLayers() {
        assertThat(trace(Models.parse("lenet", DIGIT, 10), DIGIT).taps())
                .extracting(tap -> tap.name() + " " + tap.kind())
                .containsExactly(
                        "conv1 INNER",
                        "pool1 MAP",
                        "conv2 INNER",
                        "pool2 MAP",
                        "flatten INNER",
                        "fc1 HIDDEN",
                        "out INNER",
                        "output OUTPUT");
    }

    @Test
    void stagesOfAResidualNetworkAreItsBlocks() {
        Shape example = Shape.of(3, 8, 8);
        assertThat(trace(Models.parse("resnet8", example, 10), example).taps().stream()
                        .filter(tap -> tap.kind() == Tap.Kind.MAP || tap.kind() == Tap.Kind.HIDDEN)
                        .map(Tap::name))
                .containsExactly("conv1", "block1", "block2", "block3");
    }

    @Test
    void aModelPrintsItselfAndHasALine() {
        Network network = Models.parse("mlp:hidden=3", Shape.of(4), 2);
        assertThat(network.line(Shape.of(4))).isEqualTo("mlp:hidden=3, 23 parameters");
        assertThat(network.toString()).isEqualTo("""
            Network[spec=mlp:hidden=3, layers=Sequential[
              flatten=Flatten[]
              fc1=Linear[outputs=3, norm=NONE, activation=RELU, kernel=HeNormal[]]
              out=Linear[outputs=2, norm=NONE, activation=IDENTITY, kernel=GlorotUniform[]]]]\
            """);
        assertThat(network).isEqualTo(Models.parse("mlp:hidden=3", Shape.of(4), 2));
    }

    @Test
    void firstValuesAreChosenForAllLayers() {
        for (String model : List.of("mlp:hidden=4x2", "lenet", "lenet5")) {
            String joined = model.contains(":") ? model + "," : model + ":";
            assertThat(kernels(joined + "init=he")).containsOnly(Initializers.HE_NORMAL);
            assertThat(kernels(joined + "init=glorot")).containsOnly(Initializers.GLOROT_UNIFORM);
            List<Initializer> usual = kernels(model);
            assertThat(usual.getLast()).isEqualTo(Initializers.GLOROT_UNIFORM);
            assertThat(usual.subList(0, usual.size() - 1)).containsOnly(Initializers.HE_NORMAL);
        }
    }

    private static List<Initializer> kernels(String spec) {
        return trace(Models.parse(spec, DIGIT, 10), DIGIT).parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.KERNEL)
                .map(Parameter::initializer)
                .toList();
    }

    @Test
    void stagesOfAWideNetworkAreItsBlocks() {
        Shape example = Shape.of(3, 8, 8);
        assertThat(trace(Models.parse("wide-resnet:depth=10,width=1", example, 10), example).taps().stream()
                        .filter(tap -> tap.kind() == Tap.Kind.MAP || tap.kind() == Tap.Kind.HIDDEN)
                        .map(Tap::name))
                .containsExactly("block1", "block2", "relu");
    }

    @Test
    void severalInputsGetABranchEach() {
        List<Part> parts = List.of(
                new Part("picture", Shape.of(1, 8, 8)),
                new Part("series", Shape.of(5, 2)),
                new Part("table", Shape.of(3)));
        Network network = Models.parse("auto", parts, Shape.of(77), 2);
        Trace trace = trace(network, Shape.of(77));
        assertThat(trace.output().shape()).isEqualTo(Shape.of(2, 2));
        assertThat(trace.parameters())
                .extracting(Parameter::name)
                .contains("parts.picture.conv1.kernel", "parts.series.input.kernel");
    }

    @Test
    void whatDoesNotFitSaysWhatDoes() {
        assertThatThrownBy(() -> Models.parse("lenet", Shape.of(4), 3))
                .hasMessage("[lenet] expected pictures [channels, height, width] but received [4]; mlp and linear fit"
                        + " tables");
        assertThatThrownBy(() -> Models.parse("lenet", Shape.of(1, 3, 9), 3))
                .hasMessage("[lenet] expected pictures of at least 4x4 but received [1,3,9]; mlp and linear fit any"
                        + " pictures");
        assertThatThrownBy(() -> Models.parse("gru", DIGIT, 3))
                .hasMessageStartingWith("[gru] expected sequences [time, features]");
        assertThatThrownBy(() -> Models.parse("lenett", DIGIT, 3)).hasMessageContaining("did you mean 'lenet'?");
        assertThatThrownBy(() -> Models.parse("mlp:hidden=3-x", DIGIT, 3))
                .hasMessageContaining("expected hidden of 1 to 200 widths");
        for (String hidden : List.of("0", "200x0", "200x5x2", "200x201", "70000", "20-")) {
            assertThatThrownBy(() -> Models.parse("mlp:hidden=" + hidden, DIGIT, 3))
                    .hasMessage("[mlp] expected hidden of 1 to 200 widths in 1..65536 such as 300-100 or 200x5 but"
                            + " received '"
                            + hidden + "'");
        }
        assertThatThrownBy(() -> Models.parse("mlp:init=xavier", DIGIT, 3))
                .hasMessage("[mlp] expected init to be auto|he|glorot but received 'xavier'");
        assertThatThrownBy(() -> Models.parse("lenet:channels=6_16", DIGIT, 3))
                .hasMessageStartingWith("[lenet] expected channels of 1 to 200 widths");
        assertThatThrownBy(() -> trace(Models.parse("lenet:channels=4x3", DIGIT, 3), DIGIT))
                .hasMessage("[conv3, conv2d] expected a picture at least as large as the kernel 5x5"
                        + " but received [2,4,4,4]");
        assertThatThrownBy(() -> Models.parse("lenet:conv=cosine", DIGIT, 3))
                .hasMessage("[lenet] expected conv to be plain|harmonic but received 'cosine'");
        assertThatThrownBy(() -> Models.parse("wide-resnet:depth=15", DIGIT, 3))
                .hasMessage("[wide-resnet] expected depth 6 b + 4, such as 10, 16, 22, 28, but received 15");
        assertThatThrownBy(() -> Models.parse("wide-resnet:width=0", DIGIT, 3))
                .hasMessage("[wide-resnet] expected width >= 1 but received 0");
        assertThatThrownBy(() -> Models.parse("wide-resnet", Shape.of(4), 3))
                .hasMessageStartingWith("[wide-resnet] expected pictures [channels, height, width]");
        assertThatThrownBy(() -> Models.parse("gru:units=0", Shape.of(3, 1), 3))
                .hasMessage("[gru] expected units >= 1 but received 0");
    }

    @Test
    void everyModelHasASummary() {
        assertThat(Methods.discover(Architecture.class))
                .extracting(Method::name)
                .containsExactlyInAnyOrder(
                        "gru", "lenet", "lenet5", "linear", "mlp", "resnet20", "resnet8", "wide-resnet");
        assertThat(Methods.discover(Architecture.class))
                .allSatisfy(model -> assertThat(model.summary()).isNotBlank());
    }
}
