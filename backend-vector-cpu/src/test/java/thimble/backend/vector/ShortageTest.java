package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** What does not fit into memory is refused by name, before it is allocated. */
class ShortageTest {
    @Test
    void aHeapThatIsTooSmallIsSaidWithTheTensor() throws IOException, InterruptedException {
        String[] lines =
                SameBitsTest.elsewhere(List.of("-Xmx128m"), Shortage.class).split("\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[1]).contains("[cpu]", "matmul", "268,435,456", "-Xmx");
        assertThat(lines[2]).contains("[reference]", "variable", "536,870,912", "-Xmx");
        assertThat(lines[3]).contains("[reference]", "matmul", "536,870,912");
    }

    @Test
    void plainLoopsRefuseToo() throws IOException, InterruptedException {
        List<String> flags = List.of("-Xmx128m", "-Dthimble.cpu.plan=scalar");
        String[] lines = SameBitsTest.elsewhere(flags, Shortage.class).split("\n");
        assertThat(lines[1]).contains("[cpu]", "matmul", "268,435,456", "-Xmx");
    }

    @Test
    void moreThanTheMachineHasIsRefused() {
        Backend backend = new VectorBackend(1);
        List<Tensor> variables = IntStream.range(0, 4096)
                .mapToObj(i -> Tensor.variable("v" + i, Shape.of(1 << 29)))
                .toList();
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> backend.allocate(variables))
                .withMessageContaining("8,796,093,022,208 bytes, the largest part for variable");
        List<Tensor> inputs = IntStream.range(0, 4096)
                .mapToObj(i -> Tensor.input("x" + i, (1 << 29) - 64))
                .toList();
        Program program = backend.compile(new Graph(inputs, List.of()));
        try (State state = backend.allocate(List.of())) {
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> program.bind(state))
                    .withMessageContaining("8,796,091,973,632 bytes, the largest part for input");
        }
    }

    @Test
    void tensorsBeyondTheReachOfOffsetsAreRefused() {
        Backend backend = new VectorBackend(1);
        Tensor pictures = Tensor.batch("pictures", Shape.of(64, 1, 4096, 4096));
        Tensor kernel = Tensor.variable("kernel", Shape.of(1, 1, 3, 3));
        Tensor gradient =
                Tensor.of(new Op.Conv2dKernelGrad(Window.of(3, 3).padding(1), kernel.shape()), pictures, pictures);
        for (Tensor output : List.of(pictures.conv2d(kernel, Window.of(3, 3)), gradient, pictures.exp())) {
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.compile(new Graph(List.of(output), List.of())))
                    .withMessageContaining("[cpu] expected at most 2,147,483,647 bytes in one tensor")
                    .withMessageContaining("4,294,967,296");
        }
    }
}
